import { signal } from '@preact/signals';

/** Rows that the reader chose, ascending; `name` where it is a selection of the session. */
export interface Selected {
  readonly table: string;
  readonly rows: Int32Array;
  readonly name?: string | undefined;
  /** How it came about, in words: for the status line. */
  readonly how?: string | undefined;
}

export const selection = signal<Selected | undefined>(undefined);
/** The row under the cursor. */
export const hovered = signal<{ readonly table: string; readonly row: number } | undefined>(
  undefined,
);
/** The row that was clicked: panels speak of it. */
export const pinned = signal<{ readonly table: string; readonly row: number } | undefined>(
  undefined,
);
/** Rows ringed on the map: hits of a search, neighbors. */
export const ringed = signal<
  { readonly table: string; readonly rows: readonly number[] } | undefined
>(undefined);

/** A line on the map from a row to one of its neighbors. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly tone: 'kept' | 'false' | 'missing';
}
export const links = signal<
  { readonly table: string; readonly links: readonly Link[] } | undefined
>(undefined);

export function select(
  table: string,
  rows: Iterable<number>,
  words: { readonly name?: string; readonly how?: string } = {},
): void {
  const sorted = Int32Array.from(new Set(rows)).toSorted();
  selection.value = sorted.length > 0 ? { table, rows: sorted, ...words } : undefined;
}

/** Adds to the selection, or takes away from it. */
export function reselect(
  table: string,
  rows: Iterable<number>,
  mode: 'replace' | 'add' | 'remove',
  how: string,
): void {
  const before = selection.value?.table === table ? selection.value.rows : [];
  const given = new Set(rows);
  if (mode === 'replace') select(table, given, { how });
  if (mode === 'add') select(table, [...before, ...given], { how });
  if (mode === 'remove')
    select(
      table,
      [...before].filter((row) => !given.has(row)),
      { how },
    );
}

export function deselect(): void {
  selection.value = undefined;
  pinned.value = undefined;
  ringed.value = undefined;
  links.value = undefined;
}

export function pin(table: string, row: number): void {
  pinned.value = { table, row };
}
