import { useState } from 'preact/hooks';
import { counted } from '../../../../core/text.ts';
import type { FieldInfo, TableInfo } from '../../contract.ts';
import { ends, fitAxis } from '../state/axes.ts';
import { selection } from '../state/selection.ts';
import { Field, TitledOptions } from './controls.tsx';

type By = 'scores' | 'classes' | 'ends' | 'formulas';

/** What the direction is fitted to. */
export function NewAxis({ of }: { readonly of: TableInfo }) {
  const numbers = fieldsOf(of, 'number');
  const categories = fieldsOf(of, 'category');
  const [chosen, setBy] = useState<By | undefined>(undefined);
  const by = chosen ?? (numbers.length > 0 ? 'scores' : categories.length > 0 ? 'classes' : 'ends');
  return (
    <section>
      <p class="small">A direction of the space that means something, and how surely it does.</p>
      <Field title="Fitted to">
        <select value={by} onChange={(event) => setBy(event.currentTarget.value as By)}>
          {numbers.length > 0 && <option value="scores">numbers of a column</option>}
          {categories.length > 0 && <option value="classes">classes of a column</option>}
          <option value="ends">two groups of rows</option>
          {of.hasLabels && <option value="formulas">sums of labels</option>}
        </select>
      </Field>
      {by === 'scores' && <Column of={of} fields={numbers} by="scores" />}
      {by === 'classes' && <Column of={of} fields={categories} by="classes" />}
      {by === 'ends' && <Ends of={of} />}
      {by === 'formulas' && <Formulas of={of} />}
    </section>
  );
}

/** Those of the file first; where rows lie along an axis is no news for another. */
function fieldsOf({ fields }: TableInfo, kind: FieldInfo['kind']): readonly FieldInfo[] {
  return fields
    .filter((field) => field.kind === kind && field.from !== 'axis')
    .toSorted((a, b) => Number(b.from === 'file') - Number(a.from === 'file'));
}

function Column({
  of,
  fields,
  by,
}: {
  readonly of: TableInfo;
  readonly fields: readonly FieldInfo[];
  readonly by: 'scores' | 'classes';
}) {
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const field = fields.find(({ id }) => id === chosen) ?? fields[0];
  return (
    <>
      <Field title="Column">
        <select value={field?.id} onChange={(event) => setChosen(event.currentTarget.value)}>
          <TitledOptions of={fields} />
        </select>
      </Field>
      <Fit isReady={field !== undefined} onFit={() => fitAxis(of.id, { [by]: field?.id })} />
    </>
  );
}

/** Two groups of rows, taken from what is selected. */
function Ends({ of }: { readonly of: TableInfo }) {
  const selected = selection.value?.table === of.id ? selection.value.rows : undefined;
  const { low, high } =
    ends.value.table === of.id ? ends.value : { low: undefined, high: undefined };
  const take = (end: 'low' | 'high') => {
    ends.value = { table: of.id, low, high, [end]: selected };
  };
  const line = (end: 'low' | 'high', rows: Int32Array | undefined) => (
    <Field title={end === 'low' ? 'Low end' : 'High end'}>
      <span class="end">
        <span>{rows ? counted(rows.length, 'row') : '–'}</span>
        <button
          type="button"
          class="link"
          disabled={!selected}
          aria-label={`Take the selected rows as the ${end} end`}
          onClick={() => take(end)}
        >
          take the selected
        </button>
      </span>
    </Field>
  );
  return (
    <>
      {line('low', low)}
      {line('high', high)}
      <p class="small">
        {selected
          ? `${counted(selected.length, 'row is', 'rows are')} selected.`
          : 'Select rows for one end (L draws a lasso), take them, then those of the other.'}
      </p>
      <Fit
        isReady={low !== undefined && high !== undefined}
        onFit={() => fitAxis(of.id, { low: [...(low ?? [])], high: [...(high ?? [])] })}
      />
    </>
  );
}

function Formulas({ of }: { readonly of: TableInfo }) {
  const [text, setText] = useState('');
  const formulas = text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (formulas.length > 0) void fitAxis(of.id, { formulas });
      }}
    >
      <Field
        title="Sums"
        doc="Several are set apart by commas; labels of more than one word are quoted"
      >
        <input
          type="text"
          placeholder="woman - man"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <Fit isReady={formulas.length > 0} onFit={() => fitAxis(of.id, { formulas })} />
    </form>
  );
}

function Fit({
  isReady,
  onFit,
}: {
  readonly isReady: boolean;
  readonly onFit: () => Promise<void>;
}) {
  return (
    <p class="buttons">
      <button type="button" class="main" disabled={!isReady} onClick={() => void onFit()}>
        Fit the axis
      </button>
    </p>
  );
}
