import { AbortedError } from '../../core/errors.ts';
import { asFloat32, gathered, type Matrix, matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import type { MethodRun } from '../../method/method.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import type { Fitted } from '../model/fitted.ts';
import { batches } from '../samplers/index.ts';
import { constant, type Tensor } from '../tape/tensor.ts';
import { type LossAndReport, type StepDone, train } from '../training/index.ts';
import { adam } from '../updates/adam.ts';
import { byKind } from '../updates/by-kind.ts';
import { riemannianAdam } from '../updates/riemannian-adam.ts';
import { type DecoderKind, firstAutoencoder, type SparseAutoencoder } from './network.ts';

/** Numbers of latents held at once. */
const BLOCK = 2 ** 21;

export interface TrainingOptions {
  readonly latents: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: number;
}

export interface Training {
  readonly id: string;
  readonly options: TrainingOptions;
  /** Where it is free, codes are those of rows of variance 1, times their deviation. */
  readonly decoder: DecoderKind;
  /** The loss of a batch. */
  readonly loss: (net: SparseAutoencoder, x: Tensor) => LossAndReport;
  readonly onStep?: (step: StepDone) => void;
}

/** What training may use. */
export interface TrainingContext {
  readonly engine: Engine;
  readonly random: Random;
  readonly run: MethodRun;
}

/** What coding rows may use. */
export interface CodingContext {
  readonly engine: Pick<Engine, 'matmul'>;
  readonly work: Work;
}

/**
 * Trains one on rows, each number of which is less the mean of its column, and over the deviation of all: losses have
 * no unit, and the first steps of Adam are right for any rows. Where the decoder is free, each row has variance 1,
 * and its code is multiplied by its deviation. What training gives takes rows as they are.
 */
export async function trainedAutoencoder(
  points: Matrix,
  { id, options, decoder, loss, onStep }: Training,
  { engine, random, run }: TrainingContext,
): Promise<Fitted & { readonly loss: number }> {
  const { rows: n, cols: d } = points;
  const { latents, steps, learningRate, seed } = options;
  const mean = meanRow(points);
  const middle = lessRow(asFloat32(points), mean);
  const deviation = deviationOf(middle.data);
  for (let e = 0; e < middle.data.length; e++) middle.data[e] /= deviation;
  if (decoder === 'free') evened(middle);
  const net = firstAutoencoder({ latents, cols: d }, decoder, random.fork('weights'));
  const draws = batches({ rows: n, size: Math.min(options.batch, n), seed, remainder: 'drop' });
  const { signal, onProgress } = run.options;
  const result = await train({
    loss({ step }) {
      const { data, rows } = gathered(middle, draws.at(step));
      return loss(net, constant(data, [rows, d]));
    },
    steps,
    update: byKind({
      euclidean: adam({ learningRate }),
      manifold: riemannianAdam({ learningRate }),
    }),
    seed,
    engine,
    signal,
    onStep,
    onProgress: (progress) => onProgress?.({ ...progress, stage: id }),
  });
  if (signal?.aborted) throw new AbortedError(id);
  const center = zeros(1, d);
  for (let c = 0; c < d; c++) center.data[c] = mean[c] + deviation * net.center.data[c];
  return {
    settings: { deviation, tied: decoder === 'tied', ...(decoder === 'unit' && { even: false }) },
    arrays: {
      weight: matrix(net.weight.data, latents, d),
      center,
      bias: matrix(net.bias.data, 1, latents),
      ...(decoder === 'tied' ? {} : { decoder: matrix(net.decoder.data, latents, d) }),
    },
    loss: result.loss,
  };
}

/** The root of the mean square; 1 where all is 0. Relative to the largest number: squares may overflow. */
function deviationOf(data: ArrayLike<number>): number {
  let [largest, squares] = [0, 0];
  for (let e = 0; e < data.length; e++) largest = Math.max(largest, Math.abs(data[e]));
  for (let e = 0; e < data.length; e++) squares += (data[e] / largest) ** 2;
  return largest > 0 ? largest * Math.sqrt(squares / data.length) : 1;
}

/** Divides each row by its deviation, which is given back; rows of zeros stay. */
function evened({ data, rows, cols: d }: Matrix): Float64Array {
  const deviations = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let e = i * d; e < (i + 1) * d; e++) squares += data[e] * data[e];
    deviations[i] = Math.sqrt(squares / d);
    const inverse = squares > 0 ? 1 / deviations[i] : 0;
    for (let e = i * d; e < (i + 1) * d; e++) data[e] *= inverse;
  }
  return deviations;
}

/** What is known of a trained one; where nothing is said, rows are even where it is not tied. */
interface Coding {
  readonly deviation: number;
  readonly tied: boolean;
  readonly even?: boolean;
}

/** Calls `use` with the latents of some rows at a time, the first of which is row `from`. */
export async function eachLatents(
  { settings, arrays: { weight, center, bias } }: Fitted,
  rows: Matrix<Float32Array>,
  { engine, work: { signal } }: CodingContext,
  use: (latents: Matrix, from: number) => void,
): Promise<void> {
  const { deviation, tied, even = !tied } = settings as unknown as Coding;
  const factor = asFloat32(weight);
  const product = { transposeB: true, bias: asFloat32(bias).data };
  const size = Math.max(1, Math.floor(BLOCK / weight.rows));
  for (let from = 0; from < rows.rows; from += size) {
    const to = Math.min(rows.rows, from + size);
    const part = matrix(rows.data.subarray(from * rows.cols, to * rows.cols), to - from, rows.cols);
    const middle = scaledFrom(part, center.data, deviation);
    const lengths = even ? evened(middle) : undefined;
    const latents = await engine.matmul(middle, factor, product, { signal });
    if (lengths) toUnitCodes(latents, lengths);
    use(latents, from);
  }
}

/** The rows less a center, over a deviation; the difference is rounded as where training takes it. */
function scaledFrom(
  { data, rows, cols: d }: Matrix<Float32Array>,
  center: ArrayLike<number>,
  deviation: number,
): Matrix<Float32Array> {
  const out = zeros(rows, d);
  for (let i = 0; i < rows * d; i += d)
    for (let c = 0; c < d; c++) out.data[i + c] = Math.fround(data[i + c] - center[c]) / deviation;
  return out;
}

/** Each row's numbers above 0 as a unit vector times its length. */
function toUnitCodes({ data, rows, cols: h }: Matrix, lengths: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let e = i * h; e < (i + 1) * h; e++) if (data[e] > 0) squares += data[e] * data[e];
    const factor = squares > 0 ? lengths[i] / Math.sqrt(squares) : 0;
    for (let e = i * h; e < (i + 1) * h; e++) data[e] *= factor;
  }
}
