import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by the cosine of the centred rows, xᵢ − μ with μ the mean row: hubs are the rows near the
 * mean, and lose what all rows share.
 *
 * @function
 */
export const centering = /* @__PURE__ */ defineHubCorrection({
  id: 'centering',
  title: 'Centring',
  summary: 'Re-ranks neighbours by the cosine of the rows less their mean.',
  references: [
    cite(sources.centeringSimilarityMeasures, 'similarity of centred vectors'),
    cite(papers.hubnessReductionSbert, 'centring, Eq. (2)'),
  ],
  options: {},
  correction: () => 'centring',
});
