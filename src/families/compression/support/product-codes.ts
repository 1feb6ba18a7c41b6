import { OptionError } from '../../../core/errors.ts';
import { gathered, type Matrix, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { counted, grouped } from '../../../core/text.ts';
import type { Fitted } from '../../../learning/index.ts';
import { choice, integer } from '../../../method/options.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { lloydCenters, spreadRows } from '../../../structures/clusters/lloyd-centers.ts';
import { meanSquare } from '../../../structures/spectra/principal-axes.ts';
import type { CodeContext, Codes, FitContext } from '../types.ts';
import { FEW_QUERIES, writeTableProducts } from './byte-tables.ts';
import { unpackedProducts } from './unpacked-products.ts';

/** Options of codecs that code parts of a row by centroids. */
export const productOptions = {
  bytes: integer(0, 'Bytes of a code; 0: one for every four coordinates, rounded up.', { min: 0 }),
  centroids: choice(
    ['256', '16'],
    '256',
    'Centroids of each part: a byte a part, or two parts in a byte.',
  ),
};

/** Rows that k-means is run on at most, 64 for each of 256 centroids, and how many of them a centroid is drawn from. */
const ENOUGH = 16_384;
const FIRST_A_CENTROID = 8;
const STEPS = 16;

/** How rows are cut: `parts` runs of columns, each coded by one of `centroids`. */
export interface Cut {
  readonly parts: number;
  readonly centroids: 16 | 256;
}

/** The cut that the options ask for, of rows of d numbers. */
export function cutOf(
  id: string,
  { bytes, centroids }: { readonly bytes: number; readonly centroids: '256' | '16' },
  d: number,
): Cut {
  const perByte = centroids === '256' ? 1 : 2;
  const most = Math.ceil(d / perByte);
  if (bytes > most) {
    const words = `at most ${most}, a part for each of ${counted(d, 'coordinate')}`;
    throw new OptionError(id, 'bytes', words, bytes);
  }
  const parts = Math.min(d, perByte * (bytes === 0 ? Math.ceil(d / 4) : bytes));
  return { parts, centroids: Number(centroids) as Cut['centroids'] };
}

/** The rows that centroids are fitted to: all, or as many as suffice. */
export function rowsToFit(points: Matrix, random: Random) {
  if (points.rows <= ENOUGH) return points as Matrix<Float32Array>;
  return gathered(points, random.fork('rows').sample(points.rows, ENOUGH)) as Matrix<Float32Array>;
}

/** The column where part p begins: lengths differ by one at most. */
function startOf(p: number, parts: number, d: number): number {
  return Math.floor((p * d) / parts);
}

/** How many columns each part has. */
export function lengthsOf(parts: number, d: number): number[] {
  return Array.from({ length: parts }, (_, p) => startOf(p + 1, parts, d) - startOf(p, parts, d));
}

/** The columns of one part, rows × its length. */
function partOf({ data, rows, cols: d }: Matrix, p: number, parts: number): Matrix<Float32Array> {
  const [from, to] = [startOf(p, parts, d), startOf(p + 1, parts, d)];
  const out = zeros(rows, to - from);
  for (let i = 0, e = 0; i < rows; i++)
    for (let c = from; c < to; c++) out.data[e++] = data[i * d + c];
  return out;
}

/** Puts the columns of a part back. */
function putPart(part: Matrix, out: Matrix, p: number, parts: number): void {
  const from = startOf(p, parts, out.cols);
  for (let i = 0; i < part.rows; i++)
    out.data.set(part.data.subarray(i * part.cols, (i + 1) * part.cols), i * out.cols + from);
}

/**
 * Centroids of every part side by side, k × d: k-means of each part alone, from `start` on or from rows that lie apart. k is
 * the number of centroids, or that of the rows where there are fewer.
 */
export async function fitCentroids(
  rows: Matrix<Float32Array>,
  { parts, centroids }: Cut,
  { engine, random, run, work: { signal } }: FitContext,
  { steps = STEPS, start }: { readonly steps?: number; readonly start?: Matrix } = {},
): Promise<Matrix<Float32Array>> {
  const k = Math.min(centroids, rows.rows);
  const out = zeros(k, rows.cols);
  for (let p = 0; p < parts; p++) {
    if (!start) await run.tick({ stage: 'centroids', done: p / parts });
    const part = partOf(rows, p, parts);
    const few = { ...part, rows: Math.min(part.rows, FIRST_A_CENTROID * k) };
    const first = start ? partOf(start, p, parts) : spreadRows(few, k, random.fork(p));
    const { centers } = await lloydCenters(part, first, steps, { engine, signal });
    putPart(repeatedTo(k, centers), out, p, parts);
  }
  return out;
}

/** k rows: those there are, and the first again for the rest, which then stands for none. */
function repeatedTo(k: number, { data, rows, cols }: Matrix<Float32Array>): Matrix {
  const out = zeros(k, cols);
  out.data.set(data);
  for (let rest = rows; rest < k; rest++) out.data.copyWithin(rest * cols, 0, cols);
  return out;
}

/** Rows for each centroid with which faiss warns no longer. */
const PLENTY = 39;

/** What a fit of few rows says. */
export function fewRowsWarning(rows: number, { centroids: k }: Cut): readonly string[] {
  if (rows >= PLENTY * k) return [];
  const are =
    rows < k
      ? `${counted(rows, 'row is', 'rows are')} fewer than ${k} centroids, each part has ${rows}`
      : `${grouped(rows)} rows are few for ${k} centroids a part`;
  const out = k === 256 ? '; centroids 16 ask for fewer' : '';
  return [`${are}: rows that come later lose more than these${out}.`];
}

export function cutOfModel({ settings }: Fitted): Cut {
  return {
    parts: settings['parts'] as number,
    centroids: settings['centroids'] as Cut['centroids'],
  };
}

export function productBytes({ parts, centroids }: Cut): number {
  return centroids === 256 ? parts : Math.ceil(parts / 2);
}

/** Codes rows by the nearest centroid of each part; of equally near ones the first. */
export async function productCodes(
  centroids: Matrix,
  cut: Cut,
  rows: Matrix,
  { engine, work: { signal } }: CodeContext,
): Promise<Uint8Array> {
  const width = productBytes(cut);
  const bytes = new Uint8Array(rows.rows * width);
  for (let p = 0; p < cut.parts; p++) {
    const [part, among] = [partOf(rows, p, cut.parts), partOf(centroids, p, cut.parts)];
    const { indices } = await engine.assign(part, among, { signal });
    const [at, shift] = cut.centroids === 256 ? [p, 0] : [p >> 1, 4 * (p & 1)];
    for (let i = 0; i < indices.length; i++) bytes[i * width + at] |= indices[i] << shift;
  }
  return bytes;
}

/** The centroids that the codes name, r × d. */
export function productRows(centroids: Matrix, cut: Cut, codes: Codes): Matrix<Float32Array> {
  const out = zeros(codes.rows, centroids.cols);
  unpackParts(centroids, cut, codes.bytes, out.data);
  return out;
}

function unpackParts(
  { data: centroids, cols: d }: Matrix,
  cut: Cut,
  bytes: Uint8Array,
  out: Float32Array,
): void {
  const { parts, centroids: count } = cut;
  const width = productBytes(cut);
  const starts = Int32Array.from({ length: parts + 1 }, (_, p) => startOf(p, parts, d));
  for (let at = 0, e = 0; at < bytes.length; at += width, e += d) {
    for (let p = 0; p < parts; p++) {
      const code = count === 256 ? bytes[at + p] : (bytes[at + (p >> 1)] >> (4 * (p & 1))) & 15;
      const end = starts[p + 1];
      for (let c = starts[p], from = code * d + c; c < end; c++) out[e + c] = centroids[from++];
    }
  }
}

/** ⟨q, x̂⟩, q × r: of few queries sums of ⟨q_part, centroid⟩ from tables, of more with rows that are unpacked. */
export async function productProducts(
  centroids: Matrix,
  cut: Cut,
  queries: Matrix<Float32Array>,
  codes: Codes,
  context: CodeContext,
): Promise<Matrix<Float32Array>> {
  const { data, rows: q, cols: d } = queries;
  if (q > FEW_QUERIES) {
    const unpack = (bytes: Uint8Array, into: Float32Array) =>
      unpackParts(centroids, cut, bytes, into);
    return unpackedProducts(queries, codes, unpack, context);
  }
  const out = zeros(q, codes.rows);
  for (let i = 0; i < q; i++) {
    const tables = tablesOf(centroids, cut, data.subarray(i * d, (i + 1) * d));
    writeTableProducts(tables, 0, codes, out.data, i * codes.rows);
  }
  return out;
}

/** For each byte of a code, what each of its 256 values adds to the product with z. */
function tablesOf(centroids: Matrix, cut: Cut, z: ArrayLike<number>): Float32Array {
  const tables = new Float32Array(256 * productBytes(cut));
  for (let p = 0; p < cut.parts; p++) {
    const values = onCentroids(centroids, p, cut.parts, z);
    if (cut.centroids === 256) {
      tables.set(values, 256 * p);
      continue;
    }
    const [table, shift] = [256 * (p >> 1), 4 * (p & 1)];
    for (let v = 0; v < 256; v++) tables[table + v] += values[(v >> shift) & 15] ?? 0;
  }
  return tables;
}

/** ⟨z, centroid⟩ over the columns of part p. */
function onCentroids(
  { data, rows: k, cols: d }: Matrix,
  p: number,
  parts: number,
  z: ArrayLike<number>,
) {
  const [from, to] = [startOf(p, parts, d), startOf(p + 1, parts, d)];
  const out = new Float64Array(k);
  for (let j = 0; j < k; j++) for (let c = from; c < to; c++) out[j] += z[c] * data[j * d + c];
  return out;
}

/** Σ‖x − x̂‖² / Σ‖x − μ‖²: the share of the squares about the mean that coding loses. */
export function squaresLost(rows: Matrix, lost: number): number {
  const all = meanSquare(centered(rows)) * rows.rows;
  return all > 0 ? lost / all : 0;
}

/** Σ‖x − y‖² of the rows of two matrices. */
export function squaredError(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let e = 0; e < a.data.length; e++) sum += (a.data[e] - b.data[e]) ** 2;
  return sum;
}
