import { OptionError } from '../../core/errors.ts';

/** c of a hyperbolic space of curvature −c. */
export function requireCurvature(where: string, curvature: number): number {
  if (!(curvature > 0 && curvature < Infinity))
    throw new OptionError(where, 'curvature', 'a positive number c, for curvature −c', curvature);
  return curvature;
}
