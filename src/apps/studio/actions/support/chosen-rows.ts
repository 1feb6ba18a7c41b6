import { InputError, OptionError } from '../../../../core/errors.ts';
import type { Column } from '../../../../io/index.ts';
import { columnsAsked, filterColumns, filterMask } from '../../../../structures/filters/filter.ts';
import { parseFilter } from '../../../../structures/filters/parse-filter.ts';
import type { State, StudioField, StudioTable } from '../../session/state.ts';
import { rowsOfTable, selectionOf } from './lookup.ts';

/** Ways to say which rows: one of these. */
export const chosenParameters = {
  rows: { kind: 'rows', doc: 'Numbers of rows, from 0.' },
  where: {
    kind: 'text',
    doc: 'A condition on fields: year >= 2020 and topic in ("math", "art"); `label` is the label.',
  },
  selection: { kind: 'text', doc: 'Name of a selection of the session.' },
} as const;

export interface GivenRows {
  readonly rows: readonly number[] | undefined;
  readonly where: string | undefined;
  readonly selection: string | undefined;
}

/** The rows that were named, ascending; undefined where none were. Refuses two ways at once. */
export function chosenRows(
  action: string,
  state: State,
  owner: StudioTable,
  { rows, where, selection }: GivenRows,
): Int32Array | undefined {
  const given = Object.entries({ rows, where, selection }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length > 1)
    throw new OptionError(
      action,
      given[1][0],
      `left out where there is ${given[0][0]}`,
      given[1][1],
    );
  if (rows) return rowsOfTable(action, owner, rows);
  if (where !== undefined) return rowsWhere(owner, where);
  if (selection === undefined) return undefined;
  const found = selectionOf(action, state, selection);
  if (found.table === owner.id) return found.rows;
  throw new InputError(
    action,
    `the selection ${selection} is of table ${found.table}, not ${owner.id}.`,
  );
}

/** Rows that pass a condition on the fields. */
export function rowsWhere(owner: StudioTable, where: string): Int32Array {
  const { rows: n } = owner.table.points;
  const predicate = parseFilter(where);
  const asked = columnsAsked(predicate);
  const all = columnsOf(owner);
  // Texts get a number for each different one: of the columns that are asked alone. All stand in the sentence of a refusal.
  const known = [...asked].every((name) => Object.hasOwn(all, name));
  const columns = known
    ? Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name)))
    : all;
  const mask = filterMask(predicate, filterColumns(columns), n);
  return Int32Array.from(mask.keys()).filter((i) => mask[i] === 1);
}

/** Times are asked as the texts that the file has: "2024-01-31" is before "2024-02-01". */
function columnsOf({ table, fields }: StudioTable): Record<string, Column> {
  const valuesOf = ({ info, values }: StudioField): Column =>
    info.kind === 'time' ? (table.columns?.[info.id] ?? values) : values;
  return {
    ...(table.labels && { label: table.labels }),
    ...Object.fromEntries(Array.from(fields, ([name, field]) => [name, valuesOf(field)])),
  };
}
