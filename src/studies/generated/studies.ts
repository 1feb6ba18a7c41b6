// Written by `npm run generate` from the folders.
import type { Study } from '../define.ts';

export const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
  'combating-mode-collapse-manifold-entropy-estimation': () => import('../combating-mode-collapse-manifold-entropy-estimation.ts'),
  'comparative-study-sentence-embedding-semantic-variation': () => import('../comparative-study-sentence-embedding-semantic-variation.ts'),
  'convergent-learning': () => import('../convergent-learning.ts'),
  'effective-entropy-maximization-pretrained-ssl': () => import('../effective-entropy-maximization-pretrained-ssl.ts'),
  'estimating-shape-distances-limited-samples': () => import('../estimating-shape-distances-limited-samples.ts'),
  'geometry-of-tokens-internal-representations': () => import('../geometry-of-tokens-internal-representations.ts'),
  'hubness-reduction-sbert': () => import('../hubness-reduction-sbert.ts'),
  'keep-your-distance': () => import('../keep-your-distance.ts'),
  'less-is-more-local-intrinsic-dimensions': () => import('../less-is-more-local-intrinsic-dimensions.ts'),
  'local-topology-measures-contextual-lm': () => import('../local-topology-measures-contextual-lm.ts'),
  'rankme': () => import('../rankme.ts'),
  'redundancy-isotropy-id-prompt-embeddings': () => import('../redundancy-isotropy-id-prompt-embeddings.ts'),
  't-regs': () => import('../t-regs.ts'),
  'unsupervised-manifold-linearizing-and-clustering': () => import('../unsupervised-manifold-linearizing-and-clustering.ts'),
};
