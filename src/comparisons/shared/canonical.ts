import type { Matrix } from '../../core/matrix.ts';
import type { Compared, Pair, Scatter } from '../contract.ts';
import { block, mapped, product, scaledBy, transposed } from './scatter.ts';
import { around, influenceError, simulatedExpectation } from './statistics.ts';

/** Two whitened spaces, cut to their leading directions, and the canonical pairs of these. */
export interface Canonical {
  readonly a: Scatter;
  readonly b: Scatter;
  /** min(rA, rB) correlations, largest first; none above 1. */
  readonly correlations: Float64Array;
  /** rA × k and rB × k: canonical directions in whitened coordinates. */
  readonly u: Matrix<Float64Array>;
  readonly v: Matrix<Float64Array>;
}

export interface Ranks {
  readonly a: number;
  readonly b: number;
}

/** Directions that vary at all, in both spaces. */
export async function fullRanks(pair: Pair): Promise<Ranks> {
  const axes = await pair.axes();
  return { a: axes.a.values.length, b: axes.b.values.length };
}

export async function canonicalPairs(pair: Pair, ranks: Ranks): Promise<Canonical> {
  const axes = await pair.axes();
  const whitened = await pair.whitenedCross();
  const { s, u, v } = await pair.engine.linalg.svd(
    block(whitened, 0, 0, ranks.a, ranks.b),
    pair.work,
  );
  return {
    a: cut(axes.a, ranks.a),
    b: cut(axes.b, ranks.b),
    correlations: s.map((value) => Math.min(1, value)),
    u,
    v,
  };
}

function cut({ values, vectors, total }: Scatter, r: number): Scatter {
  return { values: values.slice(0, r), vectors: block(vectors, 0, 0, r, vectors.cols), total };
}

/**
 * Σ wₖ ρₖ with weights that sum to 1: its interval from the influence of each row on the correlations,
 * fₖgₖ − ρₖ(fₖ² + gₖ²)/2 with canonical variates f, g, weights held; its null from turned blocks.
 */
export async function weightedCorrelation(
  pair: Pair,
  ranks: Ranks,
  weigh: (canonical: Canonical) => Float64Array,
): Promise<Compared> {
  if (ranks.a === 0 || ranks.b === 0) {
    const which = ranks.a === 0 ? 'A' : 'B';
    return { value: NaN, warnings: [`the rows of ${which} do not differ.`] };
  }
  const found = await canonicalPairs(pair, ranks);
  const weights = weigh(found);
  const value = dot(weights, found.correlations);
  const error = influenceError(await influences(pair, found, weights));
  const blocks = await pair.turnedBlocks();
  const draws: number[] = [];
  for (const whole of blocks) {
    const { s, u, v } = await pair.engine.linalg.svd(block(whole, 0, 0, ranks.a, ranks.b));
    const drawn = { ...found, correlations: s.map((x) => Math.min(1, x)), u, v };
    draws.push(dot(weigh(drawn), drawn.correlations));
  }
  const how = `one space turned at random: ${draws.length} draws`;
  return {
    value,
    ...around(value, error, 0, 1),
    null: simulatedExpectation(draws, value, 'large', how),
    warnings: biasWarnings(pair.n, ranks, draws),
  };
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * y[k];
  return sum;
}

async function influences(
  pair: Pair,
  { a, b, u, v, correlations }: Canonical,
  weights: Float64Array,
): Promise<Float64Array> {
  const { a: x, b: y } = pair.centered();
  const n = pair.n;
  const variates = (rows: Matrix, { values, vectors }: Scatter, w: Matrix<Float64Array>) => {
    const scale = values.map((value) => Math.sqrt((n - 1) / value));
    const map = product(scaledBy(transposed(vectors), null, scale), w);
    return mapped(rows, map, pair.engine, pair.work);
  };
  const f = await variates(x, a, u);
  const g = await variates(y, b, v);
  const k = correlations.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      const [p, q] = [f.data[i * k + c], g.data[i * k + c]];
      out[i] += weights[c] * (p * q - (correlations[c] * (p * p + q * q)) / 2);
    }
  }
  return out;
}

function biasWarnings(n: number, ranks: Ranks, draws: readonly number[]): string[] {
  const { a, b } = ranks;
  const chance = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  if (a + b > n - 1) {
    const forced = Math.min(a, b, a + b - (n - 1));
    return [
      `${n} rows in ${a} and ${b} directions make ${forced} correlations 1 whatever the data: do not read it.`,
    ];
  }
  if (n >= 10 * Math.max(a, b)) return [];
  return [
    `biased upward: ${n} rows are fewer than 10 for each of ${Math.max(a, b)} directions; unrelated spaces have ${chance.toFixed(2)} here.`,
  ];
}
