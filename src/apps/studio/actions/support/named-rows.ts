import type { StudioTable } from '../../session/state.ts';
import { nameOfRow } from './lookup.ts';

export interface NamedRow {
  readonly row: number;
  readonly label: string;
  readonly value: number;
}

/** Rows with what they are called and a number each. */
export function namedRows(
  owner: StudioTable,
  rows: ArrayLike<number>,
  numberOf: (row: number, at: number) => number,
): readonly NamedRow[] {
  return Array.from(rows, (row, at) => ({
    row,
    label: nameOfRow(owner, row),
    value: numberOf(row, at),
  }));
}
