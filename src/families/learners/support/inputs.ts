import { ShapeError } from '../../../core/errors.ts';
import { type Floats, type Matrix, matrix } from '../../../core/matrix.ts';
import { constant, type Tensor } from '../../../learning/index.ts';

/** How vectors are brought to the scale that networks like: (x − mean)/deviation, one deviation for all columns. */
export type Scaling = {
  readonly mean: readonly number[];
  readonly deviation: number;
};

/** The scaling of a set of rows: its column means and the root mean square of what is left, 1 where nothing is. */
export function scalingOf({ data, rows: n, cols: d }: Matrix): Scaling {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c] += data[i * d + c] / n;
  let squares = 0;
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++) squares += (data[i * d + c] - mean[c]) ** 2;
  const deviation = Math.sqrt(squares / (n * d));
  return { mean: Array.from(mean), deviation: deviation > 0 ? deviation : 1 };
}

/** The rows at these places, scaled: a constant of b × d. */
export function scaledRows(
  points: Matrix,
  places: ArrayLike<number>,
  { mean, deviation }: Scaling,
  like: Floats,
): Tensor {
  const d = points.cols;
  const out = new (like.constructor as new (n: number) => Floats)(places.length * d);
  for (let i = 0; i < places.length; i++) {
    const from = places[i] * d;
    for (let c = 0; c < d; c++) out[i * d + c] = (points.data[from + c] - mean[c]) / deviation;
  }
  return constant(out, [places.length, d]);
}

/** The mean row of each class, c × d; class numbers from 0. */
export function meansOfClasses(
  { data, cols: d }: Matrix,
  classes: Int32Array,
  c: number,
): Matrix<Float64Array> {
  const sums = new Float64Array(c * d);
  const counts = new Int32Array(c);
  classes.forEach((own, i) => {
    counts[own] += 1;
    for (let k = 0; k < d; k++) sums[own * d + k] += data[i * d + k];
  });
  return matrix(
    sums.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / d)])),
    c,
    d,
  );
}

/** The numbers from a to b (b excluded). */
export function rangeOf(a: number, b: number): Int32Array {
  return Int32Array.from({ length: b - a }, (_, i) => a + i);
}

/** Refuses rows of another length than the model was made for. */
export function requireColumns(where: string, { rows, cols }: Matrix, inputs: number): void {
  if (cols !== inputs)
    throw new ShapeError(
      where,
      `rows of ${inputs} columns, as the model learned`,
      `${rows} × ${cols}`,
    );
}
