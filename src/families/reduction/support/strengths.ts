import { InputError } from '../../../core/errors.ts';
import type { KnnGraph } from '../../../core/graph.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import type { Work } from '../../../engine/engine.ts';
import { spanningTreeOf } from '../../../structures/trees/spanning-tree.ts';
import { fuzzyUnion } from './fuzzy-map.ts';
import { type Edges, undirectedEdges } from './layout-edges.ts';
import { meanDistanceOf } from './membership.ts';
import { mergeHeights, type PairDistances, pairAt, shortestPaths } from './pair-distances.ts';
import { pairDistances } from './smacof.ts';

export const STRENGTHS = ['single-linkage', 'fuzzy', 'exponential', 'maximal-linkage'] as const;
export type StrengthKind = (typeof STRENGTHS)[number];

/** A table of all pairs is made up to so many rows. */
const MOST_ROWS = 2000;

export interface StrengthOptions {
  readonly strengths: StrengthKind;
  /** The distance at which a strength is 1/e; 0: the mean distance of the neighbours in the graph. */
  readonly scale: number;
}

/** How strongly rows are joined, as edges or as distances −scale·ln strength. */
export interface Strengths {
  readonly scale: number;
  readonly edges: () => Edges;
  readonly distances: (tick: (done: number) => Promise<void>) => Promise<PairDistances>;
}

/** Whether every pair has a strength of its own, so that there is a table of all. */
export const isLinkage = (kind: StrengthKind) =>
  kind === 'single-linkage' || kind === 'maximal-linkage';

/** The strengths of the pairs of rows. */
export async function strengthsOf(
  points: Matrix,
  graph: KnnGraph,
  { strengths, scale: asked }: StrengthOptions,
  work: Work,
): Promise<Strengths> {
  const scale = asked || meanDistanceOf(graph) || 1;
  const { rows: n } = points;
  if (isLinkage(strengths)) {
    const distances =
      strengths === 'single-linkage'
        ? mergeHeights(await spanningTreeOf(points, work))
        : pairDistances(points);
    return { scale, edges: () => allEdges(distances, n, scale), distances: async () => distances };
  }
  const edges =
    strengths === 'fuzzy'
      ? fuzzyUnion(graph, meanDistanceOf(graph))
      : undirectedEdges(
          graph,
          graph.distances.map((d) => exp(-d / scale)),
          Math.max,
        );
  return {
    scale,
    edges: () => edges,
    async distances(tick) {
      const lengths = edges.weights.map((weight) => scale * Math.max(0, -log(weight)));
      const paths = await shortestPaths(edges, lengths, tick);
      if (paths.includes(Infinity))
        throw new InputError(
          'functorial',
          `the graph of ${graph.k} neighbours falls into parts, and no path tells their distance: take more neighbours (k, --k), or the strengths single-linkage.`,
        );
      return paths;
    },
  };
}

/** @throws InputError where a table of all pairs would be too large */
export function requireFewRows(n: number, what: string): void {
  if (n <= MOST_ROWS) return;
  throw new InputError(
    'functorial',
    `${what} makes a table of all pairs, of at most ${MOST_ROWS} rows; got ${n}: take fewer rows, or the strengths fuzzy or exponential with the objective umap or spectral.`,
  );
}

/** An edge for each pair whose strength is above 0. */
function allEdges(distances: PairDistances, n: number, scale: number): Edges {
  const heads = new Int32Array(distances.length);
  const tails = new Int32Array(distances.length);
  const weights = new Float64Array(distances.length);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const weight = exp(-distances[pairAt(i, j)] / scale);
      if (!(weight > 0)) continue;
      heads[count] = i;
      tails[count] = j;
      weights[count] = weight;
      count += 1;
    }
  }
  return {
    n,
    heads: heads.slice(0, count),
    tails: tails.slice(0, count),
    weights: weights.slice(0, count),
  };
}
