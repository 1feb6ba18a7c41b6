import { useSignal } from '@preact/signals';
import { count, significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { Description } from '../parts/description.tsx';
import { labelsOf } from '../state/arrays.ts';
import { setFilter } from '../state/filters.ts';
import { fileName, save } from '../state/save.ts';
import { deselect, select, selection } from '../state/selection.ts';
import { act, ask, can, info, sentenceOf } from '../state/session.ts';
import { say } from '../state/toasts.ts';
import { shortName, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const selecting: PanelInfo = {
  id: 'select',
  title: 'Select',
  about: 'Name the selected rows, find rows by a condition, and say what tells them from the rest.',
  key: '6',
  group: 'choose',
  Panel: SelectPanel,
};

function SelectPanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  return (
    <>
      <Current of={of} />
      {can('filter') && <Condition of={of} />}
      <Named of={of} />
      {can('describe') && <Description of={of} />}
    </>
  );
}

/** The rows that are selected now, and what can be done with them. */
function Current({ of }: { readonly of: TableInfo }) {
  const name = useSignal('');
  const chosen = selection.value?.table === of.id ? selection.value : undefined;
  if (!chosen)
    return (
      <section>
        <p>
          Nothing is selected. Draw a lasso (<kbd>L</kbd>) or a box (<kbd>B</kbd>), hold Shift and
          drag, or give a condition below.
        </p>
      </section>
    );
  const rows = [...chosen.rows];
  const keep = async () => {
    const given = name.value.trim() || 'selection';
    const answer = await act('Select', 'select', { table: of.id, name: given, rows });
    if (answer) select(of.id, rows, { name: given, how: chosen.how ?? '' });
  };
  const invert = () => {
    const taken = new Set(rows);
    select(
      of.id,
      Array.from({ length: of.rows }, (_, row) => row).filter((row) => !taken.has(row)),
      { how: 'inverting' },
    );
  };
  return (
    <section>
      <h3>
        {count(rows.length)} of {count(of.rows)} rows
        {chosen.name ? `: ${chosen.name}` : ''}
      </h3>
      {can('select') && (
        <form
          class="inline"
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <input
            type="text"
            aria-label="Name of the selection"
            placeholder="Name it"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
          <button type="submit">Keep</button>
        </form>
      )}
      <p class="buttons">
        <button type="button" onClick={() => showAlone(of, rows)}>
          Show alone
        </button>
        <button type="button" onClick={invert}>
          Invert
        </button>
        <button type="button" onClick={() => saveIds(of, rows)}>
          Save ids
        </button>
        {can('subset') && (
          <button
            type="button"
            onClick={() => void act('Subset', 'subset', { table: of.id, rows })}
          >
            As a table of its own
          </button>
        )}
        <button type="button" onClick={deselect}>
          Deselect
        </button>
      </p>
    </section>
  );
}

function showAlone(of: TableInfo, rows: readonly number[]): void {
  setFilter(of.id, '', { kind: 'rows', table: of.id, field: '', rows: Int32Array.from(rows) });
}

/** One id a line: the label where the file has them, else the number of the row. */
export function saveIds(of: TableInfo, rows: readonly number[]): void {
  const labels = labelsOf(of.id) ?? [];
  const ids = rows.map((row) => labels[row] || String(row));
  save(fileName(`${shortName(of.name)} selection`, 'txt'), `${ids.join('\n')}\n`, 'text/plain');
}

function Condition({ of }: { readonly of: TableInfo }) {
  const where = useSignal('');
  const problem = useSignal('');
  const example = exampleOf(of);
  const find = async () => {
    problem.value = '';
    try {
      const { arrays } = await ask('filter', { table: of.id, where: where.value });
      const rows = arrays?.['rows']?.data as Int32Array | undefined;
      select(of.id, rows ?? [], { how: where.value });
      if (!rows?.length) problem.value = 'No row passes.';
    } catch (cause) {
      problem.value = sentenceOf(cause);
    }
  };
  return (
    <section>
      <h3>By a condition</h3>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <input
          type="text"
          aria-label="Condition"
          placeholder={example}
          spellcheck={false}
          value={where.value}
          onInput={(event) => {
            where.value = event.currentTarget.value;
          }}
        />
        <button type="submit">Select</button>
      </form>
      {problem.value && <p class="bad">{problem.value}</p>}
    </section>
  );
}

/** A condition on columns that the table has. */
function exampleOf({ fields }: TableInfo): string {
  const category = fields.find(({ kind }) => kind === 'category');
  const number = fields.find(({ kind }) => kind === 'number');
  const parts = [
    category && `${category.id} = "${category.categories?.[0]?.name ?? ''}"`,
    number && `${number.id} > ${significant(number.range?.[0] ?? 0)}`,
  ];
  return parts.filter(Boolean).join(' and ') || 'label = "…"';
}

/** Selections of the session: they are in the recipe, and every action can be given one. */
function Named({ of }: { readonly of: TableInfo }) {
  const named = (info.value?.selections ?? []).filter((one) => one.table === of.id);
  if (named.length === 0) return null;
  const show = async (name: string) => {
    try {
      const { arrays } = await ask('selection', { name });
      select(of.id, (arrays?.['rows']?.data as Int32Array | undefined) ?? [], { name, how: name });
    } catch (cause) {
      say(sentenceOf(cause), 'error');
    }
  };
  return (
    <section>
      <h3>Kept</h3>
      <ul class="rows">
        {named.map(({ name, count: size }) => (
          <li key={name} class="kept-selection">
            <button
              type="button"
              class="item"
              aria-pressed={selection.value?.name === name}
              onClick={() => void show(name)}
            >
              <span>{name}</span>
              <b>{count(size)}</b>
            </button>
            <button
              type="button"
              class="quiet"
              aria-label={`Give up ${name}`}
              onClick={() => void act('Select', 'select', { table: of.id, name })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
