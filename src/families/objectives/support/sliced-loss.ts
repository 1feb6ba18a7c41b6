import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { choice, integer, number } from '../../../method/options.ts';
import type { ObjectiveContext } from '../types.ts';
import { greatCircles } from './random-directions.ts';

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

/** How the places of points on a circle are known. */
// @__NO_SIDE_EFFECTS__
export function ranksOption() {
  return choice(
    ['sorted', 'counted'],
    'sorted',
    'How ranks on a circle are known: by sorting, or by counting angles in 1,024 arcs, which is faster, ' +
      'needs less memory, and moves the gradient by a few thousandths of its length.',
  );
}

/**
 * The sliced loss over uniform great circles, and its gradient (n × d); see `kernels/circle-spacing`.
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
  const inverseCap = largestInverse(cap, points.cols);
  const loss = await engine.circleSpacingInPlace(projections, inverseCap, { signal });
  await engine.matmul(projections, planes, { out: gradient }, { signal });
  return loss;
}

/** The cap on 1/ρ itself. */
export function largestInverse(cap: number, d: number): number {
  return cap * Math.sqrt(d / 2);
}

export function requirePlane(where: string, { rows: n, cols: d }: Matrix): void {
  if (d < 2) throw new ShapeError(where, 'points with at least 2 columns', `${n} × ${d}`);
}
