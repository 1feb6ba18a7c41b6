import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { autoencoder } from '../../families/learners/index.ts';
import {
  constant,
  evaluate,
  linear,
  type Model,
  relu,
  type Tensor,
  Workspace,
} from '../../learning/index.ts';
import { qr } from '../../numerics/decompositions/qr.ts';

/** The decoder of a trained autoencoder, as a function of codes. */
export interface Decoder {
  /** Of its first layer, hidden × codes. */
  readonly weight: Matrix;
  /** The mean codes of pictures. */
  readonly codes: (pictures: Matrix) => Promise<Matrix>;
  /** The pictures of codes, in the units of the data. */
  readonly pictures: (codes: Matrix) => Promise<Matrix>;
}

export function decoderOf(model: Model, engine: Engine): Decoder {
  const own = (name: string) => {
    const found = model.parameters.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  const [first, firstBias] = [own('decoder.0.weight'), own('decoder.0.bias')];
  const [second, secondBias] = [own('decoder.1.weight'), own('decoder.1.bias')];
  const { mean, deviation } = model.settings['scaling'] as {
    readonly mean: readonly number[];
    readonly deviation: number;
  };
  const workspace = new Workspace(engine);
  const rebuilt = (z: Tensor) => linear(relu(linear(z, first, firstBias)), second, secondBias);
  return {
    weight: matrix(first.data.slice(), first.shape[0], first.shape[1]),
    async codes(pictures) {
      return (await autoencoder.embed(model, { points: pictures }, { engine })).points;
    },
    async pictures(codes) {
      const { data, rows, cols } = toFloat32(codes);
      const scaled = await evaluate(rebuilt(constant(data, [rows, cols])), workspace);
      const d = mean.length;
      return matrix(
        Float32Array.from(scaled, (x, e) => x * deviation + mean[e % d]),
        rows,
        d,
      );
    },
  };
}

/** How a decoder answers to steps along directions. */
export interface Traversal {
  /** A mean over directions: of what is measured, the largest change as a share of all changes. */
  readonly purity: number;
  /** For each direction the change of the picture along a step, ‖Δ‖/step, a mean over codes. */
  readonly lengths: Float64Array;
}

/**
 * Moves codes along each direction (rows of length 1), half a step to either side. Changes are in units of the standard
 * deviation of what is measured over the pictures of the codes.
 */
export async function traversed(
  decoder: Decoder,
  codes: Matrix,
  directions: Matrix,
  step: number,
  measure: (pictures: Matrix) => Matrix<Float64Array>,
): Promise<Traversal> {
  const scales = deviationsOf(measure(await decoder.pictures(codes)));
  const lengths = new Float64Array(directions.rows);
  let purity = 0;
  for (let k = 0; k < directions.rows; k++) {
    const low = await decoder.pictures(moved(codes, directions, k, -step / 2));
    const high = await decoder.pictures(moved(codes, directions, k, step / 2));
    const [before, after] = [measure(low), measure(high)];
    const changes = new Float64Array(before.cols);
    before.data.forEach((x, e) => {
      const f = e % before.cols;
      changes[f] += Math.abs(after.data[e] - x) / scales[f];
    });
    const all = changes.reduce((sum, x) => sum + x, 0);
    // A direction that changes nothing is as impure as can be.
    purity += (all > 0 ? Math.max(...changes) / all : 1 / before.cols) / directions.rows;
    lengths[k] = meanDistance(low, high) / step;
  }
  return { purity, lengths };
}

function moved({ data, rows, cols }: Matrix, directions: Matrix, k: number, by: number): Matrix {
  const to = Float64Array.from(data, (x, e) => x + by * directions.data[k * cols + (e % cols)]);
  return matrix(to, rows, cols);
}

function deviationsOf({ data, rows: n, cols: d }: Matrix): Float64Array {
  const [mean, squares] = [new Float64Array(d), new Float64Array(d)];
  data.forEach((x, e) => {
    mean[e % d] += x / n;
  });
  data.forEach((x, e) => {
    squares[e % d] += (x - mean[e % d]) ** 2 / n;
  });
  return squares.map((square) => Math.sqrt(square) || 1);
}

function meanDistance(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i++) {
    let squared = 0;
    for (let e = i * a.cols; e < (i + 1) * a.cols; e++) squared += (a.data[e] - b.data[e]) ** 2;
    sum += Math.sqrt(squared);
  }
  return sum / a.rows;
}

/** So many orthonormal directions, drawn at random within the span of orthonormal rows. */
export function turnedWithin(rows: Matrix, count: number, random: Random): Matrix<Float64Array> {
  const { data, rows: k, cols: d } = rows;
  const drawn = matrix(
    Float64Array.from({ length: k * count }, () => random.normal()),
    k,
    count,
  );
  const { q } = qr(drawn);
  const out = new Float64Array(count * d);
  for (let j = 0; j < count; j++)
    for (let i = 0; i < k; i++)
      for (let c = 0; c < d; c++) out[j * d + c] += q.data[i * count + j] * data[i * d + c];
  return matrix(out, count, d);
}

/** The standard deviation of numbers over their mean. */
export function relativeSpread(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  return Math.sqrt(square) / mean;
}
