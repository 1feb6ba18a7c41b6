// Written by `npm run generate` from the folders.
import type { Verdict } from '../support/judge.ts';

/** What the last full run of each study found. */
export const VERDICTS_OF_STUDIES: Readonly<Record<string, Verdict>> = {
  'beyond-one-hot-lower-dimensional-target-embedding': 'holds-in-part',
  'combating-mode-collapse-manifold-entropy-estimation': 'holds-in-part',
  'comparative-study-sentence-embedding-semantic-variation': 'holds-in-part',
  'convergent-learning': 'holds',
  'cores-compatible-representations-via-stationarity': 'holds-in-part',
  'effective-entropy-maximization-pretrained-ssl': 'holds-in-part',
  'estimating-shape-distances-limited-samples': 'holds-in-part',
  'facenet-unified-embedding-face-recognition': 'holds-in-part',
  'geometry-of-tokens-internal-representations': 'holds-in-part',
  'hubness-reduction-sbert': 'holds-in-part',
  'keep-your-distance': 'holds',
  'keep-your-distance-collapse': 'holds-in-part',
  'keep-your-distance-text': 'holds-in-part',
  'keep-your-distance-tokens': 'holds-in-part',
  'keep-your-distance-translation': 'holds-in-part',
  'ldreg': 'holds-in-part',
  'less-is-more-local-intrinsic-dimensions': 'holds-in-part',
  'less-is-more-local-intrinsic-dimensions-training': 'holds-in-part',
  'local-topology-measures-contextual-lm': 'holds-in-part',
  'on-the-stepwise-nature-of-self-supervised-learning': 'holds-in-part',
  'rankme': 'holds-in-part',
  'rankme-training': 'holds-in-part',
  'redundancy-isotropy-id-prompt-embeddings': 'holds-in-part',
  'rethinking-positive-pairs-contrastive-learning': 'holds-in-part',
  't-regs': 'holds',
  't-regs-training': 'holds-in-part',
  'theoretical-analysis-contrastive-unsupervised-representation': 'holds-in-part',
  'unsupervised-manifold-linearizing-and-clustering': 'holds-in-part',
};
