import { OptionError } from '../../../core/errors.ts';
import { boolean, integer, type OptionsOf } from '../../../method/options.ts';
import { setSimilarityOption } from './chamfer.ts';
import { type EncoderShape, encodingDims } from './fixed-encoder.ts';

/** Numbers of all encodings together: 8 GiB. */
const MOST = 2 ** 31;

/** Options of fixed dimensional encodings. */
export const encodingOptions = {
  similarity: setSimilarityOption,
  repetitions: integer(20, 'Independent partitions of space, one beside the other.', {
    min: 1,
    max: 1000,
    symbol: 'R_reps',
  }),
  bits: integer(5, 'Random hyperplanes of a partition: 2^bits buckets.', {
    min: 0,
    max: 16,
    symbol: 'k_sim',
  }),
  projectionDim: integer(
    16,
    'Numbers that vectors are projected to in a bucket by random signs; 0, or as many as a vector has: none are lost.',
    { min: 0, max: 65536, symbol: 'd_proj' },
  ),
  finalDim: integer(0, 'Numbers of the encoding after a last count sketch; 0: without it.', {
    min: 0,
    max: 2 ** 24,
    symbol: 'd_final',
  }),
  fillEmpty: boolean(
    true,
    'Whether documents fill the buckets they have no vector in with their vector of the fewest other bits.',
  ),
} as const;

export type EncodingOptions = Omit<OptionsOf<typeof encodingOptions>, 'similarity' | 'fillEmpty'>;

/** The shape of an encoder for vectors of d numbers. */
export function encoderShape(
  d: number,
  { repetitions, bits, projectionDim, finalDim }: EncodingOptions,
): EncoderShape {
  const bucketDim = projectionDim === 0 ? d : Math.min(d, projectionDim);
  return { d, repetitions, bits, bucketDim, finalDim };
}

/** Refuses encodings that no array holds. */
export function requireRoom(where: string, n: number, shape: EncoderShape): void {
  const dims = encodingDims(shape);
  const buckets = encodingDims({ ...shape, finalDim: 0 });
  if (n * dims <= MOST && buckets <= MOST) return;
  const wanted = `smaller: ${n} encodings of ${dims} numbers are more than ${MOST} (finalDim shortens them)`;
  throw new OptionError(where, 'repetitions', wanted, shape.repetitions);
}
