import { InputError } from '../../../../core/errors.ts';
import type {
  State,
  StudioAxis,
  StudioField,
  StudioMap,
  StudioSelection,
  StudioTable,
} from '../../session/state.ts';

/** The table of that id; a sentence names those there are. */
export function tableOf(action: string, { tables }: State, id: string): StudioTable {
  return found(action, 'table', tables, id);
}

export function mapOf(action: string, { maps }: State, id: string): StudioMap {
  return found(action, 'map', maps, id);
}

export function selectionOf(action: string, { selections }: State, name: string): StudioSelection {
  return found(action, 'selection', selections, name);
}

export function axisOf(action: string, { axes }: State, name: string): StudioAxis {
  return found(action, 'axis', axes, name);
}

export function fieldOfTable(
  action: string,
  { id, fields }: StudioTable,
  name: string,
): StudioField {
  return found(action, `field of table ${id}`, fields, name);
}

/** The field's numbers; refuses texts. */
export function numbersOfTable(action: string, table: StudioTable, name: string): Float64Array {
  const { info, values } = fieldOfTable(action, table, name);
  if (values instanceof Float64Array) return values;
  throw new InputError(
    action,
    `the field ${JSON.stringify(name)} is of the kind ${info.kind}; expected numbers.`,
  );
}

/** The field's values as texts; `labels` are the labels. Missing numbers are empty. */
export function textsOfTable(action: string, table: StudioTable, name: string): readonly string[] {
  const { labels } = table.table;
  if (name === 'labels' && labels && !table.fields.has(name)) return labels;
  const { values } = fieldOfTable(action, table, name);
  return values instanceof Float64Array
    ? Array.from(values, (value) => (Number.isNaN(value) ? '' : String(value)))
    : values;
}

/** Rows of a table, each once, ascending; refuses one that is not there. */
export function rowsOfTable(
  action: string,
  { id, table }: StudioTable,
  rows: readonly number[],
): Int32Array {
  const { rows: n } = table.points;
  const wrong = rows.find((row) => row >= n);
  if (wrong !== undefined)
    throw new InputError(
      action,
      `there is no row ${wrong} in table ${id}; its ${n} rows count from 0.`,
    );
  return Int32Array.from(new Set(rows)).sort();
}

/** What a row is called. */
export function nameOfRow({ table: { labels } }: StudioTable, row: number): string {
  return labels?.[row] || `row ${row}`;
}

function found<T>(action: string, kind: string, all: ReadonlyMap<string, T>, id: string): T {
  const item = all.get(id);
  if (item !== undefined) return item;
  const known = [...all.keys()].join(', ') || 'none';
  throw new InputError(action, `there is no ${kind} ${JSON.stringify(id)}; there are: ${known}.`);
}
