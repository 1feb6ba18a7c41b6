// Written by `npm run generate` from the folders.
import type { Study } from '../define.ts';

export const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
  'beyond-one-hot-lower-dimensional-target-embedding': () => import('../beyond-one-hot-lower-dimensional-target-embedding.ts'),
  'comparative-study-sentence-embedding-semantic-variation': () => import('../comparative-study-sentence-embedding-semantic-variation.ts'),
  'contrastive-mutual-information-cmim': () => import('../contrastive-mutual-information-cmim.ts'),
  'convergent-learning': () => import('../convergent-learning.ts'),
  'equiangular-basis-vectors': () => import('../equiangular-basis-vectors.ts'),
  'estimating-shape-distances-limited-samples': () => import('../estimating-shape-distances-limited-samples.ts'),
  'facenet-unified-embedding-face-recognition': () => import('../facenet-unified-embedding-face-recognition.ts'),
  'geometry-of-tokens-internal-representations': () => import('../geometry-of-tokens-internal-representations.ts'),
  'hedged-instance-embedding': () => import('../hedged-instance-embedding.ts'),
  'hubness-reduction-sbert': () => import('../hubness-reduction-sbert.ts'),
  'keep-your-distance': () => import('../keep-your-distance.ts'),
  'keep-your-distance-images': () => import('../keep-your-distance-images.ts'),
  'keep-your-distance-text': () => import('../keep-your-distance-text.ts'),
  'keep-your-distance-tokens': () => import('../keep-your-distance-tokens.ts'),
  'keep-your-distance-translation': () => import('../keep-your-distance-translation.ts'),
  'less-is-more-local-intrinsic-dimensions': () => import('../less-is-more-local-intrinsic-dimensions.ts'),
  'less-is-more-local-intrinsic-dimensions-training': () => import('../less-is-more-local-intrinsic-dimensions-training.ts'),
  'local-topology-measures-contextual-lm': () => import('../local-topology-measures-contextual-lm.ts'),
  'on-the-stepwise-nature-of-self-supervised-learning': () => import('../on-the-stepwise-nature-of-self-supervised-learning.ts'),
  'rankme': () => import('../rankme.ts'),
  'redundancy-isotropy-id-prompt-embeddings': () => import('../redundancy-isotropy-id-prompt-embeddings.ts'),
  'rethinking-positive-pairs-contrastive-learning': () => import('../rethinking-positive-pairs-contrastive-learning.ts'),
  't-regs': () => import('../t-regs.ts'),
  'theoretical-analysis-contrastive-unsupervised-representation': () => import('../theoretical-analysis-contrastive-unsupervised-representation.ts'),
};
