import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/index.ts';
import { dot } from '../../numerics/rows/dot.ts';

/** A ridge classifier of all classes at once, one against the others. */
export interface ClassScores {
  /** The first row of each class among those of `own`. */
  readonly classes: readonly number[];
  /** The score of each class for a row. */
  scores(x: Matrix): Float64Array;
  /** θ of a class. */
  weights(place: number): Float64Array;
  /** The score of a class for a row where the model is trained without some rows. */
  scoreWithout(x: Matrix, place: number, leftOut: ArrayLike<number>): number;
}

/**
 * Trains (1/2n) Σ (yᵢ − ⟨θ, aᵢ⟩)² + λ/2·‖θ‖² with y = ±1 for every class from one Gram matrix; `own` is a number for the
 * class of each row.
 */
export async function classScoresOf(
  a: Matrix,
  own: Int32Array,
  ridge: number,
  engine: Engine,
): Promise<ClassScores> {
  const { rows: n, cols: d } = a;
  const classes = [...new Set(own)];
  const placeOf = new Map(classes.map((name, place) => [name, place]));
  const places = own.map((name) => placeOf.get(name) ?? 0);
  const gram = await engine.gram(a);
  const sums = classSums(a, places, classes.length);
  const factor = await engine.linalg.cholesky(withRidge(gram, n * ridge));
  const right = new Float64Array(d * classes.length);
  for (let c = 0; c < d; c++)
    for (let k = 0; k < classes.length; k++)
      right[c * classes.length + k] = 2 * sums.own[k * d + c] - sums.all[c];
  const solved = choleskySolve(factor, matrix(right, d, classes.length)).data;
  const weights = (place: number) =>
    Float64Array.from({ length: d }, (_, c) => solved[c * classes.length + place]);
  return {
    classes,
    weights,
    scores: ({ data }) => Float64Array.from(classes, (_, place) => dot(weights(place), data)),
    scoreWithout(x, place, leftOut) {
      const less = gram.data.slice();
      const cross = Float64Array.from({ length: d }, (_, c) => right[c * classes.length + place]);
      for (let k = 0; k < leftOut.length; k++) subtractRow(a, leftOut[k], less);
      for (let k = 0; k < leftOut.length; k++) {
        const sign = places[leftOut[k]] === place ? 1 : -1;
        for (let c = 0; c < d; c++) cross[c] -= sign * a.data[leftOut[k] * d + c];
      }
      const left = withRidge(matrix(less, d, d), (n - leftOut.length) * ridge);
      return dot(choleskySolve(cholesky(left), matrix(cross, d, 1)).data, x.data);
    },
  };
}

/** Σ of the rows of each class, and of all. */
function classSums({ data, rows: n, cols: d }: Matrix, places: Int32Array, count: number) {
  const own = new Float64Array(count * d);
  const all = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const at = places[i] * d;
    for (let c = 0; c < d; c++) {
      own[at + c] += data[i * d + c];
      all[c] += data[i * d + c];
    }
  }
  return { own, all };
}

function subtractRow({ data, cols: d }: Matrix, i: number, gram: Float64Array): void {
  for (let p = 0; p < d; p++)
    for (let q = 0; q < d; q++) gram[p * d + q] -= data[i * d + p] * data[i * d + q];
}

function withRidge({ data, rows: d, cols }: Matrix<Float64Array>, ridge: number) {
  return matrix(
    data.map((x, e) => (e % (d + 1) === 0 ? x + ridge : x)),
    d,
    cols,
  );
}
