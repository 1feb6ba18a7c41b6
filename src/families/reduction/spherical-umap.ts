import { OptionError } from '../../core/errors.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineReduction } from './define.ts';
import { fuzzyLayout, placedInFuzzyLayout } from './support/fuzzy-layout.ts';
import { fuzzyOptions } from './support/fuzzy-map.ts';

/**
 * UMAP on a sphere: the map has no edge, and closed data stay closed.
 *
 *     q_ij = 1/(1 + a(R·θ_ij)^(2b)),   θ_ij the angle between yᵢ and yⱼ,   loss = −Σ w_ij ln q_ij − Σ (1 − w_ij) ln(1 − q_ij)
 *
 * with X n × d, y unit rows of m numbers (3: the sphere in space), and the weights w, a and b of `umap`. A row moves
 * along great circles, in the tangent plane at its place, and is brought back to length 1. R says how large the sphere is in the
 * units of `minDist` and `spread`.
 *
 * The start is the graph's leading eigenvectors, each row over its length: for rows of a sphere these are their places.
 * A new row is placed as by `umap`, on the sphere.
 *
 * @remarks Use it where the data go around: directions, places on the globe, cycles in two ways; and to turn a map in a viewer.
 * For a flat picture take `umap`.
 * @example
 * import { matrix } from 'tammes';
 * import { sphericalUmap } from 'tammes/reduction';
 *
 * // The corners of an octahedron: each row of the map has length 1.
 * const corners = matrix(new Float64Array([1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1]), 6, 3);
 * const { points } = await sphericalUmap(corners, { k: 5 });
 * console.log(Math.hypot(...points.data.subarray(0, 3)).toFixed(3)); // 1.000
 * @function
 */
export const sphericalUmap = /* @__PURE__ */ defineReduction({
  id: 'spherical-umap',
  title: 'UMAP on a sphere',
  summary: 'A map of fuzzy neighbourhoods on a sphere: closed data stay closed.',
  references: [cite(sources.umap, 'algorithms 1 to 5, with great-circle distances in the map')],
  dims: { usual: 3 },
  uses: ['neighbors', 'checkpoint', 'start'],
  options: {
    ...fuzzyOptions,
    radius: number(1.5, 'Radius of the sphere in the units of these distances.', {
      min: 1e-3,
      max: 1e3,
      symbol: 'R',
    }),
  },
  async fit(points, options, context) {
    if (options.dim < 2) throw new OptionError('spherical-umap', 'dim', '2 or more', options.dim);
    return fuzzyLayout('spherical-umap', points, options, context, options.radius);
  },
  place: placedInFuzzyLayout,
});
