import { minusProduct } from '../nearest/reference.ts';
import { squaredDistance } from '../squared-distance.ts';
import type { Diversify, GraphFound, GraphSearch } from './contract.ts';

/** Rows that were met, nearest first; equal ones by lower row. */
interface Met {
  readonly apart: number;
  readonly row: number;
  readonly counts: boolean;
  open: boolean;
}

const nearer = (a: Met, b: Met): boolean =>
  a.apart !== b.apart ? a.apart < b.apart : a.row < b.row;

/** Writes the answer to query q. */
export function answerQuery(search: GraphSearch, degree: number, q: number, out: GraphFound): void {
  const { queries, points, neighbors, entries, product, allowed, k } = search;
  const most = Math.max(k, search.effort);
  const apart = product ? minusProduct : squaredDistance;
  const d = points.cols;
  const met = new Uint8Array(points.rows);
  const found: Met[] = [];
  let counted = 0;
  let scanned = 0;
  const meet = (row: number): void => {
    if (met[row] === 1) return;
    met[row] = 1;
    scanned += 1;
    const counts = allowed === undefined || allowed[row] !== 0;
    const far = apart(queries.data, q * d, points.data, row * d, d);
    if (counted === most && found[found.length - 1].apart < far) return;
    counted = offer(found, { apart: far, row, counts, open: true }, counted, most);
  };
  const isRow = (row: number): boolean => row >= 0 && row < points.rows;
  for (const row of entries) meet(row);
  for (let at = firstOpen(found); at >= 0; at = firstOpen(found)) {
    found[at].open = false;
    const start = found[at].row * degree;
    for (let e = start; e < start + degree && isRow(neighbors[e]); e++) meet(neighbors[e]);
  }
  out.scanned[q] = scanned;
  const best = found.filter(({ counts }) => counts).slice(0, k);
  for (const [at, { row, apart: own }] of best.entries()) {
    out.rows[q * k + at] = row;
    out.scores[q * k + at] = -(product ? own : Math.sqrt(own));
  }
}

const firstOpen = (found: readonly Met[]): number => found.findIndex(({ open }) => open);

/** Keeps of what was met the nearest of which at most `most` count; returns how many do. */
function offer(found: Met[], own: Met, counted: number, most: number): number {
  const last = found.at(-1);
  if (counted === most && last && !nearer(own, last)) return counted;
  let at = found.length;
  while (at > 0 && nearer(own, found[at - 1])) at -= 1;
  found.splice(at, 0, own);
  let count = counted + (own.counts ? 1 : 0);
  while (count > most || (count === most && found.at(-1)?.counts === false)) {
    if (found.pop()?.counts) count -= 1;
  }
  return count;
}

/** Writes whom owner i keeps. */
export function keepDiverse(
  { points, owners, candidates, degree, alpha }: Diversify,
  width: number,
  i: number,
  out: Int32Array,
): void {
  const { data, cols: d } = points;
  const apart = (a: number, b: number): number => squaredDistance(data, a * d, data, b * d, d);
  const owner = owners[i];
  const rows = new Set(candidates.subarray(i * width, (i + 1) * width));
  rows.delete(owner);
  rows.delete(-1);
  const sorted = Array.from(rows, (row) => ({ row, own: apart(owner, row) })).sort(
    (a, b) => a.own - b.own || a.row - b.row,
  );
  const kept: number[] = [];
  for (const { row, own } of sorted) {
    if (kept.length === degree) break;
    if (kept.every((other) => alpha * alpha * apart(other, row) > own)) kept.push(row);
  }
  out.set(kept, i * degree);
}
