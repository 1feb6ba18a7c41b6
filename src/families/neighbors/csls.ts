import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by −(2cᵢⱼ − r(i) − r(j)), c the cosine and r the mean cosine of a row to its k nearest:
 * cross-domain similarity local scaling, within one set.
 *
 * @function
 */
export const csls = /* @__PURE__ */ defineHubCorrection({
  id: 'csls',
  title: 'CSLS',
  summary: 'Re-ranks neighbours by cosines less the mean cosines of both rows to their nearest.',
  references: [cite(sources.wordTranslationWithoutParallelData, 'Eq. (3) and (4)')],
  options: {},
  correction: () => 'CSLS',
});
