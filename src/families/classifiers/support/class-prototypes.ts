import { gathered, type Matrix, matrix, toFloat64, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { kMeans } from '../../../numerics/solvers/k-means.ts';
import type { LabeledRows } from '../types.ts';

/** Rows of a class that centers are sought of. */
const MOST_ROWS = 2000;

/** Centers of each class, those of the first class first. */
export interface ClassPrototypes {
  /** P × q. */
  readonly centers: Matrix<Float64Array>;
  /** P: the place of the class of each. */
  readonly owners: Float64Array;
}

/** The rows of each class, at most so many, drawn. */
export function rowsByClass(
  { of, seen }: Pick<LabeledRows, 'of' | 'seen'>,
  most: number,
  random: Random,
): Int32Array[] {
  return Array.from({ length: seen }, (_, c) => {
    const own = Int32Array.from(of.keys()).filter((i) => of[i] === c);
    const drawn = random.fork(c).sample(own.length, Math.min(most, own.length)).sort();
    return drawn.map((at) => own[at]);
  });
}

/** k-means centers of each class. */
export function prototypesOf(
  parts: readonly Matrix[],
  count: number,
  random: Random,
): ClassPrototypes {
  const found = parts.map((part, c) => {
    const own = random.fork(c);
    const some =
      part.rows > MOST_ROWS ? gathered(part, own.fork('rows').sample(part.rows, MOST_ROWS)) : part;
    const clusters = Math.min(count, some.rows);
    return kMeans(toFloat64(some), { clusters, starts: 2, steps: 30 }, own.fork('centers')).centers;
  });
  return {
    centers: stacked(found),
    owners: Float64Array.from(found.flatMap((own, c) => Array.from({ length: own.rows }, () => c))),
  };
}

/** The rows of all, one after the other. */
export function stacked(parts: readonly Matrix[]): Matrix<Float64Array> {
  const cols = parts[0].cols;
  const out = zeros64(
    parts.reduce((sum, part) => sum + part.rows, 0),
    cols,
  );
  let at = 0;
  for (const { data } of parts) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}

/** One column of numbers. */
export const asColumn = (values: Float64Array): Matrix<Float64Array> =>
  matrix(values, values.length, 1);

/** r × C: minus the least of the squared distances from a class's prototypes. */
export function scoresByNearest(
  squares: Matrix<Float64Array>,
  owners: ArrayLike<number>,
  classes: number,
): Matrix<Float64Array> {
  const { data, rows: r, cols: m } = squares;
  const out = zeros64(r, classes);
  out.data.fill(-Infinity);
  for (let i = 0; i < r; i++) {
    for (let p = 0; p < m; p++) {
      const at = i * classes + owners[p];
      out.data[at] = Math.max(out.data[at], 0 - data[i * m + p]);
    }
  }
  return out;
}
