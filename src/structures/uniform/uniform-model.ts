import { AbortedError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { grouped } from '../../core/text.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { yieldToEventLoop } from '../../engine/yield.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { spectrumDraws } from '../spectra/spectrum-draws.ts';
import type { SpectrumDraws } from '../spectra/types.ts';
import { type SpanningTree, spanningTreesOf, TREE_ROWS } from '../trees/spanning-tree.ts';

/** n independent uniform points on the unit sphere of R^d: what a metric's value is compared with. */
export interface UniformModel {
  readonly n: number;
  readonly d: number;
  readonly engine: Engine;
  /** The lengths that the rows came with, n, for numbers about rows as they came; default: all 1. */
  readonly lengths?: Float64Array | undefined;
  /** The r-th simulated set: n × d, or fewer rows; the same at every call. */
  draw(r: number, rows?: number): Matrix;
  /** Lets the event loop run between simulated sets; throws where the caller has given up. */
  turn(): Promise<void>;
  /** The k nearest neighbours in simulated sets; drawn at most once and shared by all metrics. */
  neighborDraws(k: number): Promise<NeighborDraws>;
  /** Eigenvalues under uniform points; found at most once and shared by all metrics. */
  spectra(): Promise<SpectrumDraws>;
  /** Minimum spanning trees of five draws of n points, or of 1,000; found at most once. */
  spanningTrees(): Promise<readonly SpanningTree[]>;
}

/** Simulated sets of uniform points, of n rows each or fewer where n is large. */
export interface NeighborDraws {
  readonly rows: number;
  readonly graphs: readonly KnnGraph[];
}

/**
 * What simulation may cost, in row pairs times dimensions: a quarter of finding the neighbours of the
 * points themselves, within these limits. The least takes about 0.1 s on `wasm`, 3 s on `reference`.
 */
const LEAST_BUDGET = 1e9;
const LARGEST_BUDGET = 1e10;
const FEWEST_DRAWS = 10;
const MOST_DRAWS = 200;
const MOST_ROWS = 4000;
const TREES = 5;
/** Numbers of simulated sets that are kept: 64 MiB. */
const MOST_KEPT = 2 ** 24;

/**
 * How many sets of how many uniform points are drawn in place of n in d dimensions: all n rows as
 * long as ten sets fit the budget, fewer rows beyond. Depends on n and d alone, so that every engine
 * compares with the same null.
 */
function drawPlan(
  n: number,
  d: number,
  budget: number,
): { readonly rows: number; readonly draws: number } {
  // A pair costs something even in few dimensions.
  const pairCost = d + 16;
  const affordable = Math.floor(Math.sqrt(budget / (FEWEST_DRAWS * pairCost)));
  const rows = Math.min(n, MOST_ROWS, affordable);
  const draws = Math.floor(budget / (rows * rows * pairCost));
  return { rows, draws: Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, draws)) };
}

function budgetFor(n: number, d: number): number {
  return Math.min(LARGEST_BUDGET, Math.max(LEAST_BUDGET, (n * n * (d + 16)) / 4));
}

/**
 * A `UniformModel` that simulates with `engine` where it must. `budget` bounds the cost: row pairs
 * times dimensions over all draws.
 */
export function createUniformModel(
  { n, d, lengths }: Pick<UniformModel, 'n' | 'd' | 'lengths'>,
  engine: Engine,
  random: Random,
  work: Work = {},
  budget: number = budgetFor(n, d),
): UniformModel {
  const known = new Map<number, Promise<NeighborDraws>>();
  const draw = async (k: number): Promise<NeighborDraws> => {
    const { rows, draws } = drawPlan(n, d, budget);
    const graphs: KnnGraph[] = [];
    for (let r = 0; r < draws; r++) {
      const points = uniformPoints(rows, d, random.fork(r));
      graphs.push(await engine.nearest(points, k, { signal: work.signal }));
      work.onProgress?.((r + 1) / draws);
      // Small draws are done at once; without this none of them would let an interrupt in.
      await yieldToEventLoop();
    }
    return { rows, graphs };
  };
  // Rows are drawn one after the other, so that fewer of them begin more. Many metrics ask for the same few sets.
  const kept = new Map<number, Matrix<Float32Array>>();
  const drawAll = (r: number, rows = n) => {
    let points = kept.get(r);
    if (!points || points.rows < rows) {
      points = uniformPoints(rows, d, random.fork('draw').fork(r));
      if ((r + 1) * n * d <= MOST_KEPT) kept.set(r, points);
    }
    return matrix(points.data.slice(0, rows * d), rows, d);
  };
  let spectra: Promise<SpectrumDraws> | undefined;
  let trees: Promise<readonly SpanningTree[]> | undefined;
  const drawTrees = async () => {
    const drawn: SpanningTree[] = [];
    for (let r = 0; r < TREES; r++) {
      const points = drawAll(r, Math.min(n, TREE_ROWS));
      const all = Int32Array.from({ length: points.rows }, (_, i) => i);
      drawn.push(...(await spanningTreesOf(points, [all], engine, work)));
    }
    return drawn;
  };
  return {
    n,
    d,
    engine,
    lengths,
    draw: drawAll,
    async turn() {
      await yieldToEventLoop();
      if (work.signal?.aborted) throw new AbortedError('uniform points');
    },
    spectra() {
      spectra ??= spectrumDraws(n, d, drawAll, engine);
      return spectra;
    },
    spanningTrees() {
      trees ??= drawTrees();
      return trees;
    },
    neighborDraws(k) {
      const [enough] = [...known.keys()].filter((other) => other >= k);
      let drawn = known.get(enough ?? k);
      if (!drawn) {
        drawn = draw(k);
        known.set(k, drawn);
      }
      return drawn;
    },
  };
}

/** "200 draws of 50 points", "10 draws of 1,313 points in place of 31,636". */
export function drawsInWords({ rows, graphs }: NeighborDraws, n: number): string {
  const instead = rows < n ? ` in place of ${grouped(n)}` : '';
  return `${graphs.length} draws of ${grouped(rows)} points${instead}`;
}
