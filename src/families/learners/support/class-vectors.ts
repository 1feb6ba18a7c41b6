import { OptionError } from '../../../core/errors.ts';
import { type Matrix, matrix, toFloat64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { unitRows } from '../../../core/rows.ts';
import { uniformPoints } from '../../../manifolds/index.ts';
import type { RunOptions } from '../../../method/method.ts';
import { affinityCode, bestCode, lineCode, semanticAssignment } from '../../codes/index.ts';
import type { BoundObjective } from '../../objectives/index.ts';
import { dispersedVectors } from './dispersed-vectors.ts';

/** Where the vectors of classes come from that training does not move. */
export const FIXED_CODES = [
  'tammes',
  'simplex',
  'equiangular',
  'one-hot',
  'random',
  'affinity',
  'assigned',
  'dispersed',
] as const;
export type FixedCode = (typeof FIXED_CODES)[number];

export interface ClassVectorsProblem {
  readonly code: FixedCode;
  /** Places: classes, and those reserved for classes to come. */
  readonly places: number;
  readonly dim: number;
  /** Gives vectors that say what the classes mean, a row a class: for `affinity` and `assigned`. */
  readonly meanings: () => Matrix;
  /** What spreads the vectors, for `dispersed`. */
  readonly spread?: BoundObjective | undefined;
}

/**
 * A unit vector for each place, places × dim: `tammes` the best known code, `simplex` all cosines −1/(places − 1),
 * `equiangular` lines as far apart as possible, `one-hot` the axes, `random`, `affinity` cosines like those of the
 * meanings, `assigned` the best known code handed out by meaning, `dispersed` spread by an objective.
 */
export async function classVectors(
  where: string,
  { code, places, dim, meanings, spread }: ClassVectorsProblem,
  random: Random,
  run: RunOptions,
): Promise<Matrix<Float64Array>> {
  const problem = { n: places, d: dim };
  const needs = (least: number) => {
    if (dim < least)
      throw new OptionError(
        where,
        'dim',
        `at least ${least} for the head "${code}" of ${places} classes`,
        dim,
      );
  };
  switch (code) {
    case 'one-hot':
      needs(places);
      return padded(identity(places), dim);
    case 'simplex':
      needs(places - 1);
      return padded(simplex(places), dim);
    case 'random':
      return toFloat64(uniformPoints(places, dim, random));
    case 'equiangular':
      return (await lineCode(problem, {}, run)).points;
    case 'tammes':
      return (await bestCode(problem, {}, run)).points;
    case 'affinity': {
      const known = meanings();
      if (known.rows < places)
        throw new OptionError(
          where,
          'reserve',
          '0 with the head "affinity": a place without a class has no meaning',
          places - known.rows,
        );
      return (await affinityCode(cosinesOf(where, known), { dim }, run)).points;
    }
    case 'dispersed':
      return dispersedVectors(where, { places, dim, spread }, random, run);
    case 'assigned': {
      const best = (await bestCode(problem, {}, run)).points;
      const { rows } = await semanticAssignment({ code: best, semantics: meanings() }, {}, run);
      return ordered(best, rows);
    }
  }
}

/** The given rows first, the others behind them. */
function ordered(points: Matrix<Float64Array>, first: Int32Array): Matrix<Float64Array> {
  const taken = new Set(first);
  const rest = Array.from({ length: points.rows }, (_, i) => i).filter((i) => !taken.has(i));
  const data = new Float64Array(points.data.length);
  [...first, ...rest].forEach((row, i) => {
    data.set(points.data.subarray(row * points.cols, (row + 1) * points.cols), i * points.cols);
  });
  return matrix(data, points.rows, points.cols);
}

function identity(n: number): Matrix<Float64Array> {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * (n + 1)] = 1;
  return matrix(data, n, n);
}

/** n unit rows in n − 1 dimensions with all cosines −1/(n − 1): each new point stands over the center of those before. */
function simplex(n: number): Matrix<Float64Array> {
  const d = Math.max(1, n - 1);
  const data = new Float64Array(n * d);
  for (let c = 0; c < n - 1; c++) {
    const height = Math.sqrt(((n - 1 - c) * n) / ((n - c) * (n - 1)));
    data[c * d + c] = height;
    for (let i = c + 1; i < n; i++) data[i * d + c] = -height / (n - 1 - c);
  }
  return matrix(data, n, d);
}

function padded(code: Matrix<Float64Array>, dim: number): Matrix<Float64Array> {
  const data = new Float64Array(code.rows * dim);
  for (let i = 0; i < code.rows; i++)
    data.set(code.data.subarray(i * code.cols, (i + 1) * code.cols), i * dim);
  return matrix(data, code.rows, dim);
}

function cosinesOf(where: string, meanings: Matrix): Matrix<Float64Array> {
  const { data, rows: n, cols: d } = unitRows(where, meanings).points;
  const cosines = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let c = 0; c < d; c++) cosines[i * n + j] += data[i * d + c] * data[j * d + c];
    }
  }
  return matrix(cosines, n, n);
}
