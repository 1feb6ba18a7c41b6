import { useSignal } from '@preact/signals';
import { percent, significant } from '../../../report/format.ts';
import { Field } from '../parts/controls.tsx';
import { type Interval, IntervalBar } from '../parts/interval.tsx';
import { RowList } from '../parts/row-list.tsx';
import { OpenButton } from '../parts/top-bar.tsx';
import { act, can, tables } from '../state/session.ts';
import { colorBy, map, mapId, maps, nameOfMap, secondId, shortName, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const compare: PanelInfo = {
  id: 'compare',
  title: 'Compare',
  about: 'Two files or two maps side by side: how alike they are, and which rows changed.',
  key: '7',
  group: 'choose',
  Panel: ComparePanel,
};

interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly null?: { readonly value: number; readonly low?: number; readonly high?: number } | null;
}

interface CompareFacts {
  readonly sentence?: string;
  readonly rows: { readonly matched: string; readonly sentence: string };
  readonly comparisons: readonly Comparison[];
  readonly k?: number;
  readonly change?: { readonly mean: number; readonly chance: number };
  readonly changed?: readonly {
    readonly a: number;
    readonly label: string;
    readonly change: number;
    readonly lost: readonly string[];
    readonly gained: readonly string[];
  }[];
  readonly fields?: { readonly a: { readonly id: string }; readonly b: { readonly id: string } };
  readonly warnings?: readonly string[];
}

function ComparePanel() {
  return (
    <>
      <SideBySide />
      {tables.value.length < 2 ? (
        <section>
          <h3>Two files</h3>
          <p class="small">
            Open a second file, for example the same rows by another model: selection and hover are
            linked by label.
          </p>
          <OpenButton words="Open a second file" />
        </section>
      ) : (
        can('compare') && <Files />
      )}
    </>
  );
}

function SideBySide() {
  const shown = map.value;
  const others = maps.value.filter(({ id }) => id !== shown?.id);
  if (!shown || others.length === 0)
    return (
      <section>
        <h3>Two maps</h3>
        <p class="small">
          Make a second map: two maps of one file show what the method makes of it.
        </p>
      </section>
    );
  return (
    <section>
      <h3>Two maps side by side</h3>
      <Field title="Left">
        <select
          value={shown.id}
          onChange={(event) => {
            mapId.value = event.currentTarget.value;
          }}
        >
          {maps.value.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOfMap(one)}
            </option>
          ))}
        </select>
      </Field>
      <Field title="Right">
        <select
          value={secondId.value ?? ''}
          onChange={(event) => {
            secondId.value = event.currentTarget.value || undefined;
          }}
        >
          <option value="">nothing</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOfMap(one)}
            </option>
          ))}
        </select>
      </Field>
      <p class="small">What you select or point at in one is shown in the other.</p>
      {can('align-maps') && secondId.value && (
        <p class="buttons">
          <button
            type="button"
            title="Turns the right map so that its rows lie near to where they lie in the left one"
            onClick={() => void alignMaps(secondId.value ?? '', shown.id)}
          >
            Turn the right one to the left
          </button>
        </p>
      )}
    </section>
  );
}

async function alignMaps(id: string, to: string): Promise<void> {
  const answer = await act('Turn the map', 'align-maps', { map: id, to });
  const made = answer?.facts['map'] as { readonly id?: string } | undefined;
  if (made?.id === undefined) return;
  mapId.value = to;
  secondId.value = made.id;
}

/** Two tables: how alike, with a verdict, and the rows whose neighbors changed most. */
function Files() {
  const facts = useSignal<CompareFacts | undefined>(undefined);
  const a = useSignal(tables.value[0].id);
  const b = useSignal(tables.value[1].id);
  const run = async () => {
    const answer = await act('Compare', 'compare', { a: a.value, b: b.value });
    facts.value = answer?.facts as CompareFacts | undefined;
  };
  const choice = (title: string, of: typeof a) => (
    <Field title={title}>
      <select
        value={of.value}
        onChange={(event) => {
          of.value = event.currentTarget.value;
          facts.value = undefined;
        }}
      >
        {tables.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {shortName(name)}
          </option>
        ))}
      </select>
    </Field>
  );
  return (
    <section>
      <h3>Two files</h3>
      {choice('First', a)}
      {choice('Second', b)}
      <p class="buttons">
        <button
          type="button"
          class="main"
          disabled={a.value === b.value}
          onClick={() => void run()}
        >
          Compare them
        </button>
      </p>
      {facts.value && <Result a={a.value} b={b.value} facts={facts.value} />}
    </section>
  );
}

function Result({
  a,
  b,
  facts,
}: {
  readonly a: string;
  readonly b: string;
  readonly facts: CompareFacts;
}) {
  const { change, changed, fields, k } = facts;
  return (
    <>
      {facts.sentence && <p class="lead">{facts.sentence}</p>}
      <p class="small">{facts.rows.sentence}</p>
      <dl class="numbers">
        {facts.comparisons.map((one) => (
          <div key={one.id}>
            <dt>{one.title}</dt>
            <dd>
              <IntervalBar of={intervalOf(one)} />
              <b>{one.value === null ? '–' : significant(one.value)}</b>
            </dd>
          </div>
        ))}
      </dl>
      {change && (
        <p>
          Of the {k} nearest rows {percent(change.mean)} are others; by chance{' '}
          {percent(change.chance)} would be.
        </p>
      )}
      {fields && (
        <p class="buttons">
          <button
            type="button"
            onClick={() => {
              colorBy(a, fields.a.id);
              colorBy(b, fields.b.id);
            }}
          >
            Color both by change
          </button>
        </p>
      )}
      {changed && changed.length > 0 && (
        <>
          <p class="group">rows that changed most</p>
          <RowList
            table={a}
            rows={changed.map((one) => ({
              row: one.a,
              label: one.label,
              score: one.change,
              ...(one.gained[0] && { note: `now near ${one.gained[0]}` }),
            }))}
          />
        </>
      )}
      {facts.warnings?.map((warning) => (
        <p class="small" key={warning}>
          {warning}
        </p>
      ))}
      {table.value?.id !== a && table.value?.id !== b && (
        <p class="small">Neither file is on the map now.</p>
      )}
    </>
  );
}

function intervalOf({ value, low, high, null: chance }: Comparison): Interval {
  return {
    value: value ?? Number.NaN,
    low: low ?? undefined,
    high: high ?? undefined,
    null: chance ?? undefined,
  };
}
