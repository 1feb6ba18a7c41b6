// Written by `npm run generate` from the folders.
import type { Study } from '../define.ts';

export const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
  'convergent-learning': () => import('../convergent-learning.ts'),
  'estimating-shape-distances-limited-samples': () => import('../estimating-shape-distances-limited-samples.ts'),
  'hubness-reduction-sbert': () => import('../hubness-reduction-sbert.ts'),
  'keep-your-distance': () => import('../keep-your-distance.ts'),
};
