import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { DirectionsInput } from '../../../families/directions/types.ts';

/** Rows whose order is known: n × d, and what they are to be ordered by. */
export interface Targets {
  readonly points: Matrix;
  readonly scores?: readonly number[] | undefined;
  readonly classes?: readonly string[] | undefined;
}

/** Rows that are judged: more cost time and hardly narrow the interval. */
const MOST_ROWS = 4000;

/** The rows with their scores or classes, or a part of them; classes of one row are left out. Undefined where there are none. */
export function targetsOf(
  points: Matrix,
  { scores, classes }: Pick<DirectionsInput, 'scores' | 'classes'>,
  random: Random,
): Targets | undefined {
  const known = scores ?? classes;
  if (!known) return undefined;
  let rows = random.sample(points.rows, Math.min(points.rows, MOST_ROWS));
  if (!scores && classes) {
    const counts = countsOf(Array.from(rows, (row) => classes[row]));
    rows = rows.filter((row) => (counts.get(classes[row]) ?? 0) > 1);
  }
  return {
    points: gathered(points, rows),
    scores: scores && Array.from(rows, (row) => scores[row]),
    classes: scores ? undefined : classes && Array.from(rows, (row) => classes[row]),
  };
}

/** Some rows of the targets. */
export function partOf({ points, scores, classes }: Targets, rows: ArrayLike<number>): Targets {
  return {
    points: gathered(points, rows),
    scores: scores && Array.from(rows, (row) => scores[row]),
    classes: classes && Array.from(rows, (row) => classes[row]),
  };
}

/** Whether there are rows of different scores, or of two classes, in it. */
export function canBeFitted({ scores, classes }: Targets): boolean {
  return new Set<string | number>(scores ?? classes ?? []).size > 1;
}

/** The number that a direction of this name is to follow: the score, or 1 for the rows of its class. */
export function wantedBy({ scores, classes = [] }: Targets, name: string): Float64Array {
  if (scores) return Float64Array.from(scores);
  const own = new Set(classes).has(name) ? name : name.split(' → ').at(-1);
  return Float64Array.from(classes, (one) => (one === own ? 1 : 0));
}

/** Parts of the rows, each class spread evenly over them. */
export function foldsOf({ points, classes }: Targets, count: number): Int32Array {
  const next = new Map<string, number>();
  return Int32Array.from({ length: points.rows }, (_, i) => {
    const own = classes?.[i] ?? '';
    // Classes begin at different parts, so that small ones do not all lie in the first.
    const place = next.get(own) ?? next.size;
    next.set(own, place + 1);
    return place % count;
  });
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
