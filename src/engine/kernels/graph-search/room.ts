import type { GraphFound, GraphSearch } from './contract.ts';

/** Room for the answers to all queries. */
export function roomFor({ queries, k }: GraphSearch): GraphFound {
  const m = queries.rows;
  return {
    rows: new Int32Array(m * k).fill(-1),
    scores: new Float64Array(m * k).fill(-Infinity),
    scanned: new Float64Array(m),
  };
}

/** About how many arithmetic operations a search takes: each row that is opened brings about half of its list anew. */
export function operationsOf(
  { queries, points, effort, k, entries }: GraphSearch,
  degree: number,
): number {
  const opened = Math.min(points.rows, (Math.max(effort, k) * degree) / 2 + entries.length);
  return queries.rows * opened * 4 * (points.cols + 20);
}
