import { type Matrix, zeros } from '../../../core/matrix.ts';
import type { SearchContext } from '../types.ts';
import { blocksOf, countOf, setsBetween, type VectorSets } from './chamfer.ts';
import type { FixedEncoder } from './fixed-encoder.ts';

/** A query adds its vectors bucket by bucket; a document takes their mean, and may fill the buckets it has none for. */
export type Side = 'query' | 'document' | 'filled document';

/** Encodings of sets, n × dims: the product of a query's with a document's estimates their Chamfer similarity. */
export async function encodedSets(
  sets: VectorSets,
  encoder: FixedEncoder,
  side: Side,
  { engine, work }: SearchContext,
): Promise<Matrix<Float32Array>> {
  const out = zeros(countOf(sets), encoder.dims);
  const { hyperplanes } = encoder;
  const encode = setEncoder(encoder, side);
  for (const [from, to] of blocksOf({ points: hyperplanes, offsets: [] }, sets)) {
    const { points, offsets } = setsBetween(sets, from, to);
    const sides =
      encoder.bits === 0
        ? zeros(points.rows, 0)
        : await engine.matmul(points, hyperplanes, true, { signal: work.signal });
    for (let i = from; i < to; i++)
      encode(points, sides, offsets[i - from], offsets[i - from + 1], outRow(out, i));
    work.onProgress?.(to / out.rows);
  }
  return out;
}

const outRow = ({ data, cols }: Matrix<Float32Array>, i: number) =>
  data.subarray(i * cols, (i + 1) * cols);

type EncodeSet = (
  points: Matrix<Float32Array>,
  sides: Matrix,
  from: number,
  to: number,
  out: Float32Array,
) => void;

/** What encodes one set after the other in the same memory. */
function setEncoder(encoder: FixedEncoder, side: Side): EncodeSet {
  const { repetitions, bits, bucketDim, dims, sketch } = encoder;
  const buckets = 2 ** bits;
  const block = new Float64Array(buckets * bucketDim);
  const sizes = new Int32Array(buckets);
  const row = new Float64Array(dims);
  // The mean over the repetitions is taken once, on the side of the query.
  const factor = side === 'query' ? 1 / repetitions : 1;
  return (points, sides, from, to, out) => {
    row.fill(0);
    for (let r = 0; r < repetitions; r++) {
      block.fill(0);
      sizes.fill(0);
      const codes = codesOf(sides, r * bits, bits, from, to);
      for (let i = from; i < to; i++) {
        addVector(encoder, points, i, r, block, codes[i - from]);
        sizes[codes[i - from]] += 1;
      }
      if (side !== 'query') toMeans(block, sizes, bucketDim);
      if (side === 'filled document') {
        for (let bucket = 0; bucket < buckets; bucket++) {
          if (sizes[bucket] === 0)
            addVector(encoder, points, from + nearestCode(codes, bucket), r, block, bucket);
        }
      }
      const start = r * block.length;
      if (!sketch) row.set(block, start);
      else addSigned(block, sketch, start, row);
    }
    for (let c = 0; c < dims; c++) out[c] = row[c] * factor;
  };
}

/** The bucket of each vector: bit b says on which side of hyperplane b it lies. */
function codesOf(
  { data, cols }: Matrix,
  first: number,
  bits: number,
  from: number,
  to: number,
): Int32Array {
  const codes = new Int32Array(to - from);
  for (let i = from; i < to; i++) {
    for (let b = 0; b < bits; b++) {
      if (data[i * cols + first + b] > 0) codes[i - from] |= 1 << b;
    }
  }
  return codes;
}

/** Adds a vector, projected, to a bucket. */
function addVector(
  { d, bucketDim, projection }: FixedEncoder,
  { data }: Matrix<Float32Array>,
  i: number,
  repetition: number,
  block: Float64Array,
  bucket: number,
): void {
  const start = bucket * bucketDim;
  for (let c = 0; c < d; c++) {
    const x = data[i * d + c];
    if (!projection) block[start + c] += x;
    else {
      const place = projection[repetition * d + c];
      if (place > 0) block[start + place - 1] += x;
      else block[start - place - 1] -= x;
    }
  }
}

function toMeans(block: Float64Array, sizes: Int32Array, bucketDim: number): void {
  for (let bucket = 0; bucket < sizes.length; bucket++) {
    if (sizes[bucket] < 2) continue;
    for (let c = 0; c < bucketDim; c++) block[bucket * bucketDim + c] /= sizes[bucket];
  }
}

function addSigned(block: Float64Array, sketch: Int32Array, start: number, row: Float64Array) {
  for (let e = 0; e < block.length; e++) {
    const place = sketch[start + e];
    if (place > 0) row[place - 1] += block[e];
    else row[-place - 1] -= block[e];
  }
}

/** The first code that differs from a bucket in the fewest bits. */
function nearestCode(codes: Int32Array, bucket: number): number {
  let [nearest, fewest] = [0, Infinity];
  for (let i = 0; i < codes.length; i++) {
    const apart = bitCount(codes[i] ^ bucket);
    if (apart < fewest) [nearest, fewest] = [i, apart];
  }
  return nearest;
}

function bitCount(x: number): number {
  let [count, rest] = [0, x];
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}
