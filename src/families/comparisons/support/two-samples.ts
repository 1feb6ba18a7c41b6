import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import { squaredLengths, squaredNorm } from '../../../numerics/rows/dot.ts';
import { jackknifeError } from '../../../numerics/statistics/jackknife.ts';
import type { Compared } from '../types.ts';
import { oncePerPair } from './pair.ts';
import { around, simulatedExpectation } from './statistics.ts';

/** Rows drawn from each set at most, and permutations of which set a row is from. */
const MOST_ROWS = 1000;
const PERMUTATIONS = 199;

/** Rows of both sets, one below the other, and all squared distances between them. */
export interface TwoSamples {
  readonly m: number;
  readonly l: number;
  /** (m + l)², row-major. */
  readonly squared: Float64Array;
  readonly drawn: string;
}

/** A sample of each set, moved to their common mean so that distances lose no digits. */
export const twoSamples = /* @__PURE__ */ oncePerPair(async (pair): Promise<TwoSamples> => {
  const most = Math.min(MOST_ROWS, pair.sample);
  const some = (m: Matrix, name: string) =>
    m.rows <= most ? m : gathered(m, pair.random(name).sample(m.rows, most).sort());
  const [a, b] = [some(pair.a, 'some of a'), some(pair.b, 'some of b')];
  const points = stackedAroundMean(a, b);
  const n = points.rows;
  const dots = await pair.engine.matmul(points, points, true, pair.work);
  const lengths = squaredLengths(points);
  const squared = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = lengths[i] + lengths[j] - 2 * dots.data[i * n + j];
      squared[i * n + j] = i === j ? 0 : Math.max(0, value);
    }
  }
  const drawn = n < pair.a.rows + pair.b.rows ? `${a.rows} and ${b.rows} rows drawn, ` : '';
  return { m: a.rows, l: b.rows, squared, drawn };
});

function stackedAroundMean(a: Matrix, b: Matrix): Matrix {
  const d = a.cols;
  const [ofA, ofB] = [meanRow(a), meanRow(b)];
  const out = new (a.data.constructor as new (n: number) => typeof a.data)((a.rows + b.rows) * d);
  out.set(a.data);
  out.set(b.data, a.data.length);
  return lessRow(
    { data: out, rows: a.rows + b.rows, cols: d },
    ofA.map((x, c) => (x + ofB[c]) / 2),
  );
}

/**
 * E k(x, x′) + E k(y, y′) − 2 E k(x, y), no row with itself: unbiased. The interval leaves out each
 * row once; the null gives the rows to the two sets at random.
 */
export function discrepancy(kernel: Float64Array, samples: TwoSamples, random: Random): Compared {
  const { m, l, drawn } = samples;
  const n = m + l;
  if (m < 3 || l < 3) return { value: NaN, warnings: [`needs 3 rows in each; got ${m} and ${l}.`] };
  const first = Uint8Array.from({ length: n }, (_, i) => (i < m ? 1 : 0));
  const { within, total, rowSums } = sumsOf(kernel, first);
  const sums = splitSums(within, total, rowSums, first);
  const value = combined(sums, m, l);
  const error = leaveOneOutError(kernel, sums, m, l);
  const draws: number[] = [];
  for (let r = 0; r < PERMUTATIONS; r++) {
    const chosen = new Uint8Array(n);
    for (const i of random.fork(r).sample(n, m)) chosen[i] = 1;
    const inside = withinSum(kernel, chosen);
    draws.push(combined(splitSums(inside, total, rowSums, chosen), m, l));
  }
  const how = `same law: ${drawn}${PERMUTATIONS} permutations of which set a row is from`;
  return {
    value,
    ...around(value, error),
    null: simulatedExpectation(draws, value, 'large', how),
  };
}

interface Sums {
  readonly aa: number;
  readonly bb: number;
  readonly ab: number;
}

function sumsOf(kernel: Float64Array, first: Uint8Array) {
  const n = first.length;
  const rowSums = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j) rowSums[i] += kernel[i * n + j];
    total += rowSums[i];
  }
  return { within: withinSum(kernel, first), total, rowSums };
}

function withinSum(kernel: Float64Array, chosen: Uint8Array): number {
  const n = chosen.length;
  const members = Int32Array.from(chosen.keys()).filter((i) => chosen[i] === 1);
  let sum = 0;
  for (const i of members) {
    for (const j of members) {
      if (j >= i) break;
      sum += kernel[i * n + j];
    }
  }
  return 2 * sum;
}

function splitSums(aa: number, total: number, rowSums: Float64Array, chosen: Uint8Array): Sums {
  let rows = 0;
  for (let i = 0; i < chosen.length; i++) if (chosen[i]) rows += rowSums[i];
  const ab = rows - aa;
  return { aa, ab, bb: total - aa - 2 * ab };
}

function combined({ aa, bb, ab }: Sums, m: number, l: number): number {
  return aa / (m * (m - 1)) + bb / (l * (l - 1)) - (2 * ab) / (m * l);
}

/** √ of the sum of both sets' jackknife variances. */
function leaveOneOutError(kernel: Float64Array, sums: Sums, m: number, l: number): number {
  const n = m + l;
  const errors: number[] = [];
  for (const [from, to] of [
    [0, m],
    [m, n],
  ]) {
    const values: number[] = [];
    for (let i = from; i < to; i++) {
      let [own, other] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        if (j >= from && j < to) own += kernel[i * n + j];
        else other += kernel[i * n + j];
      }
      const ab = sums.ab - other;
      values.push(
        from === 0
          ? combined({ aa: sums.aa - 2 * own, bb: sums.bb, ab }, m - 1, l)
          : combined({ aa: sums.aa, bb: sums.bb - 2 * own, ab }, m, l - 1),
      );
    }
    errors.push(jackknifeError(values));
  }
  return Math.sqrt(squaredNorm(errors));
}
