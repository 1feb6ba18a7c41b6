import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { type ImageShape, valuesOf } from '../../../numerics/images/causal-neighbors.ts';
import {
  type LinearPredictionOptions,
  linearPredictor,
} from '../../../numerics/images/linear-prediction.ts';

/** Added to all weights, as the authors do: those of a black surrounding get a direction too. */
const NUDGE = 1e-6;

/** Gives each value of an image the unit vector of the weights that predict it best: values × N. */
export function imageEmbedder(
  shape: ImageShape,
  options: LinearPredictionOptions,
): (image: ArrayLike<number>) => Matrix<Float64Array> {
  const predict = linearPredictor(shape, options);
  const n = options.neighbors;
  return (image) => {
    const { weights } = predict(image);
    const { data } = weights;
    for (let from = 0; from < data.length; from += n) {
      let squares = 0;
      for (let e = from; e < from + n; e++) {
        data[e] += NUDGE;
        squares += data[e] * data[e];
      }
      const length = Math.sqrt(squares) || 1;
      for (let e = from; e < from + n; e++) data[e] /= length;
    }
    return weights;
  };
}

/** ‖a_p − b_p‖ at every value p of two images. */
export function valueDistances(a: Matrix, b: Matrix): Float64Array {
  const n = a.cols;
  return Float64Array.from({ length: a.rows }, (_, p) => {
    let squares = 0;
    for (let e = p * n; e < (p + 1) * n; e++) squares += (a.data[e] - b.data[e]) ** 2;
    return Math.sqrt(squares);
  });
}

/**
 * The shape of images of so many values each: height × width × channels where both are given; else a square where the
 * values are one, else undefined.
 */
export function shapeOfImages(
  where: string,
  values: number,
  { height, width, channels }: ImageShape,
): ImageShape | undefined {
  if (height > 0 && width > 0) {
    const shape = { height, width, channels };
    if (valuesOf(shape) === values) return shape;
    const wanted = `images of ${height} × ${width} × ${channels} = ${valuesOf(shape)} values`;
    throw new ShapeError(where, wanted, `rows of ${values}`);
  }
  if (height > 0 || width > 0) {
    const side = values / channels / Math.max(height, width);
    if (Number.isInteger(side))
      return height > 0 ? { height, width: side, channels } : { height: side, width, channels };
    const known = height > 0 ? `${height} rows` : `${width} columns`;
    throw new ShapeError(where, `images of ${known} of ${channels}`, `rows of ${values} values`);
  }
  const side = Math.sqrt(values / channels);
  return Number.isInteger(side) ? { height: side, width: side, channels } : undefined;
}
