import { OptionError, ShapeError } from '../../../../core/errors.ts';
import { type Floats, gathered, type Matrix } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import {
  add,
  batches,
  constant,
  type Layer,
  linear,
  meanSquaredError,
  normalizeRows,
  scale,
  type Tensor,
  type Workspace,
} from '../../../../learning/index.ts';
import { integer, number, type OptionsOf } from '../../../../method/options.ts';
import type { Task } from '../../types.ts';
import { embeddedRows } from '../embedded-rows.ts';
import { split } from '../held-out.ts';
import { narrowestOption, shortened } from '../matryoshka.ts';
import { cosineLoss, orderedPairs, orderLoss } from './losses.ts';
import { neighborRecall } from './neighbor-recall.ts';
import { jointTeacher, productsAmong } from './teachers.ts';

/** The options of every learner that imitates teachers. */
export const distillationOptions = {
  dim: integer(64, 'Columns of the embedding.', { min: 2 }),
  narrowest: narrowestOption(),
  cosineWeight: number(10, 'Weight of the angle between the student and the teachers.', { min: 0 }),
  similarityWeight: number(200, 'Weight of the difference of their cosines among rows.', {
    min: 0,
  }),
  orderWeight: number(20, 'Weight of the order of these cosines.', { min: 0 }),
  orderMargin: number(0.015, 'By how much the student is to keep the order of two cosines.', {
    min: 0,
    max: 2,
  }),
  orderPairs: integer(4096, 'Pairs of cosines whose order a step looks at.', { min: 1 }),
  heldOut: number(0.1, 'Share of the examples that is kept to measure with.', { min: 0, max: 0.9 }),
} as const;

type Options = OptionsOf<typeof distillationOptions> & {
  readonly seed: number;
  readonly batch: number;
};

/** Held-out rows that are measured at most: what is measured grows with their square. */
const MOST_ROWS = 2000;

export interface Student {
  /** The widths that are trained, the widest first. */
  readonly widths: readonly number[];
  /** n × dim, of any length. */
  readonly embedded: (rows: Int32Array) => Tensor;
  /** From the student's columns to the teachers', where their numbers differ. */
  readonly map: Layer | undefined;
  /** An array of the student's element type. */
  readonly like: Floats;
}

/** Columns of the teachers that the cosine loss needs a map to; 0 where it needs none. */
export function mappedColumns(
  teachers: readonly Matrix[],
  { dim, cosineWeight }: Pick<Options, 'dim' | 'cosineWeight'>,
): number {
  const cols = teachers.reduce((sum, teacher) => sum + teacher.cols, 0);
  return cosineWeight === 0 || cols === dim ? 0 : cols;
}

/** Refuses weights that leave nothing to learn, and steps without two pairs to compare. */
export function requireDistillation(where: string, n: number, options: Options): void {
  const { cosineWeight, similarityWeight, orderWeight, batch, heldOut, seed } = options;
  if (cosineWeight + similarityWeight + orderWeight === 0)
    throw new OptionError(where, 'similarityWeight', 'above 0 where the other weights are 0', 0);
  if (batch < 3)
    throw new OptionError(where, 'batch', 'at least 3, which have two cosines to compare', batch);
  const trained = split(n, heldOut, seed).train.length;
  if (trained < 3)
    throw new ShapeError(where, 'three examples or more to learn from', `${trained} of ${n}`);
}

/** A student that imitates the vectors of its teachers, and what held-out rows say of it. */
export function distillationTask(
  where: string,
  teachers: readonly Matrix[],
  student: Student,
  options: Options,
): Task {
  const teacher = jointTeacher(where, teachers);
  const parts = split(teacher.rows, options.heldOut, options.seed);
  const rows = parts.train.length;
  const size = Math.min(options.batch, rows);
  const draws = batches({ rows, size, seed: options.seed, remainder: 'drop' });
  return {
    rows,
    batch: (step) => draws.at(step),
    loss({ rows: places, random }) {
      const drawn = places.map((place) => parts.train[place]);
      const embedded = student.embedded(drawn);
      return {
        loss: lossOf(student, embedded, teacher, drawn, options, random),
        spread: normalizeRows(embedded),
      };
    },
    report: (workspace) => reportOf(student, teacher, parts.heldOut, options.dim, workspace),
  };
}

function lossOf(
  { widths, map, like }: Student,
  embedded: Tensor,
  teacher: Matrix,
  rows: Int32Array,
  options: Options,
  random: Random,
): Tensor {
  const { cosineWeight, similarityWeight, orderWeight, orderMargin, orderPairs } = options;
  const n = rows.length;
  const terms: Tensor[] = [];
  if (cosineWeight > 0) {
    const wanted = constant(likewise(like, gathered(teacher, rows).data), [n, teacher.cols]);
    const mapped = normalizeRows(map ? map(embedded) : embedded);
    terms.push(scale(cosineLoss(mapped, wanted), cosineWeight));
  }
  if (similarityWeight + orderWeight > 0) {
    const products = productsAmong(teacher, rows);
    const wanted = constant(likewise(like, products), [n, n]);
    const pairs = orderedPairs(products, n, orderPairs, random);
    for (const width of widths) {
      const unit = shortened(embedded, width);
      const own = linear(unit, unit);
      terms.push(
        scale(meanSquaredError(own, wanted), similarityWeight / widths.length),
        scale(orderLoss(own, pairs, orderMargin), orderWeight / widths.length),
      );
    }
  }
  return terms.reduce(add);
}

/** The share of the teachers' ten nearest among held-out rows that are the student's, at each width. */
async function reportOf(
  { widths, embedded }: Student,
  teacher: Matrix,
  heldOut: Int32Array,
  dim: number,
  workspace: Workspace,
): Promise<Readonly<Record<string, number>>> {
  const rows = heldOut.subarray(0, MOST_ROWS);
  if (rows.length <= 10) return { heldOut: rows.length };
  const wanted = gathered(teacher, rows);
  const found = await embeddedRows(embedded, rows, dim, workspace);
  const report: Record<string, number> = { heldOut: rows.length };
  for (const width of widths) {
    const name = width === dim ? 'recallAt10' : `recallAt10Of${width}`;
    report[name] = await neighborRecall(found, width, wanted, workspace.engine);
  }
  return report;
}

const likewise = (like: Floats, values: Floats): Floats =>
  like instanceof Float64Array ? Float64Array.from(values) : Float32Array.from(values);
