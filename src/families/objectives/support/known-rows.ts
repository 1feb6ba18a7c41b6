import { InputError, ShapeError } from '../../../core/errors.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { zerosOf } from '../../../core/transposed.ts';
import type { ObjectiveContext } from '../types.ts';

/** The classes of n rows, numbered from 0. */
export interface KnownClasses {
  /** Class of each row; −1 for none. */
  readonly of: Int32Array;
  /** Rows of each class. */
  readonly counts: Int32Array;
}

/**
 * The classes of the rows. Refuses to go on without any, and, but in a minibatch, where no two rows share one:
 * in a minibatch that may happen, and the loss has nothing to say there.
 */
export function knownClasses(
  where: string,
  { rows: n }: Matrix,
  { classes, rows }: ObjectiveContext,
): KnownClasses {
  if (!classes)
    throw new InputError(where, 'the class of each row is needed (--classes COLUMN); got none.');
  if (classes.length !== n)
    throw new ShapeError(where, `classes for ${n} rows`, `${classes.length}`);
  const numbers = new Map<number, number>();
  for (const name of classes) if (name >= 0 && !numbers.has(name)) numbers.set(name, numbers.size);
  const of = classes.map((name) => numbers.get(name) ?? -1);
  const counts = new Int32Array(numbers.size);
  for (const c of of) if (c >= 0) counts[c]++;
  if (!rows && counts.every((count) => count < 2))
    throw new InputError(
      where,
      `no two of the ${n} rows share a class; expected a class with 2 rows.`,
    );
  return { of, counts };
}

/** Two views of each of m things. */
export interface Views {
  /** Rows that are a view of something: m numbers of rows of `points`. */
  readonly anchors: Int32Array;
  /** The other view of each: m numbers of rows of `others`. */
  readonly partners: Int32Array;
  /** The points themselves, or where they started, which is constant. */
  readonly others: Matrix;
  readonly othersMove: boolean;
}

/**
 * The other view of each row: the partner that the context names, else the row where it started. Refuses to go on
 * without either, and, but in a minibatch, without a single pair.
 */
export function knownViews(
  where: string,
  points: Matrix,
  { partners, start, rows }: ObjectiveContext,
): Views {
  const { rows: n, cols: d } = points;
  if (!partners && start) {
    if (start.rows !== n || start.cols !== d)
      throw new ShapeError(where, `a ${n} × ${d} start`, `${start.rows} × ${start.cols}`);
    const all = Int32Array.from({ length: n }, (_, i) => i);
    return { anchors: all, partners: all, others: likePoints(start, points), othersMove: false };
  }
  if (!partners)
    throw new InputError(
      where,
      'the other view of each row is needed; got neither partners nor a start.',
    );
  requirePartners(where, partners, n);
  const anchors = Int32Array.from(partners.keys()).filter((i) => partners[i] >= 0);
  if (!rows && anchors.length === 0)
    throw new InputError(where, `none of the ${n} rows has a partner; expected a pair.`);
  return { anchors, partners: anchors.map((i) => partners[i]), others: points, othersMove: true };
}

/** The matrix in the element type of the points. */
function likePoints(m: Matrix, points: Matrix): Matrix {
  if (m.data.constructor === points.data.constructor) return m;
  const out = zerosOf(points, m.rows, m.cols);
  out.data.set(m.data);
  return out;
}

function requirePartners(where: string, partners: Int32Array, n: number): void {
  if (partners.length !== n)
    throw new ShapeError(where, `partners for ${n} rows`, `${partners.length}`);
  const wrong = partners.findIndex((p, i) => p < -1 || p >= n || p === i);
  if (wrong < 0) return;
  const expected = `another row, 0 … ${n - 1}, or −1 for none`;
  throw new InputError(
    where,
    `the partner of row ${wrong} is ${partners[wrong]}; expected ${expected}.`,
  );
}

/** The two views of each of m things, m × d each, and the rows of `points` they are; −1 where a view is constant. */
export interface ViewPairs {
  readonly first: Matrix;
  readonly second: Matrix;
  readonly firstRows: Int32Array;
  readonly secondRows: Int32Array;
}

/** Each pair of views once: of two rows that name one another the lower is the first view. */
export function viewPairs(
  points: Matrix,
  { anchors, partners, others, othersMove }: Views,
): ViewPairs {
  const partnerOf = new Map(Array.from(anchors, (i, at) => [i, partners[at]]));
  const once = Int32Array.from(anchors.keys()).filter(
    (at) =>
      !othersMove || anchors[at] < partners[at] || partnerOf.get(partners[at]) !== anchors[at],
  );
  const firstRows = once.map((at) => anchors[at]);
  const secondRows = once.map((at) => partners[at]);
  return {
    first: gathered(points, firstRows),
    second: gathered(others, secondRows),
    firstRows,
    secondRows: othersMove ? secondRows : secondRows.fill(-1),
  };
}
