import type { Similarity, Way } from '../types.ts';

/** Columns of Tammes's own in a table. */
export const OWN = ['id', 'embedding', 'label'] as const;

/** Distances of pgvector: the operator, the class of its indexes, and the score of a distance. */
export const MEASURES: Readonly<
  Record<Similarity, { operator: string; operators: string; score: (distance: number) => number }>
> = {
  cosine: { operator: '<=>', operators: 'cosine_ops', score: (x) => 1 - x },
  dot: { operator: '<#>', operators: 'ip_ops', score: (x) => 0 - x },
  euclidean: { operator: '<->', operators: 'l2_ops', score: (x) => 0 - x },
};

/** Access methods of PostgreSQL by what they are called here. */
export const METHODS: Readonly<Record<Exclude<Way, 'exact'>, string>> = {
  graph: 'hnsw',
  ivf: 'ivfflat',
};

/** A vector as pgvector reads it, float32 without a loss. */
export const vectorText = (row: Float32Array) => `[${row.join(',')}]`;
