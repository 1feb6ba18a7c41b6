import { alike } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineReduction } from './define.ts';
import { drawnEdges, rowsByDegree } from './support/edge-samplers.ts';
import { undirectedEdges } from './support/layout-edges.ts';
import { forcesOf } from './support/layout-forces.ts';
import { placedAmong } from './support/layout-placing.ts';
import { startOption } from './support/layout-start.ts';
import { mapByEdges, mapGraph } from './support/map-by-edges.ts';
import { perplexityWeights } from './support/perplexity.ts';

/** Keeps the push between rows at the same place finite, as in the authors' code. */
const SOFTENING = 0.1;
const CLIP = 5;
const LOWEST_RATE = 1e-4;

/**
 * LargeVis: a map by edges of the neighbour graph, drawn by their weights, and rows drawn to be kept apart.
 *
 *     p(j|i) ∝ exp(−βᵢ d_ij²),   perplexity of p(·|i) as asked,   w_ij = (p(j|i) + p(i|j))/2n
 *     maximise Σ w_ij (ln q_ij + Σ_s γ ln(1 − q_is)),   q_ij = 1/(1 + ‖yᵢ − yⱼ‖²)
 *
 * with X n × d, y of m numbers, over the k nearest other rows of each row and, for each edge, a few rows s drawn by the
 * ¾-th power of their weighted degree. The rate falls from 1 to 1e-4 along a line.
 *
 * A new row goes to where its nearest fitted rows lie and from there down its own loss, the fitted rows held
 * still and the same ones of them pushing it: its place does not depend on the rows that come with it.
 *
 * @remarks Use it for the look of t-SNE on many rows: the work grows with n. `umap` is faster, and `pca` keeps distances.
 * O(samples·n·m), beside the search for neighbours.
 * @example
 * import { matrix } from 'tammes';
 * import { largevis } from 'tammes/reduction';
 *
 * // Two clusters of five rows on a line stay two clusters.
 * const line = matrix(new Float64Array([0, 1, 2, 3, 4, 100, 101, 102, 103, 104]), 10, 1);
 * const { points } = await largevis(line, { dim: 1, k: 4, perplexity: 2 });
 * const gap = Math.abs(points.data[0] - points.data[9]);
 * console.log(gap > Math.abs(points.data[0] - points.data[4])); // true
 * @function
 */
export const largevis = /* @__PURE__ */ defineReduction({
  id: 'largevis',
  title: 'LargeVis',
  summary: 'A map by edges drawn from the neighbour graph: the look of t-SNE in linear time.',
  references: [cite(papers.largevis, 'section 3, equations 1 to 6')],
  dims: { usual: 2 },
  uses: ['neighbors', 'checkpoint', 'start'],
  options: {
    k: integer(150, 'Nearest other rows of each row.', { min: 2, symbol: 'k' }),
    perplexity: number(50, 'How many neighbours a row weighs, smoothly counted.', { min: 1 }),
    samples: integer(5000, 'Edges drawn, for each row.', { min: 1, symbol: 'T/n' }),
    gamma: number(7, 'Weight of the rows that are kept apart.', { min: 0, symbol: 'γ' }),
    negatives: integer(5, 'Rows drawn at random for each edge.', {
      min: 1,
      max: 100,
      symbol: 'M',
    }),
    start: startOption('random'),
  },
  deviations: [
    'Neighbours come from the toolkit’s own graph.',
    'Each move of a row is seen by the next one of the same edge; the authors’ code adds them up first.',
    '5,000 edges are drawn for each row; the authors’ code draws 10,000 and, of fewer than a million rows, more.',
  ],
  async fit(points, options, context) {
    const { dim, negatives, gamma, start } = options;
    const { graph, parts, ...known } = await mapGraph(points, options.k, context);
    const perplexity = Math.max(1, Math.min(options.perplexity, graph.k / 3));
    const edges = undirectedEdges(
      graph,
      perplexityWeights(graph, perplexity),
      (there, back) => (there + back) / 2,
    );
    const samples = options.samples * points.rows;
    const layout = await mapByEdges(
      points,
      {
        id: 'largevis',
        dim,
        start,
        edges,
        sampler: () => drawnEdges(edges, samples, context.random.fork('edges')),
        forces: {
          forces: studentForces(gamma),
          negatives,
          negativesMove: true,
          table: rowsByDegree(edges, tableLength(points.rows)),
          clip: CLIP,
        },
        lowestRate: LOWEST_RATE,
        settings: options,
      },
      context,
    );
    const warnings = [
      ...known.warnings,
      ...(perplexity < options.perplexity
        ? [
            `The perplexity is ${perplexity.toPrecision(3)}, a third of the ${graph.k} neighbours; ${options.perplexity} was asked for.`,
          ]
        : []),
    ];
    return {
      settings: { neighbors: graph.k, negatives, perplexity, gamma },
      arrays: { rows: points, layout },
      points: alike(layout, points),
      facts: { ...known.facts, edges: edges.weights.length, perplexity, parts },
      warnings,
    };
  },
  async place({ settings, arrays: { rows, layout } }, queries, context) {
    const { neighbors, negatives, perplexity, gamma } = settings as Settings;
    return placedAmong(
      {
        rows,
        layout,
        neighbors,
        weightsOf: (graph) => perplexityWeights(graph, perplexity),
        forces: studentForces(gamma),
        negatives,
        clip: CLIP,
      },
      queries,
      context,
    );
  },
});

type Settings = Readonly<Record<'neighbors' | 'negatives' | 'perplexity' | 'gamma', number>>;

/** The gradients of ln q and γ ln(1 − q), over y − other. */
function studentForces(gamma: number) {
  return forcesOf(
    (squared) => -2 / (1 + squared),
    (squared) => (2 * gamma) / ((SOFTENING + squared) * (1 + squared)),
  );
}

/** Entries of the table that rows are drawn from: at least 16 for each, a power of two. */
function tableLength(n: number): number {
  return 2 ** Math.max(16, Math.ceil(Math.log2(16 * n)));
}
