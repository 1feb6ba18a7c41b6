import type { Floats } from '../../core/matrix.ts';

/** Rows of ∂L/∂table: row rows[i] of the table has the gradient data[i·d …]; a row may come several times. */
export interface RowGradient {
  readonly rows: ArrayLike<number>;
  readonly data: Floats;
}

/** The same sum with every row once, ascending. */
export function mergedRows(parts: readonly RowGradient[]): { data: Floats; rows: Int32Array } {
  const all = parts.flatMap(({ rows }) => Array.from(rows));
  const rows = Int32Array.from(new Set(all)).toSorted();
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const [first] = parts;
  const d = first.rows.length > 0 ? first.data.length / first.rows.length : 0;
  const data = new (first.data.constructor as new (n: number) => Floats)(rows.length * d);
  for (const part of parts) {
    for (let i = 0; i < part.rows.length; i++) {
      const at = (place.get(part.rows[i]) ?? 0) * d;
      for (let c = 0; c < d; c++) data[at + c] += part.data[i * d + c];
    }
  }
  return { data, rows };
}
