import { AbortedError } from '../../core/errors.ts';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Encoded } from '../../families/compression/types.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import { codecById } from '../store/codecs.ts';
import type { Coding } from './candidates.ts';
import { ranksByCodes, type Truth } from './truth.ts';

/** Rows turned onto the principal axes of a sample: columns by falling variance, so that the first m are the m kept. */
export interface Turned {
  /** r × d: rows less the mean, along all axes. */
  readonly rows: Matrix<Float32Array>;
  /** q × d, along the axes; the mean is not taken off. */
  readonly queries: Matrix<Float32Array>;
  /** Rows that codecs are fitted to. */
  readonly sample: Matrix<Float32Array>;
  /** ⟨q, μ⟩ of each query. */
  readonly onMean: Float64Array;
  /** The mean along the axes. */
  readonly mean: Float64Array;
  /** ‖μ‖², of which a part may lie off all axes: where a column is constant, or rows are fewer than columns. */
  readonly meanSquare: number;
}

interface Context {
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/** One rotation for all numbers of coordinates: principal axes are found once. */
export async function turned(
  sample: Matrix<Float32Array>,
  rows: Matrix<Float32Array>,
  queries: Matrix<Float32Array>,
  { engine, signal }: Context,
): Promise<Turned> {
  const d = sample.cols;
  const mean = meanRow(sample);
  const middle = lessRow(sample, mean);
  const { vectors } = await principalAxes(middle, Math.min(d, sample.rows - 1), engine, { signal });
  const axes = toFloat32(vectors);
  const along = async (m: Matrix<Float32Array>) =>
    toFloat32(await engine.matmul(m, axes, true, { signal }));
  const onMean = Float64Array.from({ length: queries.rows }, (_, q) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += queries.data[q * d + c] * mean[c];
    return sum;
  });
  return {
    rows: await along(lessRow(rows, mean)),
    queries: await along(queries),
    sample: await along(middle),
    onMean,
    mean: Float64Array.from((await along(matrix(Float32Array.from(mean), 1, d))).data),
    meanSquare: squaredNorm(mean),
  };
}

/** The first m columns. */
export function firstColumns(m: Matrix<Float32Array>, count: number): Matrix<Float32Array> {
  if (count >= m.cols) return m;
  const data = new Float32Array(m.rows * count);
  for (let i = 0; i < m.rows; i++)
    data.set(m.data.subarray(i * m.cols, i * m.cols + count), i * count);
  return matrix(data, m.rows, count);
}

export interface Estimated {
  readonly bytesPerVector: number;
  /** q × k, of `ranksByCodes`. */
  readonly ranks: Float64Array;
}

/** Fits a coding to the sample, codes the rows of the truth, and says where its true neighbours come. */
export async function estimated(
  { codec, options }: Coding,
  dims: number,
  truth: Truth,
  { rows, queries, sample, onMean, mean, meanSquare }: Turned,
  k: number,
  { engine, signal }: Context,
): Promise<Estimated> {
  if (signal?.aborted) throw new AbortedError('compress plan');
  const watch = { engine, signal };
  const kept = (m: Matrix<Float32Array>) => firstColumns(m, dims);
  const fitted: Encoded = await codecById(codec)(kept(sample), options as never, watch);
  const ready = await codecById(codec).ready(fitted.model);
  const codes = await ready.encode(kept(rows), watch);
  const decoded = await ready.decode(codes, watch);
  const scores = await ready.products(kept(queries), codes, watch);
  const lengths = decodedLengths(decoded, mean, meanSquare);
  toCosinesInPlace(scores, onMean, lengths);
  return { bytesPerVector: fitted.bytesPerVector, ranks: ranksByCodes(truth, k, scores) };
}

/** ⟨q, ŷ⟩ becomes (⟨q, ŷ⟩ + ⟨q, μ⟩)/‖x̂‖. */
function toCosinesInPlace(
  { data, rows, cols }: Matrix<Float32Array>,
  onMean: Float64Array,
  lengths: Float64Array,
): void {
  for (let q = 0, e = 0; q < rows; q++) {
    const own = onMean[q];
    for (let i = 0; i < cols; i++, e++) data[e] = lengths[i] > 0 ? (data[e] + own) / lengths[i] : 0;
  }
}

/** ‖x̂‖ where x̂ = μ + ŷ along m axes: what else the mean has counts, too. */
function decodedLengths(
  decoded: Matrix<Float32Array>,
  mean: Float64Array,
  meanSquare: number,
): Float64Array {
  const m = decoded.cols;
  const shifted = matrix(
    decoded.data.map((y, e) => y + mean[e % m]),
    decoded.rows,
    m,
  );
  const rest = Math.max(0, meanSquare - squaredNorm(mean.subarray(0, m)));
  return rowNorms(shifted).map((length) => Math.sqrt(length ** 2 + rest));
}
