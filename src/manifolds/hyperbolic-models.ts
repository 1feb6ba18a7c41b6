import type { Floats } from '../core/matrix.ts';
import { requireCurvature } from './support/curvature.ts';

/** The point of the hyperboloid (d + 1 numbers) that is x of the Poincaré ball (d numbers), both of curvature −c. */
export function ballToHyperboloid(x: Floats, out: Floats, curvature = 1): void {
  const c = requireCurvature('ballToHyperboloid', curvature);
  let squared = 0;
  for (let i = 0; i < x.length; i++) squared += c * x[i] * x[i];
  const scale = 2 / (1 - squared);
  for (let i = 0; i < x.length; i++) out[i + 1] = scale * x[i];
  out[0] = (1 + squared) / ((1 - squared) * Math.sqrt(c));
}

/** The point of the Poincaré ball (d numbers) that is x of the hyperboloid (d + 1 numbers), both of curvature −c. */
export function hyperboloidToBall(x: Floats, out: Floats, curvature = 1): void {
  const c = requireCurvature('hyperboloidToBall', curvature);
  const scale = 1 / (1 + Math.sqrt(c) * x[0]);
  for (let i = 1; i < x.length; i++) out[i - 1] = scale * x[i];
}
