import { InputError } from '../../../core/errors.ts';
import { messageOf } from '../../support/load-peer.ts';
import type { Similarity } from '../types.ts';

/** What the adapter is called in sentences. */
export const ID = 'usearch';

/** Keys of the nearest, and how far they are. */
export interface Matches {
  readonly keys: BigUint64Array;
  readonly distances: Float32Array;
}

/** What is used of an index of usearch. One vector a search; of several the answer has another form. */
export interface UsearchIndex {
  add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
  search(vector: Float32Array, k: number, threads: number): Matches;
  save(path: string): void;
  load(path: string): void;
}

/** What is used of the package `usearch`. */
export interface Usearch {
  readonly Index: new (settings: object) => UsearchIndex;
  exactSearch(
    rows: Float32Array,
    vector: Float32Array,
    d: number,
    k: number,
    metric: string,
    threads: number,
  ): Matches;
}

/** Metrics of usearch, and the score of a distance. */
export const METRICS: Readonly<
  Record<Similarity, { metric: string; score: (distance: number) => number }>
> = {
  cosine: { metric: 'cos', score: (x) => 1 - x },
  dot: { metric: 'ip', score: (x) => 1 - x },
  // It gives the square.
  euclidean: { metric: 'l2sq', score: (x) => 0 - Math.sqrt(x) },
};

/** An index without rows; an effort of 0 is the usual one of usearch. */
export function emptyIndex(
  { Index }: Usearch,
  dimensions: number,
  similarity: Similarity,
  effort = 0,
): UsearchIndex {
  const { metric } = METRICS[similarity];
  return new Index({ dimensions, metric, quantization: 'f32', expansion_search: effort });
}

/** What usearch does not do, in a sentence. */
export function refuse(cause: unknown): never {
  if (cause instanceof InputError) throw cause;
  throw new InputError(ID, `usearch says: ${messageOf(cause)}.`, { cause });
}
