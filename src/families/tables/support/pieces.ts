import { hashedPlace } from '../../../core/id-hash.ts';
import { gathered, type Matrix, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import { lloydCenters, spreadRows } from '../../../structures/clusters/lloyd-centers.ts';

/** Rows for each center that k-means looks at, and that first centers are drawn from. */
const ENOUGH = 64;
const FIRST = 8;
const STEPS = 16;

/** Which piece of a part an id has. */
export type CodeOf = (id: number, part: number) => number;

/** The column where a part of vectors begins: widths differ by one at most. */
export function startOf(part: number, parts: number, cols: number): number {
  return Math.floor((part * cols) / parts);
}

/**
 * ⌊id/rʲ⌋ mod N for part j, with the least r from which on all of N·rᶠ⁻¹ ≥ n hold: no two ids have the same pieces where
 * Nᶠ ≥ n, and every part uses about all of its pieces.
 */
export function radixCodes(size: number, pieces: number, parts: number): CodeOf {
  let radix = 1;
  while (radix < pieces && pieces * powersOf(radix, parts)[parts - 1] < size) radix += 1;
  const strides = powersOf(radix, parts);
  return (id, part) => Math.floor(id / strides[part]) % pieces;
}

function powersOf(radix: number, count: number): readonly number[] {
  const powers = [1];
  while (powers.length < count) powers.push(powers[powers.length - 1] * radix);
  return powers;
}

/** A piece of each part by a hash of its own. */
export function hashCodes(name: string, pieces: number, parts: number, seed: number): CodeOf {
  const random = Random.fromSeed(seed).fork('pieces').fork(name);
  const salts = Array.from({ length: parts }, (_, part) => random.fork(part).uint32());
  return (id, part) => hashedPlace(id, salts[part], pieces);
}

interface Clustering {
  readonly parts: number;
  readonly pieces: number;
  readonly engine: Engine;
  readonly random: Random;
  readonly signal: AbortSignal | undefined;
}

/** The cluster of each part of each row, by k-means part by part: row i, part j at i·parts + j. */
export async function clusterCodes(
  vectors: Matrix,
  { parts, pieces, engine, random, signal }: Clustering,
): Promise<Int32Array> {
  const codes = new Int32Array(vectors.rows * parts);
  const count = Math.min(vectors.rows, ENOUGH * pieces);
  const few = random.fork('rows').sample(vectors.rows, count);
  for (let part = 0; part < parts; part++) {
    const all = columnsOf(vectors, part, parts);
    const fitted = gathered(all, few) as Matrix<Float32Array>;
    const first = { ...fitted, rows: Math.min(count, FIRST * pieces) };
    const start = spreadRows(first, pieces, random.fork(part));
    const { centers } = await lloydCenters(fitted, start, STEPS, { engine, signal });
    const { indices } = await engine.assign(all, centers, { signal });
    for (let i = 0; i < indices.length; i++) codes[i * parts + part] = indices[i];
  }
  return codes;
}

function columnsOf({ data, rows, cols }: Matrix, part: number, parts: number) {
  const [from, to] = [startOf(part, parts, cols), startOf(part + 1, parts, cols)];
  const out = zeros(rows, to - from);
  for (let i = 0, e = 0; i < rows; i++)
    for (let c = from; c < to; c++) out.data[e++] = data[i * cols + c];
  return out;
}

/**
 * Gives each piece the mean of that part of the vectors whose ids have it: the least squared error that these codes allow.
 * All are scaled so that the vectors have the deviation; pieces that no id has stay as they are.
 */
export function fillWithMeans(
  tables: readonly (Float32Array | Float64Array)[],
  vectors: Matrix,
  codeOf: CodeOf,
  deviation: number,
): void {
  const parts = tables.length;
  const means = tables.map((table, part) => meansOf(table.length, vectors, part, parts, codeOf));
  const squares = means.reduce((sum, own) => sum + own.squares, 0);
  if (!(squares > 0)) return;
  const scale = deviation / Math.sqrt(squares / vectors.data.length);
  means.forEach(({ values, counts }, part) => {
    const width = values.length / counts.length;
    for (let e = 0; e < values.length; e++)
      if (counts[Math.floor(e / width)] > 0) tables[part][e] = scale * values[e];
  });
}

/** Means of one part by piece, how many ids have each, and Σ squares of the part of all ids. */
function meansOf(
  length: number,
  { data, rows, cols }: Matrix,
  part: number,
  parts: number,
  codeOf: CodeOf,
) {
  const [from, to] = [startOf(part, parts, cols), startOf(part + 1, parts, cols)];
  const width = to - from;
  const values = new Float64Array(length);
  const counts = new Int32Array(length / width);
  for (let id = 0; id < rows; id++) {
    const code = codeOf(id, part);
    counts[code] += 1;
    for (let c = 0; c < width; c++) values[code * width + c] += data[id * cols + from + c];
  }
  let squares = 0;
  for (let e = 0; e < length; e++) {
    const count = counts[Math.floor(e / width)];
    if (count === 0) continue;
    values[e] /= count;
    squares += count * values[e] ** 2;
  }
  return { values, counts, squares };
}
