import { hubnessReduction } from '../metrics/support/hubness-references.ts';
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
    {
      authors: 'Suzuki, Hara, Shimbo, Saerens, Fukumizu',
      title: 'Centering Similarity Measures to Reduce Hubs',
      year: 2013,
      source: 'ACL Anthology D13-1058',
      part: 'similarity of centred vectors',
    },
    hubnessReduction('centring, Eq. (2)'),
  ],
  options: {},
  correction: () => 'centring',
});
