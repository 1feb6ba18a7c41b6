import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineReduction } from './define.ts';
import { fuzzyLayout, placedInFuzzyLayout } from './support/fuzzy-layout.ts';
import { fuzzyOptions } from './support/fuzzy-map.ts';

/**
 * UMAP: a map whose near rows are those that are near in the data, by the cross entropy of two fuzzy graphs.
 *
 *     p_ij = exp(−max(0, d_ij − ρᵢ)/σᵢ),   Σⱼ p_ij = log₂ k,   w_ij = p_ij + p_ji − p_ij·p_ji
 *     q_ij = 1/(1 + a‖yᵢ − yⱼ‖^(2b)),   loss = −Σ w_ij ln q_ij − Σ (1 − w_ij) ln(1 − q_ij)
 *
 * with X n × d, y of m numbers, over the k nearest rows j of each row i, itself counted. Edges are followed as often as their weight
 * says, each with a few rows drawn at random in place of the second sum. a and b make q nearest to a curve that
 * is 1 up to `minDist` and falls by e with each `spread` beyond.
 *
 * A new row goes to where its nearest fitted rows lie and from there down its own loss, the fitted rows held
 * still and the same ones of them pushing it: its place does not depend on the rows that come with it.
 *
 * @remarks Use it to look at clusters and neighbourhoods of many rows: it is the fastest map here, and the same seed
 * gives the same bytes. Distances between clusters, their sizes and densities say little; for distances take `pca`.
 * `tammes reduce` says how many neighbours the map keeps. O(nkm) a round, beside the search for neighbours.
 * @example
 * import { matrix } from 'tammes';
 * import { umap } from 'tammes/reduction';
 *
 * // Two clusters of five rows on a line: each row's nearest row in the map is of its own cluster.
 * const line = matrix(new Float64Array([0, 1, 2, 3, 4, 100, 101, 102, 103, 104]), 10, 1);
 * const { points } = await umap(line, { dim: 1, k: 4 });
 * const gap = Math.abs(points.data[0] - points.data[9]);
 * console.log(gap > Math.abs(points.data[0] - points.data[4])); // true
 * @function
 */
export const umap = /* @__PURE__ */ defineReduction({
  id: 'umap',
  title: 'UMAP',
  summary: 'A map of fuzzy neighbourhoods: near rows stay near, many rows take seconds.',
  references: [cite(sources.umap, 'algorithms 1 to 5')],
  dims: { usual: 2 },
  uses: ['neighbors', 'checkpoint', 'start'],
  options: fuzzyOptions,
  deviations: [
    'Where the graph falls into parts, principal components are the start.',
    'Powers of distances come from a table, to 2e-4, so that they have the same bits everywhere.',
  ],
  fit: (points, options, context) => fuzzyLayout('umap', points, options, context),
  place: placedInFuzzyLayout,
});
