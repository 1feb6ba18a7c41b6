import { AbortedError } from '../../core/errors.ts';
import { type Matrix, matrix, rows as rowsOf, toFloat32, zeros } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
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

/** Rows that are coded at once. */
const BLOCK = 4096;

/** Fits a coding to the sample, codes the rows of the truth, and says where its true neighbours come. */
export async function estimated(
  { codec, options }: Coding,
  dims: number,
  truth: Truth,
  turnedRows: Turned,
  k: number,
  { engine, signal }: Context,
): Promise<Estimated> {
  if (signal?.aborted) throw new AbortedError('compress plan');
  const watch = { engine, signal };
  const { rows, onMean } = turnedRows;
  const [sample, queries] = [turnedRows.sample, turnedRows.queries].map((m) =>
    firstColumns(m, dims),
  );
  const { model, bytesPerVector } = await codecById(codec)(sample, options as never, watch);
  const ready = await codecById(codec).ready(model);
  const drawn = zeros(truth.sample.length, dims);
  const lengths = new Float64Array(rows.rows);
  const nearest = truth.nearest.map((own) => new Float32Array(own.length));
  for (let from = 0; from < rows.rows; from += BLOCK) {
    const some = firstColumns(rowsOf(rows, from, Math.min(rows.rows, from + BLOCK)), dims);
    const decoded = await ready.decode(await ready.encode(some, watch), watch);
    writeLengths(decoded, turnedRows, lengths.subarray(from));
    writeSample(truth.sample, decoded, from, drawn);
    writeNearest(truth.nearest, queries, decoded, from, nearest);
  }
  const products = toFloat32(await engine.matmul(queries, drawn, true, { signal }));
  toCosinesInPlace(products, truth.sample, onMean, lengths);
  for (const [q, own] of nearest.entries()) {
    const places = truth.nearest[q];
    for (let t = 0; t < own.length; t++) own[t] = cosine(own[t], onMean[q], lengths[places[t]]);
  }
  return { bytesPerVector, ranks: ranksByCodes(truth, k, { nearest, sample: products }) };
}

/** (⟨q, ŷ⟩ + ⟨q, μ⟩)/‖x̂‖, 0 for a row of zeros. */
const cosine = (product: number, onMean: number, length: number) =>
  length > 0 ? (product + onMean) / length : 0;

function toCosinesInPlace(
  { data, rows, cols }: Matrix<Float32Array>,
  places: Int32Array,
  onMean: Float64Array,
  lengths: Float64Array,
): void {
  for (let q = 0, e = 0; q < rows; q++) {
    for (let i = 0; i < cols; i++, e++) data[e] = cosine(data[e], onMean[q], lengths[places[i]]);
  }
}

/** Those of the decoded rows, which begin with place `from`, that stand for the others. */
function writeSample(
  places: Int32Array,
  { data, rows, cols: m }: Matrix<Float32Array>,
  from: number,
  out: Matrix<Float32Array>,
): void {
  for (const [i, place] of places.entries()) {
    const at = (place - from) * m;
    if (place >= from && place < from + rows) out.data.set(data.subarray(at, at + m), i * m);
  }
}

/** ⟨q, ŷ⟩ of each query and those of its nearest rows that are among the decoded ones. */
function writeNearest(
  nearest: readonly Int32Array[],
  { data: queries, cols: m }: Matrix<Float32Array>,
  { data, rows }: Matrix<Float32Array>,
  from: number,
  out: readonly Float32Array[],
): void {
  for (const [q, places] of nearest.entries()) {
    for (const [t, place] of places.entries()) {
      if (place < from || place >= from + rows) continue;
      const [own, at] = [q * m, (place - from) * m];
      let sum = 0;
      for (let c = 0; c < m; c++) sum += queries[own + c] * data[at + c];
      out[q][t] = sum;
    }
  }
}

/** ‖x̂‖ where x̂ = μ + ŷ along m axes: what else the mean has counts, too. */
function writeLengths(
  { data, rows, cols: m }: Matrix<Float32Array>,
  { mean, meanSquare }: Pick<Turned, 'mean' | 'meanSquare'>,
  out: Float64Array,
): void {
  const rest = Math.max(0, meanSquare - squaredNorm(mean.subarray(0, m)));
  for (let i = 0; i < rows; i++) {
    let squares = rest;
    for (let c = 0; c < m; c++) squares += (data[i * m + c] + mean[c]) ** 2;
    out[i] = Math.sqrt(squares);
  }
}
