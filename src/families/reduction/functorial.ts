import { alike, type Matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineReduction } from './define.ts';
import { distanceCurve } from './support/distance-curve.ts';
import { scheduledEdges } from './support/edge-samplers.ts';
import { forcesIn } from './support/fuzzy-layout.ts';
import { epochsFor } from './support/fuzzy-map.ts';
import { degreesOf, type Edges } from './support/layout-edges.ts';
import { mapByEdges, mapGraph } from './support/map-by-edges.ts';
import { placedByStrengths } from './support/placed-by-strengths.ts';
import { scaledPlaces } from './support/scaling.ts';
import { spectralVectors } from './support/spectral-start.ts';
import {
  isLinkage,
  requireFewRows,
  STRENGTHS,
  type Strengths,
  strengthsOf,
} from './support/strengths.ts';
import type { FitContext } from './types.ts';

const OBJECTIVES = ['umap', 'mds', 'spectral'] as const;
/** Steps of the scaling where nothing is said. */
const SCALING_STEPS = 100;

/**
 * A map of two parts that are chosen apart: how strongly rows are joined, and what is asked of their places.
 *
 *     single-linkage    w_ij = exp(−h_ij/s), h_ij the height at which the clusters of i and j merge
 *     maximal-linkage   w_ij = exp(−d_ij/s), all pairs
 *     exponential       w_ij = exp(−d_ij/s), j of the k nearest of i or i of those of j
 *     fuzzy             w_ij of `umap`
 *
 *     umap              cross entropy of w and 1/(1 + a‖yᵢ − yⱼ‖^(2b)), as in `umap`
 *     mds               Σ (‖yᵢ − yⱼ‖ − δ_ij)² least, δ_ij = −s ln w_ij, along shortest paths where not all pairs are joined
 *     spectral          the m leading eigenvectors of the walk D⁻¹W after the first
 *
 * with X n × d, y of m numbers, d_ij the distances of rows and s a scale. Strengths that single linkage gives do not fall when
 * rows are added or come nearer, and no two of its distances differ by more than 2σ where no row moves by more than σ. Maximal
 * linkage with `mds` is metric scaling, exponential with `mds` Isomap, with `spectral` Laplacian eigenmaps, fuzzy with
 * `umap` UMAP; the other pairs are new maps.
 *
 * A new row lies at the mean of the places of its nearest fitted rows, weighed by e^(−d/s).
 *
 * @remarks Use it to see which part of a map makes what you see of it. Fuzzy strengths with `spectral` tell classes apart as
 * well as `umap` does; single linkage with `mds` loses half of that, and though its distances bear noise, the map made of them
 * need not: `stability` measures either. To look at clusters take `umap`, for distances `mds`. Linkages and `mds` make
 * a table of all pairs, of at most 2,000 rows: O(n²) numbers; shortest paths take O(n³).
 * @example
 * import { matrix } from 'tammes';
 * import { functorial } from 'tammes/reduction';
 *
 * // Two clusters of five rows: single linkage sees the steps within them and the one gap between.
 * const line = matrix(new Float64Array([0, 1, 2, 3, 4, 100, 101, 102, 103, 104]), 10, 1);
 * const { points } = await functorial(line, { dim: 1, strengths: 'single-linkage', objective: 'mds' });
 * const gap = Math.abs(points.data[0] - points.data[9]);
 * console.log(gap > 10 * Math.abs(points.data[0] - points.data[4])); // true
 * @function
 */
export const functorial = /* @__PURE__ */ defineReduction({
  id: 'functorial',
  title: 'Functorial maps',
  summary: 'Strengths of pairs and what is asked of a map, combined: known maps and new ones.',
  references: [cite(papers.functorialManifoldLearning, 'sections 2 to 4, and the authors’ code')],
  dims: { usual: 2 },
  uses: ['neighbors', 'checkpoint'],
  options: {
    strengths: choice(STRENGTHS, 'single-linkage', 'How strongly rows are joined.'),
    objective: choice(OBJECTIVES, 'mds', 'What is asked of their places.'),
    k: integer(15, 'Nearest rows of each row, itself counted.', { min: 2, symbol: 'k' }),
    scale: number(0, 'Distance at which a strength is 1/e; 0: the mean of those to neighbours.', {
      min: 0,
      symbol: 's',
    }),
    minDist: number(0.1, 'For umap: distance in the map up to which rows count as together.', {
      min: 0,
    }),
    spread: number(1, 'For umap: scale of distances in the map.', { min: 1e-3, max: 1e3 }),
    negatives: integer(5, 'For umap: rows drawn at random for each edge.', { min: 1, max: 100 }),
    epochs: integer(0, 'Rounds of the layout; 0: as many as in umap, and 100 steps for mds.', {
      min: 0,
    }),
  },
  deviations: [
    'Scaling is metric, as the paper’s text has it; the authors’ code takes the same distances.',
    'Strengths of the nearest neighbours are symmetric, and distances for mds go along paths: the paper names Isomap, its code has linkages alone.',
    'Eigenvectors come from 100 Lanczos steps.',
  ],
  async fit(points, options, context) {
    const { k, objective } = options;
    if (isLinkage(options.strengths)) requireFewRows(points.rows, options.strengths);
    if (objective === 'mds') requireFewRows(points.rows, objective);
    const { graph, parts, facts, warnings } = await mapGraph(points, k - 1, context);
    const { signal } = context.work;
    const strengths = await strengthsOf(points, graph, options, { signal });
    const task = { points, strengths, parts: isLinkage(options.strengths) ? 1 : parts, options };
    const { layout, facts: found } =
      objective === 'mds'
        ? await scaled(task, context)
        : objective === 'umap'
          ? await laidOut(task, context)
          : await eigenmap(task, context);
    return {
      settings: { neighbors: Math.min(k, points.rows), scale: strengths.scale },
      arrays: { rows: points, layout },
      points: alike(layout, points),
      facts: { ...facts, scale: strengths.scale, parts: task.parts, ...found },
      // A linkage joins all rows, whatever the graph of neighbours, which only sets its scale then.
      warnings: isLinkage(options.strengths) ? [] : warnings,
    };
  },
  place: placedByStrengths,
});

interface Task {
  readonly points: Matrix;
  readonly strengths: Strengths;
  readonly parts: number;
  readonly options: {
    readonly dim: number;
    readonly minDist: number;
    readonly spread: number;
    readonly negatives: number;
    readonly epochs: number;
  };
}

interface Laid {
  readonly layout: Matrix<Float64Array>;
  readonly facts: Readonly<Record<string, number>>;
}

async function scaled({ points, strengths, options }: Task, context: FitContext): Promise<Laid> {
  const { dim, epochs } = options;
  const tick = (done: number) => context.run.tick({ stage: 'paths', done: 0.99 * done });
  const distances = await strengths.distances(tick);
  const steps = epochs || SCALING_STEPS;
  const scaling = { id: 'functorial', points, dim, distances, steps, settings: options };
  const { layout, stress } = await scaledPlaces(scaling, context);
  return { layout, facts: { stress } };
}

async function laidOut(
  { points, strengths, parts, options }: Task,
  context: FitContext,
): Promise<Laid> {
  const { dim, minDist, spread, negatives } = options;
  const epochs = epochsFor(options.epochs, points);
  const edges = followed(strengths.edges(), epochs);
  const layout = await mapByEdges(
    points,
    {
      id: 'functorial',
      dim,
      start: parts > 1 ? 'pca' : 'spectral',
      edges,
      sampler: () => scheduledEdges(edges, epochs, context.random.fork('order')),
      forces: { ...forcesIn(distanceCurve(minDist, spread)), negatives, negativesMove: false },
      lowestRate: 0,
      settings: options,
    },
    context,
  );
  return { layout, facts: { edges: edges.weights.length, epochs } };
}

/** The edges that so many rounds follow at least once. */
function followed({ n, heads, tails, weights }: Edges, epochs: number): Edges {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const isFollowed = (_: number, e: number) => weights[e] * epochs >= largest;
  return {
    n,
    heads: heads.filter(isFollowed),
    tails: tails.filter(isFollowed),
    weights: weights.filter(isFollowed),
  };
}

/** Eigenvectors of D⁻¹W, each with mean square 1 where rows weigh as much as their degree. */
async function eigenmap({ strengths, options: { dim } }: Task, context: FitContext): Promise<Laid> {
  const edges = strengths.edges();
  const { random, run } = context;
  const tick = (done: number) => run.tick({ stage: 'eigenvectors of the graph', done });
  const vectors = await spectralVectors(edges, dim, random.fork('spectral'), tick);
  const degrees = degreesOf(edges);
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const layout = zeros64(vectors.rows, dim);
  for (let i = 0; i < layout.rows; i++) {
    const factor = degrees[i] > 0 ? Math.sqrt(total / degrees[i]) : 0;
    for (let c = 0; c < dim; c++) layout.data[i * dim + c] = factor * vectors.data[i * dim + c];
  }
  return { layout, facts: { edges: edges.weights.length } };
}
