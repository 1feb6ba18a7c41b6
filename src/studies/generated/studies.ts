// Written by `npm run generate` from the folders.
import type { Study } from '../define.ts';

export const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
  'hubness-reduction-sbert': () => import('../hubness-reduction-sbert.ts'),
  'keep-your-distance': () => import('../keep-your-distance.ts'),
  'less-is-more-local-intrinsic-dimensions': () => import('../less-is-more-local-intrinsic-dimensions.ts'),
  'local-topology-measures-contextual-lm': () => import('../local-topology-measures-contextual-lm.ts'),
  'rankme': () => import('../rankme.ts'),
  'redundancy-isotropy-id-prompt-embeddings': () => import('../redundancy-isotropy-id-prompt-embeddings.ts'),
  't-regs': () => import('../t-regs.ts'),
};
