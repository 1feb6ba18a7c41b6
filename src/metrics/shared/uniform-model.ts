import type { KnnGraph } from '../../core/graph.ts';
import type { Random } from '../../core/random.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { yieldToEventLoop } from '../../engine/yield.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { NeighborDraws, SpanningTree, SpectrumDraws, UniformModel } from '../contract.ts';
import { spanningTreeOf, TREE_ROWS } from './spanning-tree.ts';
import { spectrumDraws } from './spectrum-draws.ts';

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
  const drawAll = (r: number, rows = n) => uniformPoints(rows, d, random.fork('draw').fork(r));
  let spectra: Promise<SpectrumDraws> | undefined;
  let trees: Promise<readonly SpanningTree[]> | undefined;
  const drawTrees = async () => {
    const drawn: SpanningTree[] = [];
    for (let r = 0; r < TREES; r++) {
      drawn.push(await spanningTreeOf(drawAll(r, Math.min(n, TREE_ROWS)), work));
    }
    return drawn;
  };
  return {
    n,
    d,
    engine,
    lengths,
    draw: drawAll,
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

/** Draws from which on quantiles are read off, where the draws have all n rows. */
const DRAWS_FOR_QUANTILES = 100;

/**
 * Mean and 95 % interval of a statistic of n rows from its values in draws of m ≤ n rows.
 *
 * With many draws of all n rows, the interval is between their quantiles. Otherwise it is that of a
 * normal law whose spread shrinks like 1/√n, with the uncertainty of the simulated mean added.
 */
export function simulatedInterval(
  values: readonly number[],
  m: number,
  n: number,
): { readonly mean: number; readonly low: number; readonly high: number } {
  const count = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / count;
  if (m === n && count >= DRAWS_FOR_QUANTILES) {
    const sorted = Float64Array.from(values).sort();
    return { mean, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  }
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const variance = (squares / Math.max(1, count - 1)) * (m / n + 1 / count);
  const half = 1.96 * Math.sqrt(variance);
  return { mean, low: mean - half, high: mean + half };
}

/** Between neighbouring order statistics, linear; a new draw is below it with probability p. */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length + 1) - 1;
  const i = Math.max(0, Math.min(sorted.length - 2, Math.floor(at)));
  return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
}

/** "200 draws of 50 points", "10 draws of 1,313 points in place of 31,636". */
export function drawsInWords({ rows, graphs }: NeighborDraws, n: number): string {
  const instead = rows < n ? ` in place of ${grouped(n)}` : '';
  return `${graphs.length} draws of ${grouped(rows)} points${instead}`;
}

/** 31636 as "31,636". */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
