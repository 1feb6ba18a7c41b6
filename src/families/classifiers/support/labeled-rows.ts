import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { givenPoints } from '../../../core/given-points.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { ClassifierInput, LabeledRows } from '../types.ts';
import { aboutOf, type Knowing } from './about-classes.ts';
import { byCode } from './by-code.ts';

/** The rows and classes that were given, checked, in an order that depends on them alone. */
export function labeledRows(
  id: string,
  input: ClassifierInput,
  fewestClasses: number,
  knowing: Knowing,
): LabeledRows {
  const points = requireFinite(id, givenPoints(id, input.points));
  const { classes } = input;
  if (classes.length !== points.rows)
    throw new ShapeError(id, `one class for each of ${points.rows} rows`, `${classes.length}`);
  const empty = classes.findIndex((name) => name.trim() === '');
  if (empty >= 0)
    throw new InputError(id, `row ${empty} has no class (counted from 0); give it one.`);
  const seen = [...new Set(classes)].sort(byCode);
  if (seen.length < fewestClasses)
    throw new ShapeError(
      id,
      `rows of ${fewestClasses} classes or more`,
      `${seen.length}: ${JSON.stringify(seen[0])}`,
    );
  const { names, about } = aboutOf(id, seen, input.about, knowing);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const given = Int32Array.from(classes, (name) => placeOf.get(name) as number);
  const order = orderOf(points, given);
  return {
    points: gathered(points, order),
    of: order.map((row) => given[row]),
    names,
    seen: seen.length,
    order,
    about,
  };
}

/** By class, then by the numbers of the row: equal rows of a class can change places without notice. */
function orderOf({ data, rows: n, cols: d }: Matrix, of: Int32Array): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => {
    if (of[a] !== of[b]) return of[a] - of[b];
    for (let c = 0; c < d; c++) {
      const gap = data[a * d + c] - data[b * d + c];
      if (gap !== 0) return gap;
    }
    return a - b;
  });
}

/** Which classes `predict` may choose: from and to in the order of the names. */
export function rangeAmong(
  id: string,
  among: 'all' | 'seen' | 'unseen',
  seen: number,
  all: number,
): readonly [number, number] {
  if (among === 'unseen' && seen === all)
    throw new OptionError(
      id,
      'among',
      '"all" or "seen": the model knows of no other classes',
      among,
    );
  return among === 'all' ? [0, all] : among === 'seen' ? [0, seen] : [seen, all];
}
