import type { Matrix } from '../../core/matrix.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { rowDot, squaredNorm } from '../../numerics/rows/dot.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';
import { REST, restOfSpread } from './likeness.ts';
import { cosinesOf } from './values.ts';

/** Values are this near to a multiple of the step, in steps. */
const ON_GRID = 0.02;
const MOST_LEVELS = 127.5;
/** On either side of 0, in 8 to 4 bits; one value in 25 is near a multiple by chance. */
const LEVELS = [127, 63, 31, 15, 7];
const FEW_VALUES = 6;

/** Each value off a little, as by rounding to 8 bits or fewer. */
export function quantized({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols) return { evidence: [] };
  const mean = meanOf(cosinesOf(a, b));
  const near = atLeast('mean-row-cosine', mean, 0.9, 'mean cosine of a row with itself');
  const own = atMost('rest-of-spread-noise', restOfSpread(a, b), 0.5, REST);
  if (!near.holds || !own.holds) return { evidence: [near, own] };
  const grid = atLeast(
    'values-on-a-grid',
    Math.max(gridShare(a), gridShare(b)),
    0.95,
    'share of one side’s rows or columns whose values stand on a grid of at most 255 levels',
  );
  const color = atMost(
    'noise-color',
    noiseColor(a, b),
    0.3,
    'how far B − A varies in the directions in which A does: 0 for white noise, 1 as A itself',
  );
  const evidence = [near, own, grid, color];
  if (!grid.holds && !color.holds) return { evidence };
  const noise = Math.sqrt(Math.max(0, 1 - mean * mean));
  return {
    evidence,
    verdict: 'quantization',
    sentence: `The same vectors with noise of ${(100 * noise).toFixed(1)} % of their length${grid.holds ? ', on a grid of at most 255 levels' : ', alike in all directions'}: quantisation to few bits${grid.holds ? '' : ', or noise that was added'}.`,
    fix: 'expected of int8 weights or vectors; rescore the best candidates in float32 where the order of near ones matters',
  };
}

/** The largest share of rows, of columns, or of all values that lie on a grid of one step. */
function gridShare(m: Matrix): number {
  const row = (i: number) => m.data.subarray(i * m.cols, (i + 1) * m.cols);
  const rows = meanOf(Float64Array.from({ length: m.rows }, (_, i) => (onGrid(row(i)) ? 1 : 0)));
  const column = (c: number) =>
    Float64Array.from({ length: m.rows }, (_, i) => m.data[i * m.cols + c]);
  const columns = meanOf(
    Float64Array.from({ length: m.cols }, (_, c) => (onGrid(column(c)) ? 1 : 0)),
  );
  return Math.max(rows, columns, onGrid(m.data) ? 1 : 0);
}

/** Whether all values are multiples of the smallest gap between them, at most 127 of it in size or 255 apart. */
function onGrid(values: ArrayLike<number>): boolean {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (high === low) return true;
  let gap = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i] - sorted[i - 1];
    if (step > most * 1e-4) gap = Math.min(gap, step);
  }
  // Few values may leave gaps of several steps: the usual numbers of levels are tried too.
  const usual = values.length < FEW_VALUES ? [] : LEVELS;
  return (
    usual.some((levels) => stepsFrom(0, most, most / levels, sorted)) ||
    usual.some((levels) => stepsFrom(low, high - low, (high - low) / (2 * levels + 1), sorted)) ||
    (most / gap <= MOST_LEVELS && stepsFrom(0, most, gap, sorted)) ||
    ((high - low) / gap <= 2 * MOST_LEVELS && stepsFrom(low, high - low, gap, sorted))
  );
}

/** The smallest gap is off by rounding; the largest distance from the origin tells the step better. */
function stepsFrom(origin: number, most: number, gap: number, values: Float64Array): boolean {
  const step = most / Math.round(most / gap);
  return values.every((x) => {
    const steps = (x - origin) / step;
    return Math.abs(steps - Math.round(steps)) <= ON_GRID;
  });
}

/**
 * How much the residual B − sA shares A’s directions: d·tr(Σ_E Σ_A)/(tr Σ_E tr Σ_A) is 1 for white noise
 * and d·tr Σ_A²/(tr Σ_A)² for noise with A’s covariance; scaled so that these are 0 and 1. NaN where A
 * itself is nearly white.
 */
export function noiseColor(a: Matrix, b: Matrix): number {
  const { rows: n, cols: d } = a;
  const residual = new Float64Array(a.data.length);
  const cosines = cosinesOf(a, b);
  for (let i = 0; i < n; i++) {
    let [aa, bb] = [0, 0];
    for (let c = i * d; c < (i + 1) * d; c++) {
      aa += a.data[c] ** 2;
      bb += b.data[c] ** 2;
    }
    const scale = aa > 0 ? (cosines[i] * Math.sqrt(bb)) / Math.sqrt(aa) : 0;
    for (let c = i * d; c < (i + 1) * d; c++) residual[c] = b.data[c] - scale * a.data[c];
  }
  const e = centered({ data: residual, rows: n, cols: d });
  const x = centered(a);
  const few = Math.min(n, 400);
  // tr(Σ_X Σ_Y) from inner products of distinct rows, so that n < d does no harm.
  const own = crossTrace(x, x, few);
  const shared = crossTrace(x, e, few);
  const [tx, te] = [trace(x), trace(e)];
  const colored = (d * own) / (tx * tx) - 1;
  if (colored < 0.25 || te === 0) return NaN;
  return ((d * shared) / (tx * te) - 1) / colored;
}

function crossTrace(x: Matrix, y: Matrix, few: number): number {
  let sum = 0;
  for (let i = 0; i < few; i++) {
    for (let j = 0; j < few; j++) {
      if (i === j) continue;
      sum += rowDot(x, i, y, j) ** 2;
    }
  }
  return sum / (few * (few - 1));
}

function trace({ data, rows }: Matrix): number {
  return squaredNorm(data) / rows;
}
