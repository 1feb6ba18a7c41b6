import { gathered } from '../../../core/matrix.ts';
import type { Pair } from '../types.ts';
import { type Eigenmoments, eigenmoments } from './eigenmoments.ts';
import {
  errorOf,
  type MomentInterval,
  momentInterval,
  rootPolynomial,
} from './root-polynomials.ts';

export interface MomentOptions {
  /** Moments that are used, P. */
  readonly degree: number;
  /** The most by which the polynomial may be off on average, in cosine. */
  readonly maxBias: number;
}

export interface MomentEstimate {
  /** ‖Σ_ab‖_∗/√(tr Σ_aa · tr Σ_bb), as the polynomial has it: outside of [0, 1] or the interval, where its bias takes it there. */
  readonly likeness: number;
  /** Of `likeness`, by the choice of rows. */
  readonly standardError: number;
  /** The most by which `likeness` can be off on average, whatever the spectrum. */
  readonly biasBound: number;
  /** 95 % for the truth, bias and rows together. */
  readonly interval: MomentInterval;
  readonly rows: number;
}

/** So many rows are needed for cycles of 2P and their jackknife. */
export const rowsForDegree = (degree: number) => 4 * degree + 2;

/**
 * ‖Σ_ab‖_∗ = Σ √λ over the eigenvalues λ of Σ_ab Σ_abᵀ, from their moments tr(Σ_ab Σ_abᵀ)ᵖ and a
 * polynomial for the root. Undefined where there are too few rows.
 */
export async function momentNuclearNorm(
  pair: Pair,
  options: MomentOptions,
): Promise<MomentEstimate | undefined> {
  const moments = await pairMoments(pair, options.degree);
  return moments && estimateFrom(moments, directionsOf(pair), options.maxBias);
}

/** How many singular values Σ_ab has. */
export const directionsOf = ({ a, b }: Pair) => Math.min(a.cols, b.cols);

export async function pairMoments(pair: Pair, degree: number): Promise<Eigenmoments | undefined> {
  const chosen = pair.someRows(pair.sample);
  if (chosen.length < rowsForDegree(degree)) return undefined;
  const { s } = await pair.crossSvd();
  const rows = { a: gathered(pair.a, chosen), b: gathered(pair.b, chosen) };
  const largest = (s[0] / (pair.n - 1)) * (1 + 1 / Math.sqrt(pair.n));
  return eigenmoments(rows, degree, largest, pair.random('moments'), pair.work);
}

export function estimateFrom(
  moments: Eigenmoments,
  directions: number,
  maxBias: number,
): MomentEstimate {
  const { g, error } = rootPolynomial(moments, directions, maxBias);
  const likeness = g.reduce((sum, weight, p) => sum + weight * moments.values[p], 0);
  const interval = momentInterval(moments, directions);
  return {
    likeness,
    standardError: errorOf(moments, g),
    biasBound: directions * moments.unit * error,
    interval,
    rows: moments.rows,
  };
}
