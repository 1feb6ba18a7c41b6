import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { ObjectiveContext } from '../types.ts';
import { addDivergence, drawnGaussians, type Gaussians } from './gaussian-rows.ts';
import { addMatchLoss, matchRoom } from './match-loss.ts';
import { drawnMatches, type Match } from './matches.ts';

/** How the probability of a match falls with distance, and what else the loss is made of. */
export interface HedgedShape {
  /** Samples of each row: K. */
  readonly samples: number;
  /** Weight of the divergence from a standard normal: β. */
  readonly beta: number;
  /** a of σ(b − a·distance), above 0. */
  readonly slope: number;
  /** b of it. */
  readonly offset: number;
}

export interface HedgedLoss {
  readonly loss: number;
  /** ∂loss/∂a. */
  readonly toSlope: number;
  /** ∂loss/∂b. */
  readonly toOffset: number;
}

/**
 * The loss of the objective `hedged`, whose gradient in the rows overwrites `gradient`, and its slopes in a and b, for
 * those who learn them.
 */
export function hedgedLoss(
  points: Matrix,
  shape: HedgedShape,
  gradient: Matrix,
  context: ObjectiveContext,
): HedgedLoss {
  requireHalves(points);
  gradient.data.fill(0);
  const { matches, others } = drawnMatches('hedged', points, context);
  if (matches.length === 0) {
    if (context.rows) return { loss: 0, toSlope: 0, toOffset: 0 };
    throw new InputError('hedged', 'no row has both a match and a row that does not match it.');
  }
  const own = drawnGaussians(points, shape.samples, context.random.fork('samples'));
  const theirs = others && drawnGaussians(others, shape.samples, context.random.fork('others'));
  return lossOfMatches(matches, own, theirs, shape, gradient);
}

function lossOfMatches(
  matches: readonly Match[],
  own: Gaussians,
  theirs: Gaussians | undefined,
  { slope, offset, beta }: HedgedShape,
  gradient: Matrix,
): HedgedLoss {
  const weight = 1 / matches.length;
  const room = matchRoom(own);
  let loss = 0;
  const uses = new Int32Array(gradient.rows);
  const theirUses = theirs ? new Int32Array(gradient.rows) : uses;
  for (const match of matches) {
    loss += weight * addMatchLoss(match, own, theirs, { slope, offset, weight }, room, gradient);
    uses[match.row]++;
    theirUses[match.other]++;
  }
  const [toSlope, toOffset] = room.toShape;
  if (beta === 0) return { loss, toSlope, toOffset };
  const share = beta * weight;
  for (let i = 0; i < gradient.rows; i++) {
    if (uses[i] > 0) loss += addDivergence(own, i, share * uses[i], gradient);
    if (theirs && theirUses[i] > 0) loss += addDivergence(theirs, i, share * theirUses[i], null);
  }
  return { loss, toSlope, toOffset };
}

function requireHalves({ rows: n, cols: d }: Matrix): void {
  if (d % 2 === 0) return;
  const expected = 'an even number of columns, means and then logarithms of variances';
  throw new ShapeError('hedged', expected, `${n} × ${d}`);
}
