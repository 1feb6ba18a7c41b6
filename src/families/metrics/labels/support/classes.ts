import { ShapeError } from '../../../../core/errors.ts';
import { gathered, type Matrix, zeros64 } from '../../../../core/matrix.ts';
import {
  classesOfRows,
  type NumberedClasses,
  numberedClasses,
} from '../../../../core/numbered-classes.ts';
import { zerosOf } from '../../../../core/transposed.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { studentQuantile } from '../../../../numerics/laws/student.ts';
import { LEVEL } from '../../../../numerics/statistics/intervals.ts';
import { jackknifeError } from '../../../../numerics/statistics/jackknife.ts';
import type { Space } from '../../../../structures/space/types.ts';
import type { Measured } from '../../types.ts';

export { classesOfRows, numberedClasses as numbered };
export type Classes = NumberedClasses;

/** What a number about classes says where there are not two. */
export const ONE_CLASS: Measured = {
  value: NaN,
  warnings: ['at least 2 classes are needed, one of them with 2 rows.'],
};

/** The classes of a space's rows; undefined with fewer than 2 classes, or where no class has 2 rows. */
export function classesOf({ classes = [], points }: Space): Classes | undefined {
  if (classes.length !== points.rows) {
    throw new ShapeError('classes', `one for each of the ${points.rows} rows`, `${classes.length}`);
  }
  const found = numberedClasses(classes);
  return found.names.length < 2 || found.counts.every((count) => count < 2) ? undefined : found;
}

/** The rows of each class, ascending. */
export function rowsByClass({ of, counts }: Classes): number[][] {
  const rows = Array.from(counts, (): number[] => []);
  for (let i = 0; i < of.length; i++) rows[of[i]].push(i);
  return rows;
}

/** The mean row of each class, C × d; zeros for a class without rows. */
export function classMeans({ data, rows: n, cols: d }: Matrix, { of, counts }: Classes) {
  const sums = zeros64(counts.length, d);
  for (let i = 0; i < n; i++) {
    const [from, to] = [i * d, of[i] * d];
    for (let c = 0; c < d; c++) sums.data[to + c] += data[from + c];
  }
  return meansOfSums(sums, counts);
}

const summed = new WeakMap<Space, Promise<Matrix<Float64Array>>>();

/** The mean row of each class of a space, from its rows or from their sums over a table. */
export async function classMeansOf(space: Space, classes: Classes): Promise<Matrix<Float64Array>> {
  if (!space.classSums) return classMeans(space.points, classes);
  const known = summed.get(space);
  if (known) return known;
  const means = space
    .classSums([classes.of], classes.names.length)
    .then(([sums]) => meansOfSums(sums, classes.counts));
  summed.set(space, means);
  return means;
}

/** Sums of classes over the rows of each, where they lie. */
export function meansOfSums(
  sums: Matrix<Float64Array>,
  counts: ArrayLike<number>,
): Matrix<Float64Array> {
  const { data, cols: d } = sums;
  for (let e = 0; e < data.length; e++) data[e] /= Math.max(1, counts[Math.floor(e / d)]);
  return sums;
}

/** ⟨xᵢ, row j of `others`⟩ for all i, j: n × rows of `others`. */
export async function productsWith(
  points: Matrix,
  others: Matrix,
  engine: Engine,
): Promise<Matrix> {
  const right = zerosOf(points, others.rows, others.cols);
  right.data.set(others.data);
  return engine.matmul(points, right, true);
}

const GROUPS = 10;
const JACKKNIFE_ROWS = 2000;
/**
 * Half the 95 % interval of a smooth number about classes, by the jackknife over ten groups of rows, each
 * with its share of every class; of at most 2,000 rows, scaled to all. NaN with fewer than 10 rows a class.
 */
export async function classJackknife(
  space: Space,
  classes: Classes,
  statistic: (points: Matrix, classes: Classes) => number | Promise<number>,
): Promise<number> {
  const n = classes.of.length;
  const m = Math.min(n, JACKKNIFE_ROWS);
  if (m < GROUPS * classes.names.length) return NaN;
  const sample = space.random('class jackknife').sample(n, m);
  sample.sort((a, b) => classes.of[a] - classes.of[b] || a - b);
  const drawn = await space.gather(sample);
  const values: number[] = [];
  for (let g = 0; g < GROUPS; g++) {
    const places = Int32Array.from(sample.keys()).filter((at) => at % GROUPS !== g);
    const kept = places.map((at) => sample[at]);
    values.push(await statistic(gathered(drawn, places), classesOfRows(classes, kept)));
  }
  return studentQuantile(LEVEL, GROUPS - 1) * jackknifeError(values) * Math.sqrt(m / n);
}
