import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { FitContext, FittedClasses, LabeledRows } from '../types.ts';
import { asColumn, prototypesOf, rowsByClass, scoresByNearest } from './class-prototypes.ts';
import { squaredDistances } from './squared-distances.ts';

/** Centers of the rows of each class. */
export function fitEuclidean(
  rows: LabeledRows,
  { count }: { readonly count: number },
  { random }: FitContext,
) {
  const parts = rowsByClass(rows, Infinity, random).map((own) => gathered(rows.points, own));
  const { centers, owners } = prototypesOf(parts, count, random.fork('prototypes'));
  return {
    settings: { distance: 'euclidean' },
    arrays: { prototypes: centers, owners: asColumn(owners) },
    facts: { prototypes: owners.length },
  };
}

export function scoreEuclidean({ arrays, names }: FittedClasses, rows: Matrix) {
  const squares = squaredDistances(rows, arrays['prototypes']);
  return scoresByNearest(squares, arrays['owners'].data, names.length);
}
