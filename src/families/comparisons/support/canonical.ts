import type { Matrix } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import { transposed } from '../../../core/transposed.ts';
import type { MaybePromise } from '../../../engine/engine.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import type { Compared, Pair, Scatter } from '../types.ts';
import { oncePerPair } from './pair.ts';
import { block, mapped, roundedProduct, scaledBy } from './scatter.ts';
import { around, simulatedExpectation } from './statistics.ts';

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

/** The canonical pairs, each row's variates in them, and the pairs when one space is turned at random. */
interface CanonicalFacts {
  readonly found: Canonical;
  /** n × k canonical variates of A's rows and of B's, of variance 1. */
  readonly f: Matrix;
  readonly g: Matrix;
  readonly drawn: readonly Canonical[];
}

const factsByRanks = /* @__PURE__ */ oncePerPair(() => new Map<string, Promise<CanonicalFacts>>());

function canonicalFacts(pair: Pair, ranks: Ranks): Promise<CanonicalFacts> {
  const known = factsByRanks(pair);
  const key = `${ranks.a} × ${ranks.b}`;
  const facts = known.get(key) ?? computedFacts(pair, ranks);
  known.set(key, facts);
  return facts;
}

async function computedFacts(pair: Pair, ranks: Ranks): Promise<CanonicalFacts> {
  const found = await canonicalOf(pair, await pair.whitenedCross(), ranks);
  const { a, b } = pair.centered();
  const [f, g] = [
    await variates(pair, a, found.a, found.u),
    await variates(pair, b, found.b, found.v),
  ];
  const drawn: Canonical[] = [];
  for (const whole of await pair.turnedBlocks()) drawn.push(await canonicalOf(pair, whole, ranks));
  return { found, f, g, drawn };
}

/** The canonical pairs of the leading directions, from the cosines between the whitened spaces. */
async function canonicalOf(
  pair: Pair,
  whitened: Matrix<Float64Array>,
  ranks: Ranks,
): Promise<Canonical> {
  const axes = await pair.axes();
  const leading = block(whitened, 0, 0, ranks.a, ranks.b);
  const { s, u, v } = await pair.engine.linalg.svd(leading, pair.work);
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
  weigh: (canonical: Canonical) => MaybePromise<Float64Array>,
): Promise<Compared> {
  if (ranks.a === 0 || ranks.b === 0) {
    const which = ranks.a === 0 ? 'A' : 'B';
    return { value: NaN, warnings: [`the rows of ${which} do not differ.`] };
  }
  const { found, f, g, drawn } = await canonicalFacts(pair, ranks);
  const weights = await weigh(found);
  const value = dot(weights, found.correlations);
  const error = meanEstimate(influences(f, g, found.correlations, weights)).standardError;
  const draws: number[] = [];
  for (const turned of drawn) draws.push(dot(await weigh(turned), turned.correlations));
  const how = `one space turned at random: ${draws.length} draws`;
  return {
    value,
    ...around(value, error, 0, 1),
    null: simulatedExpectation(draws, value, 'large', how),
    warnings: biasWarnings(pair.n, ranks, draws),
  };
}

async function variates(
  pair: Pair,
  rows: Matrix,
  { values, vectors }: Scatter,
  directions: Matrix<Float64Array>,
): Promise<Matrix> {
  const scale = values.map((value) => Math.sqrt((pair.n - 1) / value));
  const whiten = scaledBy(transposed(vectors), null, scale);
  return mapped(
    rows,
    await roundedProduct(whiten, directions, false, pair),
    pair.engine,
    pair.work,
  );
}

function influences(
  f: Matrix,
  g: Matrix,
  correlations: Float64Array,
  weights: Float64Array,
): Float64Array {
  const k = correlations.length;
  const out = new Float64Array(f.rows);
  for (let i = 0; i < f.rows; i++) {
    for (let c = 0; c < k; c++) {
      const [p, q] = [f.data[i * k + c], g.data[i * k + c]];
      out[i] += weights[c] * (p * q - (correlations[c] * (p * p + q * q)) / 2);
    }
  }
  return out;
}

function biasWarnings(n: number, ranks: Ranks, draws: readonly number[]): string[] {
  const { a, b } = ranks;
  const chance = meanOf(draws);
  if (a + b > n - 1) {
    const forced = Math.min(a, b, a + b - (n - 1));
    return [
      `${n} rows in ${a} and ${b} directions make ${counted(forced, 'correlation')} 1 whatever the data: do not read it.`,
    ];
  }
  if (n >= 10 * Math.max(a, b)) return [];
  return [
    `biased upward: ${n} rows are fewer than 10 for each of ${Math.max(a, b)} directions; unrelated spaces have ${chance.toFixed(2)} here.`,
  ];
}
