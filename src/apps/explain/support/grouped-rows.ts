/** Rows by the set they belong to. */
export interface GroupedRows {
  /** The rows, set after set, each in its order; sets in the order of their first rows. */
  readonly order: Int32Array;
  /** Where each set begins in the order, and where the last ends. */
  readonly offsets: Int32Array;
  readonly names: readonly string[];
}

/** Rows of the same name together, wherever they stand. */
export function groupedRows(names: readonly string[]): GroupedRows {
  const rowsOf = new Map<string, number[]>();
  for (const [row, name] of names.entries()) {
    const own = rowsOf.get(name);
    if (own) own.push(row);
    else rowsOf.set(name, [row]);
  }
  const groups = [...rowsOf.values()];
  const offsets = new Int32Array(groups.length + 1);
  for (const [s, { length }] of groups.entries()) offsets[s + 1] = offsets[s] + length;
  return { order: Int32Array.from(groups.flat()), offsets, names: [...rowsOf.keys()] };
}
