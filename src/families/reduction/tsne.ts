import { alike, type Matrix, toFloat64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { neighborGraph } from '../../structures/neighbors/neighbor-graph.ts';
import { defineReduction } from './define.ts';
import { givenStart } from './support/layout-start.ts';
import { givenScaledStart, principalStart } from './support/principal-start.ts';
import { layOut, neighborhood, sneOptions } from './support/sne-layout.ts';
import { placedInPlane, placingNeighborhood } from './support/sne-place.ts';
import { planeTarget } from './support/sne-plane.ts';

/**
 * Stochastic neighbour embedding with Student's t: a map in which near rows stay near.
 *
 *     p(j|i) ∝ exp(−βᵢ‖xᵢ − xⱼ‖²),   p(i, j) = (p(j|i) + p(i|j))/2n,   βᵢ such that pᵢ has the perplexity
 *     q(i, j) = k(i, j)/Z,   k(i, j) = 1/(1 + ‖yᵢ − yⱼ‖²),   Z = Σ_{i≠j} k(i, j)
 *     minimise KL(P‖Q):   ¼ ∂KL/∂yᵢ = Σⱼ p(i, j)·k(i, j)·(yᵢ − yⱼ) − (1/Z) Σⱼ k(i, j)²(yᵢ − yⱼ)
 *
 * with X n × d and y of m = 1, 2 or 3 numbers. P goes over the 3·perplexity nearest neighbours. Layouts begin at the
 * principal coordinates, so that the seed hardly matters, and take 250 steps with P exaggerated and 750 without.
 *
 * @remarks Use it to see which rows are near one another: groups and their neighbourhoods are faithful, sizes of groups
 * and distances between them are not. Take `pca` where distances matter, and an `exaggeration` of 2 to 4 beyond some
 * 100,000 rows, whose groups else run into one another. Pairs are summed one by one up to 4,000 rows; above,
 * repulsion takes O(n) a step and one convolution on a mesh in one and two dimensions, O(n log n) by a tree in three.
 * New rows are placed among the fitted ones, which stay.
 * @example
 * import { matrix } from 'tammes';
 * import { tsne } from 'tammes/reduction';
 *
 * // Two groups of four points, far apart in three dimensions.
 * const rows = Array.from({ length: 8 }, (_, i) => [i < 4 ? 0 : 9, i % 2, (i >> 1) % 2]);
 * const { points } = await tsne(matrix(new Float64Array(rows.flat()), 8, 3), { dim: 1 });
 * const first = [...points.data.subarray(0, 4)];
 * const second = [...points.data.subarray(4)];
 * console.log(Math.max(...first) < Math.min(...second) || Math.max(...second) < Math.min(...first)); // true
 * @function
 */
export const tsne = /* @__PURE__ */ defineReduction({
  id: 'tsne',
  title: 't-SNE',
  summary: 'A map in one to three dimensions that keeps near rows near.',
  references: [
    cite(sources.visualizingDataUsingTsne, 'section 3'),
    cite(sources.interpolationBasedTsne, 'interpolation on a mesh'),
    cite(sources.acceleratingTsne, 'the tree, in three dimensions'),
    cite(sources.automatedParametersForTsne, 'the learning rate'),
  ],
  dims: { usual: 2, atMost: 3 },
  uses: ['neighbors', 'checkpoint', 'start'],
  options: sneOptions,
  deviations: [
    'The mesh interpolates the potential by cubic splines and differentiates it: one convolution a step where the paper takes four.',
    'Layouts begin at scaled principal coordinates, not at random ones.',
  ],
  async fit(points, options, context) {
    const { engine, random, run, work } = context;
    const { k, perplexity } = neighborhood(options.perplexity, points.rows);
    const { neighbors } = run.options;
    const { graph, warnings: ofLists } = await neighborGraph(points, k, {
      engine,
      random,
      neighbors,
      ...work,
    });
    const dim = options.dim as 1 | 2 | 3;
    const given = givenStart('tsne', run.options, points.rows, dim);
    const start = given
      ? givenScaledStart(given, options.seed)
      : await principalStart(centered(points), dim, options.seed, engine, work);
    const { places, facts, warnings } = await layOut(
      'tsne',
      graph,
      undefined,
      (joint) => planeTarget(joint, start, dim),
      options,
      context,
    );
    return {
      settings: { perplexity },
      arrays: { points, map: places },
      points: places,
      facts,
      warnings: [...ofLists, ...warnings],
    };
  },
  async place({ settings, arrays: { points, map } }, rows, { engine, work }) {
    const { k, perplexity } = placingNeighborhood(points.rows, Number(settings['perplexity']));
    const graph = await engine.nearestAmong(rows, alike(points, rows), k, work);
    return placedInPlane(graph, toFloat64(map) as Matrix<Float64Array>, perplexity);
  },
});
