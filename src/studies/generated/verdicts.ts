// Written by `npm run generate` from the folders.
import type { Verdict } from '../support/judge.ts';

/** What the last full run of each study found. */
export const VERDICTS_OF_STUDIES: Readonly<Record<string, Verdict>> = {
  'comparative-study-sentence-embedding-semantic-variation': 'holds-in-part',
  'convergent-learning': 'holds',
  'equiangular-basis-vectors': 'holds-in-part',
  'estimating-shape-distances-limited-samples': 'holds-in-part',
  'geometry-of-tokens-internal-representations': 'holds-in-part',
  'grassmann-class-representation': 'holds-in-part',
  'hubness-reduction-sbert': 'holds-in-part',
  'keep-your-distance': 'holds',
  'keep-your-distance-images': 'holds-in-part',
  'less-is-more-local-intrinsic-dimensions': 'holds-in-part',
  'local-topology-measures-contextual-lm': 'holds-in-part',
  'rankme': 'holds-in-part',
  'redundancy-isotropy-id-prompt-embeddings': 'holds-in-part',
  't-regs': 'holds',
};
