import type { Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';

/** A column varies by so much less than the median one: not at all, but for rounding. */
const DEAD = 1e-6;
/** Columns less their means, of unit length, are as far apart: a correlation of 1 − 1e-9 in size. */
const TWIN = 5e-5;

export interface ColumnFacts {
  /** Columns that have one value in every row. */
  readonly constant: readonly number[];
  /** Columns that are an earlier one, up to a factor and an offset. */
  readonly repeated: readonly number[];
}

export function columnFacts(m: Matrix): ColumnFacts {
  const { means, deviations } = momentsOf(m);
  const most = DEAD * medianOf(deviations.filter((x) => x > 0));
  const constant = [...deviations.keys()].filter((c) => !(deviations[c] > most));
  return { constant, repeated: m.rows < 10 ? [] : repeatedColumns(m, means, deviations, constant) };
}

/** Mean and standard deviation of each column. */
function momentsOf({ data, rows: n, cols: d }: Matrix) {
  const means = new Float64Array(d);
  const deviations = new Float64Array(d);
  for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < d; c++, at++) means[c] += data[at] / n;
  for (let i = 0, at = 0; i < n; i++) {
    for (let c = 0; c < d; c++, at++) {
      const off = data[at] - means[c];
      deviations[c] += (off * off) / n;
    }
  }
  return { means, deviations: deviations.map(Math.sqrt) };
}

/** Equal columns have equal products with any vector: those next to each other in that order are compared. */
function repeatedColumns(
  { data, rows: n, cols: d }: Matrix,
  means: Float64Array,
  deviations: Float64Array,
  constant: readonly number[],
): number[] {
  const random = Random.fromSeed(0).fork('columns');
  const weights = Float64Array.from({ length: n }, () => random.normal() / Math.sqrt(n));
  const value = (i: number, c: number) => (data[i * d + c] - means[c]) / deviations[c];
  const products = new Float64Array(d);
  const skip = new Set(constant);
  // Row by row, as they lie in memory; what constant columns get is not looked at.
  for (let i = 0, at = 0; i < n; i++)
    for (let c = 0; c < d; c++, at++)
      products[c] += weights[i] * ((data[at] - means[c]) / deviations[c]);
  const order = Array.from(products.keys())
    .filter((c) => !skip.has(c))
    .sort((p, q) => Math.abs(products[p]) - Math.abs(products[q]));
  const repeated = new Set<number>();
  order.forEach((q, at) => {
    for (let before = at - 1; before >= 0; before--) {
      const p = order[before];
      if (Math.abs(products[q]) - Math.abs(products[p]) > TWIN) break;
      const sign = Math.sign(products[p]) * Math.sign(products[q]) || 1;
      let squared = 0;
      for (let i = 0; i < n; i++) squared += (value(i, q) - sign * value(i, p)) ** 2 / n;
      if (Math.sqrt(squared) <= TWIN) repeated.add(Math.max(p, q));
    }
  });
  return [...repeated].sort((p, q) => p - q);
}

/** What each column has of the squared length of unit rows: by its mean, and by its variance. */
export interface ColumnShares {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export function columnShares(unit: Matrix): ColumnShares {
  const { means, deviations } = momentsOf(unit);
  return { mean: means.map((x) => x * x), variance: deviations.map((x) => x * x) };
}
