import { type Matrix, matrix, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Packed, PackedArray } from '../../../io/packed.ts';

/** What fixes the size of an encoding. */
export interface EncoderShape {
  /** Numbers of a vector. */
  readonly d: number;
  readonly repetitions: number;
  /** Hyperplanes of a repetition: 2^bits buckets. */
  readonly bits: number;
  /** Numbers of a bucket: `d`, or fewer where vectors are projected. */
  readonly bucketDim: number;
  /** Numbers in the end where there is a last sketch; else 0. */
  readonly finalDim: number;
}

/** What turns sets of vectors into rows. */
export interface FixedEncoder extends EncoderShape {
  /** Numbers of an encoding. */
  readonly dims: number;
  /** (repetitions · bits) × d normal numbers. */
  readonly hyperplanes: Matrix<Float32Array>;
  /** Repetitions × d, where vectors are projected: the place, from 1, that a coordinate is added to; negative: taken from. */
  readonly projection?: Int32Array | undefined;
  /** The same for each number of the buckets, where there is a last sketch. */
  readonly sketch?: Int32Array | undefined;
}

const bucketNumbers = ({ repetitions, bits, bucketDim }: EncoderShape) =>
  repetitions * 2 ** bits * bucketDim;

/** Numbers of an encoding. */
export const encodingDims = (shape: EncoderShape) => shape.finalDim || bucketNumbers(shape);

/** An encoder drawn from a stream. */
export function drawnEncoder(shape: EncoderShape, random: Random): FixedEncoder {
  const { d, repetitions, bits, bucketDim, finalDim } = shape;
  const hyperplanes = zeros(repetitions * bits, d);
  const planes = random.fork('hyperplanes');
  for (let e = 0; e < hyperplanes.data.length; e++) hyperplanes.data[e] = planes.normal();
  const isProjected = bucketDim < d;
  return {
    ...shape,
    dims: encodingDims(shape),
    hyperplanes,
    projection: isProjected
      ? signedPlaces(repetitions * d, bucketDim, random.fork('projection'))
      : undefined,
    sketch: finalDim
      ? signedPlaces(bucketNumbers(shape), finalDim, random.fork('sketch'))
      : undefined,
  };
}

function signedPlaces(count: number, places: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () => {
    const place = random.integer(places) + 1;
    return random.integer(2) === 0 ? place : -place;
  });
}

/** The arrays of an encoder, for a file. */
export function packedEncoder({
  hyperplanes,
  projection,
  sketch,
}: FixedEncoder): Record<string, PackedArray> {
  const { rows, cols, data } = hyperplanes;
  return {
    hyperplanes: { shape: [rows, cols], data },
    ...(projection && { projection: { shape: [projection.length], data: projection } }),
    ...(sketch && { sketch: { shape: [sketch.length], data: sketch } }),
  };
}

/** The encoder of these arrays. */
export async function storedEncoder(shape: EncoderShape, arrays: Packed): Promise<FixedEncoder> {
  const read = async (name: string) =>
    arrays.names.includes(name) ? ((await arrays.whole(name)) as Int32Array) : undefined;
  const data = (await arrays.whole('hyperplanes')) as Float32Array;
  return {
    ...shape,
    dims: encodingDims(shape),
    hyperplanes: matrix(data, shape.repetitions * shape.bits, shape.d),
    projection: await read('projection'),
    sketch: await read('sketch'),
  };
}
