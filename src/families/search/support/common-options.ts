import { choice, seedOption } from '../../../method/options.ts';

/** Options of every index. */
export const commonOptions = { seed: seedOption() };

/** What near means, for indexes of vectors. */
export const similarityOption = choice(
  ['cosine', 'dot', 'euclidean'],
  'cosine',
  'What near means: the cosine, the inner product, or minus the Euclidean distance.',
);

export type Similarity = 'cosine' | 'dot' | 'euclidean';
