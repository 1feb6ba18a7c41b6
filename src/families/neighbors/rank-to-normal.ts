import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean } from '../../method/options.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by the cosine of rows whose columns were made normal: in every column, the value of rank r of
 * n becomes Φ⁻¹((r − ½)/n), equal values their mean rank (the f-norm). Then, unless switched off, by mutual
 * proximity (normal).
 *
 * @function
 */
export const rankToNormal = /* @__PURE__ */ defineHubCorrection({
  id: 'rank-to-normal',
  title: 'Rank to normal (f-norm)',
  summary: 'Re-ranks neighbours by the cosine of rows whose columns follow the normal law.',
  references: [cite(papers.hubnessReductionSbert, 'f-norm with mutual proximity')],
  deviations: ['Normal quantiles of the ranks in place of sorted normal draws.'],
  options: { mutualProximity: boolean(true, 'Also re-rank by mutual proximity.') },
  correction: ({ mutualProximity }) =>
    mutualProximity ? 'rank to normal, mutual proximity' : 'rank to normal',
});
