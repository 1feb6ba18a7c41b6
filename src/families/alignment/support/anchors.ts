import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { FitContext } from '../types.ts';

export const ANCHOR_CHOICES = ['random', 'k-center', 'clusters'] as const;

/** Lloyd's steps: anchors need not be the best centers. */
const STEPS = 10;

/** Numbers of m rows by which all others are described, ascending; all where there are no more than m. */
export async function anchorRows(
  points: Matrix,
  m: number,
  by: (typeof ANCHOR_CHOICES)[number],
  { engine, work, random: all }: Pick<FitContext, 'engine' | 'work' | 'random'>,
): Promise<Int32Array> {
  const { rows: n } = points;
  if (n <= m) return Int32Array.from({ length: n }, (_, i) => i);
  const random = all.fork('anchors');
  if (by === 'random') return random.sample(n, m).sort();
  const { points: unit } = unitOrZeroRows(points);
  if (by === 'k-center') return farthestRows(unit, m, random).sort();
  const centers = gathered(unit, random.sample(n, m));
  for (let step = 0; step < STEPS; step++)
    moveToMeans(unit, (await engine.assign(unit, centers, work)).indices, centers);
  return nearestRows(unit, centers).sort();
}

/** Centers ← the means of their rows; one without rows stays. */
function moveToMeans({ data, rows: n, cols: d }: Matrix, of: Int32Array, centers: Matrix): void {
  const counts = new Int32Array(centers.rows);
  const sums = new Float64Array(centers.data.length);
  for (let i = 0; i < n; i++) {
    counts[of[i]] += 1;
    for (let c = 0; c < d; c++) sums[of[i] * d + c] += data[i * d + c];
  }
  for (let e = 0; e < sums.length; e++) {
    const count = counts[Math.floor(e / d)];
    if (count > 0) centers.data[e] = sums[e] / count;
  }
}

/** Each the row farthest from those before it (Gonzalez 1985), the first at random. */
function farthestRows(unit: Matrix, m: number, random: Random): Int32Array {
  const { rows: n } = unit;
  const chosen = new Int32Array(m);
  const nearest = new Float64Array(n).fill(-Infinity);
  chosen[0] = random.integer(n);
  for (let at = 1; at < m; at++) {
    let farthest = 0;
    nearest[chosen[at - 1]] = Infinity;
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.max(nearest[i], rowDot(unit, i, unit, chosen[at - 1]));
      if (nearest[i] < nearest[farthest]) farthest = i;
    }
    chosen[at] = farthest;
  }
  return chosen;
}

/** For each center the nearest row that no center before it has. */
function nearestRows(unit: Matrix, centers: Matrix): Int32Array {
  const taken = new Set<number>();
  for (let c = 0; c < centers.rows; c++) {
    let [best, most] = [-1, -Infinity];
    for (let i = 0; i < unit.rows; i++) {
      const product = rowDot(unit, i, centers, c);
      if (product > most && !taken.has(i)) [best, most] = [i, product];
    }
    taken.add(best);
  }
  return Int32Array.from(taken);
}
