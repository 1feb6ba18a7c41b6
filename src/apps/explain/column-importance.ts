import { copied, gathered, type Matrix, zeros64 } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';
import type { Run } from '../../core/run.ts';
import type { BlackBox } from './black-box.ts';

/** Values that a black box is asked about at once. */
const AT_ONCE = 2 ** 21;

/** The least probability whose logarithm counts. */
const LEAST = 1e-12;

/**
 * Permutation importance (Breiman, 2001), of what the box itself says: by how much the mean −log p of its own predictions grows
 * where one column is taken from other rows.
 */
export async function permutationImportance(
  box: BlackBox,
  rows: Matrix,
  random: Random,
  run: Run,
): Promise<Float64Array> {
  const { rows: n, cols: d } = rows;
  const before = await box.probabilities(rows);
  const own = largestPlaces(before);
  const base = meanLoss(before, own, 0, n);
  const importance = new Float64Array(d);
  const together = Math.max(1, Math.min(d, Math.floor(AT_ONCE / (n * d))));
  for (let first = 0; first < d; first += together) {
    await run.tick({ stage: 'importance', done: first / d });
    const columns = Math.min(together, d - first);
    const asked = gathered(
      rows,
      Array.from({ length: columns * n }, (_, i) => i % n),
    );
    for (let c = 0; c < columns; c++) {
      const from = random.fork(first + c).sample(n);
      for (let i = 0; i < n; i++)
        asked.data[(c * n + i) * d + first + c] = rows.data[from[i] * d + first + c];
    }
    const after = await box.probabilities(asked);
    for (let c = 0; c < columns; c++) importance[first + c] = meanLoss(after, own, c * n, n) - base;
  }
  return importance;
}

/** The mean −log p of n rows from `from` on for their places. */
function meanLoss({ data, cols }: Matrix, places: Int32Array, from: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum -= log(Math.max(LEAST, data[(from + i) * cols + places[i]]));
  return sum / n;
}

/** The place of the largest number of each row, of equal ones the first. */
export function largestPlaces({ data, rows: n, cols }: Matrix): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let c = 1; c < cols; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
    return best;
  });
}

/** Probing: the share of the variance of the targets that a straight line in each column alone explains. */
export function columnProbes(rows: Matrix, targets: Matrix): Float64Array {
  const { rows: n, cols: d } = rows;
  const { cols: classes } = targets;
  const [means, centers] = [columnMeans(rows), columnMeans(targets)];
  const squares = new Float64Array(d);
  const products = zeros64(d, classes);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const gaps = Float64Array.from(centers, (mean, k) => targets.data[i * classes + k] - mean);
    for (const gap of gaps) total += gap * gap;
    for (let c = 0; c < d; c++) {
      const x = rows.data[i * d + c] - means[c];
      squares[c] += x * x;
      for (let k = 0; k < classes; k++) products.data[c * classes + k] += x * gaps[k];
    }
  }
  return squares.map((square, c) => {
    let explained = 0;
    for (let k = 0; k < classes; k++) explained += products.data[c * classes + k] ** 2;
    return square > 0 && total > 0 ? explained / square / total : 0;
  });
}

export function columnMeans({ data, rows: n, cols: d }: Matrix): Float64Array {
  const means = new Float64Array(d);
  for (let at = 0; at < data.length; at += d) for (let c = 0; c < d; c++) means[c] += data[at + c];
  return means.map((sum) => sum / n);
}

/** Columns by their Borda count: the sum over several importances of the columns that each leaves behind it; of equal ones the first. */
export function bordaOrder(importances: readonly Float64Array[]): Int32Array {
  const points = new Float64Array(importances[0].length);
  for (const own of importances) {
    const order = descending(own);
    for (let at = 0; at < order.length; ) {
      let end = at;
      while (end < order.length && own[order[end]] === own[order[at]]) end += 1;
      // Equal ones share their places.
      for (let e = at; e < end; e++) points[order[e]] += order.length - (at + end - 1) / 2;
      at = end;
    }
  }
  return descending(points);
}

/** Places from the largest value to the least; of equal ones the first. */
export function descending(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
}

export interface Faithful {
  /** By how much the probability of the box's own prediction falls where the columns are at their means. */
  readonly comprehensiveness: number;
  /** By how much it falls where all others are: the less, the more these columns suffice. */
  readonly sufficiency: number;
}

/** Comprehensiveness and sufficiency of columns (DeYoung et al., 2020), columns left out being at their means. */
export async function faithfulnessOf(
  box: BlackBox,
  rows: Matrix,
  means: Float64Array,
  columns: ArrayLike<number>,
): Promise<Faithful> {
  const before = await box.probabilities(rows);
  const own = largestPlaces(before);
  const isChosen = new Uint8Array(rows.cols);
  for (let k = 0; k < columns.length; k++) isChosen[columns[k]] = 1;
  const fall = async (chosen: number) => {
    const asked = copied(rows);
    for (let e = 0; e < asked.data.length; e++) {
      const c = e % rows.cols;
      if (isChosen[c] === chosen) asked.data[e] = means[c];
    }
    const after = await box.probabilities(asked);
    let sum = 0;
    for (const [i, place] of own.entries())
      sum += before.data[i * before.cols + place] - after.data[i * after.cols + place];
    return sum / own.length;
  };
  return { comprehensiveness: await fall(1), sufficiency: await fall(0) };
}
