import { alike } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineReduction } from './define.ts';
import {
  diffusionArrays,
  diffusionCoordinates,
  diffusionOptions,
  extendedCoordinates,
} from './support/diffusion.ts';

/**
 * Diffusion map: rows are near where a random walk from neighbour to neighbour goes from one to the other.
 *
 *     W_ij = exp(−‖xᵢ − xⱼ‖²/σᵢσⱼ) for neighbours,   W_ii = 1,   qᵢ = Σⱼ W_ij
 *     K_ij = W_ij/(qᵢqⱼ)^α,   P = K over its row sums,   P·ψ = λψ
 *     yᵢ = (λ₁ᵗψ₁(i), …, λₘᵗψₘ(i)),   of a new row: ψ(x) = Σⱼ p(x, xⱼ)ψⱼ/λ
 *
 * with X n × d and the m largest eigenvalues after λ₀ = 1; ψ has mean square 1 under the walk's own distribution. With α = 1
 * the walk follows the geometry of the rows whatever their density (Laplace–Beltrami).
 *
 * @remarks Use it where rows lie along a curve or surface: its coordinates run along it, slowest first, where `pca` shows its
 * shadow. Clusters without rows between them become points, and in sparse data the first coordinates tell small groups
 * from all else: take `umap` to look at clusters. A warning says where the neighbour graph falls into parts. `diffusion-net`
 * gives new rows their place without keeping the fitted ones. O(n²d) for exact neighbours, O(nkm) for each product with the
 * graph.
 * @example
 * import { matrix } from 'tammes';
 * import { diffusionMap } from 'tammes/reduction';
 *
 * // A spiral of one turn and a half: the first coordinate runs along it.
 * const at = Array.from({ length: 60 }, (_, i) => 0.1 + i / 6.3);
 * const spiral = matrix(new Float64Array(at.flatMap((t) => [t * Math.cos(t), t * Math.sin(t)])), 60, 2);
 * const { points } = await diffusionMap(spiral, { dim: 1, k: 5 });
 * const steps = Array.from(points.data.subarray(1), (y, i) => Math.sign(y - points.data[i]));
 * console.log(Math.abs(steps.reduce((a, b) => a + b))); // 59
 * @function
 */
export const diffusionMap = /* @__PURE__ */ defineReduction({
  id: 'diffusion-map',
  title: 'Diffusion map',
  summary: 'Coordinates along curves and surfaces, from a random walk among neighbours.',
  references: [cite(sources.diffusionMaps, 'sections 2 and 3, with its family of normalisations')],
  dims: { usual: 2 },
  uses: ['neighbors'],
  options: diffusionOptions,
  deviations: [
    'The kernel is cut off beyond the nearest neighbours, and each row has its own scale where none is given.',
  ],
  async fit(points, options, context) {
    const found = await diffusionCoordinates('diffusion-map', points, options, context);
    return {
      settings: { k: found.k, bandwidth: options.bandwidth },
      arrays: diffusionArrays(points, found),
      points: alike(found.coordinates, points),
      facts: found.facts,
      warnings: found.warnings,
    };
  },
  place: extendedCoordinates,
});
