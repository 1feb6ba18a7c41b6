/** Rows by their number, highest first; rows without one are left out. */
export function sortedRows(values: ArrayLike<number>): Int32Array {
  const known = Int32Array.from({ length: values.length }, (_, row) => row).filter((row) =>
    Number.isFinite(values[row]),
  );
  return known.sort((a, b) => values[b] - values[a] || a - b);
}

/** So many of a list, evenly by their order, both ends among them. */
export function evenly(rows: ArrayLike<number>, most: number): readonly number[] {
  const shown = Math.min(most, rows.length);
  const step = (rows.length - 1) / Math.max(1, shown - 1);
  return Array.from({ length: shown }, (_, i) => rows[Math.round(i * step)]);
}
