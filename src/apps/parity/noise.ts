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
    Math.max(gridShare(a, b), gridShare(b, a)),
    0.95,
    'share of one side’s rows or columns that stand on a grid of at most 255 levels, the other side within a step',
  );
  const noise = noiseShape(a, b);
  const color = atMost(
    'noise-color',
    noise.color,
    0.3,
    'how far B − A varies in the directions in which A does: 0 for white noise, 1 as A itself',
  );
  const directions = atLeast(
    'noise-directions',
    noise.directions,
    0.5,
    'share of the directions over which B − A is spread: 1 for white noise',
  );
  const evidence = [near, own, grid, color, directions];
  if (!grid.holds && !(color.holds && directions.holds)) return { evidence };
  const share = Math.sqrt(Math.max(0, 1 - mean * mean));
  return {
    evidence,
    verdict: 'quantization',
    sentence: `The same vectors with noise of ${(100 * share).toFixed(1)} % of their length${grid.holds ? ', on a grid of at most 255 levels' : ', alike in all directions'}: quantisation to few bits${grid.holds ? '' : ', or noise that was added'}.`,
    fix: 'expected of int8 weights or vectors; rescore the best candidates in float32 where the order of near ones matters',
  };
}

/** The largest share of rows, of columns, or of all values that lie on a grid of one step which explains the rest. */
function gridShare(m: Matrix, other: Matrix): number {
  const rest = restAlong(other, m);
  const { rows: n, cols: d } = m;
  const explained = (values: Float64Array, off: Float64Array): number =>
    Math.sqrt(squaredNorm(off) / off.length) <= stepOf(values) ? 1 : 0;
  const row = (data: Matrix['data'], i: number) =>
    Float64Array.from(data.subarray(i * d, (i + 1) * d));
  const column = (data: Matrix['data'], c: number) =>
    Float64Array.from({ length: n }, (_, i) => data[i * d + c]);
  const rows = Float64Array.from({ length: n }, (_, i) => explained(row(m.data, i), row(rest, i)));
  const columns = Float64Array.from({ length: d }, (_, c) =>
    explained(column(m.data, c), column(rest, c)),
  );
  return Math.max(meanOf(rows), meanOf(columns), explained(Float64Array.from(m.data), rest));
}

/**
 * The step of which all values are multiples, at most 127 in size or 255 apart: the smallest gap between them,
 * or that of a usual number of levels. 0 where there is none.
 */
function stepOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (high === low) return Infinity;
  let gap = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i] - sorted[i - 1];
    if (step > most * 1e-4) gap = Math.min(gap, step);
  }
  // Few values may leave gaps of several steps: the usual numbers of levels are tried too.
  const usual = values.length < FEW_VALUES ? [] : LEVELS;
  if (most / gap <= MOST_LEVELS && stepsFrom(0, most, gap, sorted)) return gap;
  if ((high - low) / gap <= 2 * MOST_LEVELS && stepsFrom(low, high - low, gap, sorted)) return gap;
  for (const levels of usual) {
    const [about, between] = [most / levels, (high - low) / (2 * levels + 1)];
    if (stepsFrom(0, most, about, sorted)) return about;
    if (stepsFrom(low, high - low, between, sorted)) return between;
  }
  return 0;
}

/** The smallest gap is off by rounding; the largest distance from the origin tells the step better. */
function stepsFrom(origin: number, most: number, gap: number, values: Float64Array): boolean {
  const step = most / Math.round(most / gap);
  return values.every((x) => {
    const steps = (x - origin) / step;
    return Math.abs(steps - Math.round(steps)) <= ON_GRID;
  });
}

/** bᵢ − sᵢaᵢ with the best factor of each row. */
function restAlong(a: Matrix, b: Matrix): Float64Array {
  const { rows: n, cols: d } = a;
  const rest = new Float64Array(a.data.length);
  for (let i = 0; i < n; i++) {
    const own = rowDot(a, i, a, i);
    const scale = own > 0 ? rowDot(a, i, b, i) / own : 0;
    for (let c = i * d; c < (i + 1) * d; c++) rest[c] = b.data[c] - scale * a.data[c];
  }
  return rest;
}

/**
 * How much the residual E = B − sA shares A’s directions: d·tr(Σ_E Σ_A)/(tr Σ_E tr Σ_A) is 1 for white noise
 * and d·tr Σ_A²/(tr Σ_A)² for noise with A’s covariance; scaled so that these are 0 and 1, and NaN where A
 * itself is nearly white. And over how many it is spread: (tr Σ_E)²/(d·tr Σ_E²).
 */
export function noiseShape(a: Matrix, b: Matrix) {
  const { rows: n, cols: d } = a;
  const e = centered({ data: restAlong(a, b), rows: n, cols: d });
  const x = centered(a);
  const few = Math.min(n, 400);
  // tr(Σ_X Σ_Y) from inner products of distinct rows, so that n < d does no harm.
  const [own, shared, rest] = [crossTrace(x, x, few), crossTrace(x, e, few), crossTrace(e, e, few)];
  const [tx, te] = [trace(x), trace(e)];
  const colored = (d * own) / (tx * tx) - 1;
  return {
    color: colored < 0.25 || te === 0 ? NaN : ((d * shared) / (tx * te) - 1) / colored,
    directions: te === 0 ? NaN : (te * te) / (d * rest),
  };
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
