import type { Floats, Matrix } from '../../../core/matrix.ts';
import { matrix, zerosLike } from '../../../core/matrix.ts';
import {
  constant,
  evaluate,
  type Fitted,
  mlp,
  type Tensor,
  tanh,
  Workspace,
} from '../../../learning/index.ts';
import { meanRow } from '../../../numerics/rows/centered.ts';
import type { PlaceContext } from '../types.ts';

/** Rows that go through a network at once. */
const BLOCK = 4096;

/** Layers of a network, from the rows' columns to the codes' and back. */
export interface CoderSettings {
  readonly sizes: readonly number[];
  /** What rows are divided by after the mean is taken away. */
  readonly deviation: number;
}

/** An encoder and a decoder: perceptrons of the same hidden layers, with tanh between them. */
export function coder(sizes: readonly number[], seed: number, like: Floats) {
  const shared = { seed, activation: tanh, float64: like instanceof Float64Array };
  return {
    encoder: mlp({ ...shared, name: 'encoder', sizes }),
    decoder: mlp({ ...shared, name: 'decoder', sizes: sizes.toReversed() }),
  };
}

export type Coder = ReturnType<typeof coder>;

/** The mean row, and the root mean square of what is left; 1 where nothing is. */
export function scalingOf(points: Matrix) {
  const mean = meanRow(points);
  const { data, cols } = points;
  let squares = 0;
  for (let e = 0; e < data.length; e++) squares += (data[e] - mean[e % cols]) ** 2;
  return { mean, deviation: Math.sqrt(squares / data.length) || 1 };
}

/** The arrays of a model: the networks' parameters, and the mean row. */
export function coderArrays({ encoder, decoder }: Coder, mean: Float64Array): Fitted['arrays'] {
  const parameters = [...encoder.parameters, ...decoder.parameters].map(
    ({ name, data, shape: [a, b] }) => [name, b ? matrix(data, a, b) : matrix(data, 1, a)],
  );
  return { ...Object.fromEntries(parameters), mean: matrix(mean, 1, mean.length) };
}

/** The networks of a model, for rows of the element type of `like`. */
export function coderOf({ settings, arrays }: Fitted, like: Floats): Coder {
  const restored = coder(settings['sizes'] as number[], 0, like);
  for (const { name, data } of [...restored.encoder.parameters, ...restored.decoder.parameters])
    data.set(arrays[name].data);
  return restored;
}

/** Rows as the networks take them: less the mean, over the deviation. */
export function scaled({ data, rows, cols }: Matrix, mean: ArrayLike<number>, deviation: number) {
  const out = zerosLike({ data, rows, cols });
  for (let e = 0; e < data.length; e++) out.data[e] = (data[e] - mean[e % cols]) / deviation;
  return out;
}

/** What a network makes of rows, block by block. */
export async function throughNetwork(
  network: (x: Tensor) => Tensor,
  rows: Matrix,
  cols: number,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const out = new (rows.data.constructor as new (n: number) => Floats)(rows.rows * cols);
  const workspace = new Workspace(engine);
  for (let a = 0; a < rows.rows; a += BLOCK) {
    const b = Math.min(rows.rows, a + BLOCK);
    const part = rows.data.slice(a * rows.cols, b * rows.cols);
    out.set(await evaluate(network(constant(part, [b - a, rows.cols])), workspace), a * cols);
    work.onProgress?.(b / rows.rows);
  }
  return matrix(out, rows.rows, cols);
}

/** Codes of rows under a fitted coder. */
export function codesOf(fitted: Fitted, rows: Matrix, context: PlaceContext): Promise<Matrix> {
  const { settings, arrays } = fitted;
  const { sizes, deviation } = settings as unknown as CoderSettings;
  const { encoder } = coderOf(fitted, rows.data);
  const x = scaled(rows, arrays['mean'].data, deviation);
  return throughNetwork(encoder, x, sizes.at(-1) ?? 1, context);
}

/** The rows that codes stand for under a fitted coder, in the units of the rows. */
export async function rowsOfCodes(
  fitted: Fitted,
  codes: Matrix,
  context: PlaceContext,
): Promise<Matrix> {
  const { sizes, deviation } = fitted.settings as unknown as CoderSettings;
  const mean = fitted.arrays['mean'].data;
  const { decoder } = coderOf(fitted, codes.data);
  const { data, rows, cols } = await throughNetwork(decoder, codes, sizes[0], context);
  for (let e = 0; e < data.length; e++) data[e] = deviation * data[e] + mean[e % cols];
  return matrix(data, rows, cols);
}
