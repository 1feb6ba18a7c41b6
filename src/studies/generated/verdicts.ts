// Written by `npm run generate` from the folders.
import type { Verdict } from '../support/judge.ts';

/** What the last full run of each study found. */
export const VERDICTS_OF_STUDIES: Readonly<Record<string, Verdict>> = {
  'convergent-learning': 'holds',
  'estimating-shape-distances-limited-samples': 'holds-in-part',
  'hubness-reduction-sbert': 'holds-in-part',
  'keep-your-distance': 'holds',
};
