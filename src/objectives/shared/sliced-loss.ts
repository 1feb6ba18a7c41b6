import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { atan2 } from '../../core/numeric.ts';
import { integer, number } from '../../method/options.ts';
import type { ObjectiveContext } from '../contract.ts';
import { emptyLike, greatCircles } from './random-directions.ts';

/** How many circles a step looks at. */
// @__NO_SIDE_EFFECTS__
export function circlesOption() {
  return integer(
    13,
    'Circles per step, averaged; the paper takes round(batch²/n) of a minibatch.',
    {
      min: 1,
      max: 100_000,
    },
  );
}

/** The cap on the force of points that lie almost across a circle's plane. */
// @__NO_SIDE_EFFECTS__
export function capOption() {
  const doc =
    'Largest 1/ρ in units of √(d/2), its usual size; ρ is the length of a point’s projection on the ' +
    'plane of the circle. Uncapped, the force has infinite variance; 10 caps one point in a hundred.';
  return number(10, doc, { min: 1, max: 1e9 });
}

/**
 * The sliced loss over uniform great circles, and its gradient (n × d); see `angularLoss`.
 *
 * The circles are drawn from `context.random`.
 */
export async function slicedLoss(
  where: string,
  points: Matrix,
  circles: number,
  cap: number,
  gradient: Matrix,
  context: ObjectiveContext,
): Promise<number> {
  requirePlane(where, points);
  const { engine, random, signal } = context;
  const planes = greatCircles(circles, points, random);
  const projections = await engine.matmul(points, planes, true, { signal });
  const loss = await angularLoss(projections, largestInverse(cap, points.cols), context);
  const result = await engine.matmul(projections, planes, false, { signal });
  gradient.data.set(result.data);
  return loss;
}

/** The cap on 1/ρ itself. */
export function largestInverse(cap: number, d: number): number {
  return cap * Math.sqrt(d / 2);
}

export function requirePlane(where: string, { rows: n, cols: d }: Matrix): void {
  if (d < 2) throw new ShapeError(where, 'points with at least 2 columns', `${n} × ${d}`);
}

/**
 * The mean squared angular distance of the points from the best equispaced arrangement on each of L
 * circles, loss = 1/(2nL) Σ_l Σᵢ (a_il − a*_il)².
 *
 * `projections` (n × 2L) holds ⟨xᵢ,p_l⟩ and ⟨xᵢ,q_l⟩ in columns 2l and 2l + 1 and is overwritten with
 * the coefficients of p_l and q_l in the gradient. a_il is the angle of the projection and a*_il =
 * mean_l + φ_rank, φ_k = (2k − n − 1)π/n, k = 1 … n: with that phase no shift or cut does better.
 * The mean of the residuals is zero, so the phase needs no derivative. Row gradients are
 * (a − a*)(x_p q − x_q p)/ρ² with one 1/ρ capped.
 */
export async function angularLoss(
  projections: Matrix,
  inverseCap: number,
  { engine, signal }: Pick<ObjectiveContext, 'engine' | 'signal'>,
): Promise<number> {
  const { data: xpq, rows: n, cols } = projections;
  const circles = cols / 2;
  const angles = emptyLike(projections, circles, n);
  for (let l = 0; l < circles; l++) {
    for (let i = 0; i < n; i++) {
      angles.data[l * n + i] = atan2(xpq[i * cols + 2 * l + 1], xpq[i * cols + 2 * l]);
    }
  }
  const order = await engine.sortRows(angles, { signal });
  const scale = 1 / (n * circles);
  let sum = 0;
  for (let l = 0; l < circles; l++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += angles.data[l * n + i];
    mean /= n;
    for (let rank = 0; rank < n; rank++) {
      const i = order[l * n + rank];
      const residual = angles.data[l * n + i] - mean - ((2 * rank + 1 - n) * Math.PI) / n;
      sum += residual * residual;
      const at = i * cols + 2 * l;
      const xp = xpq[at];
      const xq = xpq[at + 1];
      const inverse = 1 / Math.sqrt(xp * xp + xq * xq);
      // A point across the plane has no direction on the circle.
      const force =
        inverse === Infinity ? 0 : scale * residual * inverse * Math.min(inverse, inverseCap);
      xpq[at] = -force * xq;
      xpq[at + 1] = force * xp;
    }
  }
  return (sum * scale) / 2;
}
