import { type GivenPoints, givenPoints } from '../core/given-points.ts';
import type { Matrix } from '../core/matrix.ts';
import type { VectorTable } from './table.ts';

/** A table, or the vectors alone in any form that programs hold them in. */
export type GivenTable = GivenPoints | GivenRows;

/** A table whose points may have any form. */
export interface GivenRows extends Omit<Partial<VectorTable>, 'points'> {
  readonly points: GivenPoints;
}

/** A table whose points may be float64. */
export interface AnyTable extends Omit<VectorTable, 'points'> {
  readonly points: Matrix;
}

/** The table that was given, its points as a matrix; refuses what is none in a sentence that names `where`. */
export function givenTable(where: string, given: GivenTable): AnyTable {
  if (typeof given !== 'object' || given === null || !('points' in given)) {
    return { points: givenPoints(where, given) };
  }
  const points = givenPoints(where, given.points);
  return points === given.points ? (given as AnyTable) : { ...given, points };
}
