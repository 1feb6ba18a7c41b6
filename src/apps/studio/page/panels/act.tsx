import { useState } from 'preact/hooks';
import { significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { Field, TitledOptions } from '../parts/controls.tsx';
import { IntervalBar, intervalInWords } from '../parts/interval.tsx';
import { NumberInput } from '../parts/number-input.tsx';
import { type Between, type Done, done, perform } from '../state/outcome.ts';
import { can, tables, undo } from '../state/session.ts';
import { colorBy, shortName, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const act: PanelInfo = {
  id: 'act',
  title: 'Change',
  about:
    'Scale, center, whiten, reduce, erase, align: with the numbers before and after, and a way back.',
  key: 'a',
  group: 'act',
  needs: 'normalize',
  Panel: ActPanel,
};

function ActPanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  const simple = (title: string, action: string, doc: string) =>
    can(action) && (
      <button
        type="button"
        title={doc}
        onClick={() => void perform(title, action, { table: of.id })}
      >
        {title}
      </button>
    );
  return (
    <>
      <section>
        <p class="small">Each is a step that U takes back and the recipe repeats.</p>
        <p class="buttons">
          {simple('Normalize', 'normalize', 'Scales each row to length 1')}
          {simple('Center', 'center', 'Takes out the direction that all rows share')}
          {simple('Whiten', 'whiten', 'Gives all principal components one variance')}
        </p>
      </section>
      <Reduce of={of} />
      <Erase of={of} />
      {tables.value.length > 1 && can('align') && <Align of={of} />}
      {done.value && <Outcome of={done.value} />}
    </>
  );
}

function Reduce({ of }: { readonly of: TableInfo }) {
  const [dim, setDim] = useState(Math.max(1, Math.round(of.columns / 2)));
  const [top, setTop] = useState(0);
  return (
    <section>
      <h3>Principal components</h3>
      <Field title="Keep">
        <NumberInput min={1} max={of.columns} value={dim} onChange={(given = 1) => setDim(given)} />
      </Field>
      <Field title="Leave out the first" doc="The leading ones often carry frequency, not meaning">
        <NumberInput
          min={0}
          max={of.columns - 1}
          value={top}
          onChange={(given = 0) => setTop(given)}
        />
      </Field>
      <p class="buttons">
        <button
          type="button"
          onClick={() =>
            void perform('Reduce', 'reduce', {
              table: of.id,
              options: { dim: Math.min(dim, of.columns - top), removeTop: top },
            })
          }
        >
          Reduce
        </button>
      </p>
    </section>
  );
}

function Erase({ of }: { readonly of: TableInfo }) {
  const fields = of.fields.filter(({ kind, from }) => kind === 'category' && from === 'file');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const concept = chosen ?? fields[0]?.id;
  if (concept === undefined || !can('erase')) return null;
  return (
    <section>
      <h3>Erase a concept</h3>
      <Field title="Concept" doc="What rows shall no longer tell">
        <select value={concept} onChange={(event) => setChosen(event.currentTarget.value)}>
          <TitledOptions of={fields} />
        </select>
      </Field>
      <p class="buttons">
        <button
          type="button"
          onClick={() => void perform(`Erase ${concept}`, 'erase', { table: of.id, concept })}
        >
          Erase
        </button>
      </p>
    </section>
  );
}

function Align({ of }: { readonly of: TableInfo }) {
  const others = tables.value.filter(({ id }) => id !== of.id);
  const [to, setTo] = useState(others[0]?.id);
  return (
    <section>
      <h3>Align</h3>
      <Field title="Into the space of">
        <select value={to} onChange={(event) => setTo(event.currentTarget.value)}>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {shortName(name)}
            </option>
          ))}
        </select>
      </Field>
      <p class="buttons">
        <button type="button" onClick={() => void perform('Align', 'align', { table: of.id, to })}>
          Move {shortName(of.name)} there
        </button>
      </p>
    </section>
  );
}

/** What the last act did, before and after. */
function Outcome({ of: { title, facts } }: { readonly of: Done }) {
  const { moved, neighborsKept, measured, verdict } = facts;
  return (
    <section>
      <h3>{title}: before and after</h3>
      {moved && (
        <p class="small">
          Half of the rows turned by less than {significant(moved.medianDeg)}°, the furthest by{' '}
          {significant(moved.largestDeg)}°.
        </p>
      )}
      {typeof verdict === 'string' && <p>Bridge: {verdict.replaceAll('-', ' ')}.</p>}
      {typeof verdict === 'object' && verdict && (
        <p>
          A probe found it in {significant(100 * verdict.probeBefore.value)} % of the rows held out,
          now in {significant(100 * verdict.probeAfter.value)} %; the most frequent answer alone is
          right in {significant(100 * verdict.majority)} %.
        </p>
      )}
      <dl class="numbers">
        {neighborsKept && (
          <div>
            <dt>Neighbors kept</dt>
            <dd>
              <IntervalBar of={neighborsKept} domain={[0, 1]} />
              <b>{significant(neighborsKept.value)}</b>
            </dd>
            <small>of the ten nearest, {intervalInWords(neighborsKept)}</small>
          </div>
        )}
        {measured?.numbers.map((one) => (
          <div key={one.id}>
            <dt>{one.title}</dt>
            <dd>
              <b>
                {wordOf(one.before)} → {wordOf(one.after)}
              </b>
            </dd>
            <small>
              {rangeOf(one.before)} → {rangeOf(one.after)}
            </small>
          </div>
        ))}
      </dl>
      {measured && measured.rows < measured.ofRows && (
        <p class="small">
          Measured on {measured.rows} of {measured.ofRows} rows, the same before and after.
        </p>
      )}
      <p class="buttons">
        {moved && (
          <button type="button" onClick={() => colorBy(facts.table, 'moved')}>
            Color by how far rows moved
          </button>
        )}
        {neighborsKept && (
          <button type="button" onClick={() => colorBy(facts.table, 'neighbors-kept')}>
            Color by neighbors kept
          </button>
        )}
        <button type="button" onClick={() => void undo().then(() => (done.value = undefined))}>
          Undo
        </button>
      </p>
    </section>
  );
}

const wordOf = ({ value }: Between) => (value === null ? '–' : significant(value));
const rangeOf = ({ low, high }: Between) =>
  low === null || high === null ? '–' : `${significant(low)} to ${significant(high)}`;
