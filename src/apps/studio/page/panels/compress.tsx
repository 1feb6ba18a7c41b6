import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { AnyOptionSpec } from '../../../../method/options.ts';
import { significant } from '../../../report/format.ts';
import type { Answer, TableInfo } from '../../contract.ts';
import { Field, OptionControls, type OptionValues, TitledOptions } from '../parts/controls.tsx';
import { type Interval, IntervalBar, intervalInWords } from '../parts/interval.tsx';
import { factsOf } from '../state/arrays.ts';
import { act } from '../state/session.ts';
import { colorBy, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const compress: PanelInfo = {
  id: 'compress',
  title: 'Compress',
  about: 'Fewer bytes, and which neighbors a search still finds: tried on these rows.',
  key: 'p',
  group: 'act',
  needs: 'compress',
  Panel: CompressPanel,
};

interface Planned {
  readonly codec: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly dims: number;
  readonly rescore: number;
  readonly bytesPerVector: number;
  readonly recallAt10: Interval;
}

const plans = signal<Readonly<Record<string, readonly Planned[]>>>({});
const last = signal<Readonly<Record<string, unknown>> | undefined>(undefined);

function CompressPanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  return (
    <>
      <One of={of} />
      {last.value && <Result facts={last.value} />}
      <Plan of={of} />
    </>
  );
}

async function code(
  of: TableInfo,
  codec: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer: Answer | undefined = await act('Compress', 'compress', {
    table: of.id,
    codec,
    options,
  });
  if (answer) last.value = answer.facts;
}

function One({ of }: { readonly of: TableInfo }) {
  const [codec, setCodec] = useState('int8');
  const [options, setOptions] = useState<OptionValues>({});
  const facts = factsOf('methods', { family: 'compression' });
  const methods = (facts?.['methods'] ?? []) as readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly options: Readonly<Record<string, AnyOptionSpec>>;
  }[];
  const method = methods.find(({ id }) => id === codec);
  return (
    <section>
      <Field title="Codec">
        <select
          value={codec}
          onChange={(event) => {
            setCodec(event.currentTarget.value);
            setOptions({});
          }}
        >
          <TitledOptions of={methods} />
        </select>
      </Field>
      {method && <p class="small">{method.summary}</p>}
      {method && (
        <details>
          <summary>Options</summary>
          <OptionControls specs={method.options} values={options} onChange={setOptions} />
        </details>
      )}
      <p class="buttons">
        <button type="button" class="main" onClick={() => void code(of, codec, options)}>
          Compress beside it
        </button>
      </p>
      <p class="small">
        What the codes stand for becomes a table of its own, to be looked at and compared.
      </p>
    </section>
  );
}

function Result({ facts }: { readonly facts: Readonly<Record<string, unknown>> }) {
  const recall = facts['recallAt10'] as Interval | null;
  const id = String(facts['table']);
  return (
    <section>
      <h3>{id}</h3>
      <dl class="numbers">
        <div>
          <dt>Bytes a row</dt>
          <dd>
            <b>{significant(Number(facts['bytesPerVector']))}</b>
          </dd>
          <small>{significant(Number(facts['times']))} times less than float32</small>
        </div>
        {recall && (
          <div>
            <dt>Neighbors found</dt>
            <dd>
              <IntervalBar of={recall} domain={[0, 1]} />
              <b>{significant(recall.value)}</b>
            </dd>
            <small>of the ten nearest, {intervalInWords(recall)}</small>
          </div>
        )}
      </dl>
      <p class="buttons">
        <button type="button" onClick={() => colorBy(id, 'neighbors-kept')}>
          Color by neighbors kept
        </button>
      </p>
    </section>
  );
}

/** What each way of coding keeps: a click takes it. */
function Plan({ of }: { readonly of: TableInfo }) {
  const known = plans.value[of.id];
  const ask = async () => {
    const answer = await act('Plan', 'compress-plan', { table: of.id });
    if (answer)
      plans.value = { ...plans.value, [of.id]: answer.facts['front'] as readonly Planned[] };
  };
  return (
    <section>
      <h3>What each way keeps</h3>
      {!known && (
        <p class="buttons">
          <button type="button" onClick={() => void ask()}>
            Try them
          </button>
        </p>
      )}
      {known
        ?.filter(({ rescore }) => rescore === 1)
        .map((one) => (
          <button
            type="button"
            class="number"
            key={`${one.codec} ${one.dims} ${JSON.stringify(one.options)}`}
            title="Compress so"
            onClick={() => void code(of, one.codec, { ...one.options, ...kept(one, of) })}
          >
            <span class="line">
              <span>
                {one.codec}
                {one.dims < of.columns ? `, ${one.dims} axes` : ''}
              </span>
              <IntervalBar of={one.recallAt10} domain={[0, 1]} />
              <b>{significant(one.recallAt10.value)}</b>
            </span>
            <span class="reading">{one.bytesPerVector} bytes a row</span>
          </button>
        ))}
    </section>
  );
}

const kept = ({ dims }: Planned, { columns }: TableInfo) => (dims < columns ? { dims } : {});
