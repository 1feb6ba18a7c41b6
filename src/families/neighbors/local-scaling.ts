import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
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
    cite(sources.selfTuningSpectralClustering, 'Eq. (1): the affinity with local scales'),
    cite(sources.localAndGlobalScaling, 'local scaling against hubs'),
  ],
  options: {},
  correction: () => 'local scaling',
});
