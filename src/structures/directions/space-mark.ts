import { InputError } from '../../core/errors.ts';
import { gathered, type Matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { averageRanks, spearman } from '../../core/ranks.ts';

/** By what a space is known again: mean and standard deviation of each of its d coordinates. */
export interface SpaceMark {
  readonly mean: Float64Array;
  readonly deviations: Float64Array;
}

/** The mark of the space that rows are of. */
export function spaceMark({ data, rows: n, cols: d }: Matrix): SpaceMark {
  const mean = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c] += data[i * d + c];
  for (let c = 0; c < d; c++) mean[c] /= n;
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++) squares[c] += (data[i * d + c] - mean[c]) ** 2;
  return { mean, deviations: squares.map((sum) => Math.sqrt(sum / n)) };
}

/** How well rows agree with the mark of a space: √(d − 1) times a rank correlation over the d columns. */
export interface SpaceAgreement {
  /** About a standard normal number where the columns have nothing to do with those of the mark. */
  readonly observed: number;
  /** What as many rows of the space would reach, if no more than √n of n rows say something of their own. */
  readonly expected: number;
}

/** Rows looked at: more say nothing new. */
const MOST_ROWS = 4096;
/** From so many rows on, deviations of columns are known well enough to be compared. */
const ROWS_WITH_DEVIATIONS = 30;
/** Draws by which the expected agreement is known to a few tenths. */
const DRAWS = 8;

/**
 * How well rows agree with the mark of a space, column by column: the largest of the rank correlations of their means, mean
 * squares and, of some rows, deviations with those of the mark. It does not depend on the length of rows, and a column alone
 * decides nothing. Columns of another model are in no order that this one knows.
 *
 * The expected agreement is that of normal rows with the mark's moments. Rows of one topic are alike, so that n rows count
 * for √n.
 */
export function spaceAgreement({ mean, deviations }: SpaceMark, rows: Matrix): SpaceAgreement {
  const d = mean.length;
  const known = { mean: averageRanks(mean), square: averageRanks(squaresOf(mean, deviations)) };
  const own = spaceMark(evenRows(rows));
  const compared = [
    spearman(own.mean, known.mean),
    spearman(squaresOf(own.mean, own.deviations), known.square),
    rows.rows < ROWS_WITH_DEVIATIONS ? 0 : spearman(own.deviations, deviations),
  ];
  const count = Math.max(1, Math.round(Math.sqrt(Math.min(rows.rows, MOST_ROWS))));
  const drawn = zeros64(count, d);
  let expected = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    Random.fromSeed(draw).fork('space mark').normals(drawn.data);
    for (let e = 0; e < drawn.data.length; e++)
      drawn.data[e] = mean[e % d] + deviations[e % d] * drawn.data[e];
    const of = spaceMark(drawn);
    const best = Math.max(
      spearman(of.mean, known.mean) || 0,
      spearman(squaresOf(of.mean, of.deviations), known.square) || 0,
    );
    expected += best / DRAWS;
  }
  const scale = Math.sqrt(d - 1);
  // A list without an order correlates with nothing.
  const observed = Math.max(...compared.map((r) => r || 0));
  return { observed: scale * observed, expected: scale * expected };
}

/** m² + s², column by column. */
function squaresOf(mean: Float64Array, deviations: Float64Array): Float64Array {
  return mean.map((m, c) => m * m + deviations[c] ** 2);
}

/** The rows, or as many as are looked at evenly over them. */
function evenRows(m: Matrix): Matrix {
  if (m.rows <= MOST_ROWS) return m;
  const places = Int32Array.from({ length: MOST_ROWS }, (_, t) =>
    Math.floor((t * m.rows) / MOST_ROWS),
  );
  return gathered(m, places);
}

/** Agreement below it is chance: of a hundred other models one or two are above, and pass. */
const CHANCE = 2.5;
/** Rows of the space itself must be expected this far above chance, or nothing can be told. */
const POWER = 6.5;

export interface SpaceOptions {
  /** Take rows that seem to be of another space. */
  readonly anySpace?: boolean | undefined;
  /** Whether who asks can say so; else the sentence does not name the flag. */
  readonly hasFlag?: boolean | undefined;
}

/**
 * Refuses rows of another number of columns than the space has, and rows that agree with its mark no better than by chance
 * where rows of the space would clearly agree better: those of another model. Rows that cannot tell pass: few rows, few columns,
 * a space whose columns are all alike.
 */
export function requireSpace(
  where: string,
  mark: SpaceMark,
  rows: Matrix,
  { anySpace = false, hasFlag = true }: SpaceOptions = {},
): void {
  const d = mark.mean.length;
  if (rows.cols !== d)
    throw new InputError(
      where,
      `the directions are of a space of ${d} columns; the rows have ${rows.cols}.`,
    );
  if (anySpace || d < 2 || rows.rows < 1) return;
  const { observed, expected } = spaceAgreement(mark, rows);
  if (!(observed < CHANCE && expected > POWER)) return;
  throw new InputError(
    where,
    `the rows are of another space than the directions: their columns agree with those of that space no better than in any order (${observed.toFixed(1)} standard deviations above chance, where its own rows reach about ${expected.toFixed(0)})${hasFlag ? '; if they are of it all the same, say so (--any-space)' : ''}.`,
  );
}
