import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice } from '../../method/options.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by 1 − P(a third row is farther from i than j and farther from j than i). `normal` takes the
 * cosines of i and of j to all rows for normal and independent; `empirical` counts rows in the lists of
 * both.
 *
 * @function
 */
export const mutualProximity = /* @__PURE__ */ defineHubCorrection({
  id: 'mutual-proximity',
  title: 'Mutual proximity',
  summary: 'Re-ranks neighbours by how likely two rows are each nearer to the other than a third.',
  references: [
    cite(sources.localAndGlobalScaling, 'mutual proximity, normal and empirical'),
    cite(sources.fastHubnessReduction, 'mutual proximity in lists of nearest neighbours'),
  ],
  deviations: [
    'Normal: mean and variance of the cosines to all rows, exactly, in place of those of distances in the list.',
    'Empirical: counts beyond the end of a list go on as a power of the distance.',
  ],
  options: {
    law: choice(
      ['empirical', 'normal'],
      'empirical',
      'Whether rows are counted, or their cosines taken for normal.',
    ),
  },
  correction: ({ law }) =>
    law === 'normal' ? 'mutual proximity (normal)' : 'mutual proximity (empirical)',
});
