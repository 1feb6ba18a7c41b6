import { globalScaling } from '../metrics/support/hubness-references.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by d²/(σᵢσⱼ), σ the distance of a row to its k-th neighbour: in the same order as the
 * affinity exp(−d²/(σᵢσⱼ)). A hub has a small σ, and so is far from rows whose σ is large.
 *
 * @function
 */
export const localScaling = /* @__PURE__ */ defineHubCorrection({
  id: 'local-scaling',
  title: 'Local scaling',
  summary: 'Re-ranks neighbours by distances relative to those of both rows to their k-th.',
  references: [
    {
      authors: 'Zelnik-Manor, Perona',
      title: 'Self-Tuning Spectral Clustering',
      year: 2004,
      source: 'NeurIPS 17:1601-1608',
      part: 'Eq. (1): the affinity with local scales',
    },
    globalScaling('local scaling against hubs'),
  ],
  options: {},
  correction: () => 'local scaling',
});
