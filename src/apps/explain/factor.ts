import { requireFinite } from '../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { gathered } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import { idealWords } from '../../families/directions/index.ts';
import { MethodRun } from '../../method/method.ts';
import { fourSumGap, squaredNorm } from '../../numerics/rows/dot.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { wilsonInterval } from '../../numerics/statistics/intervals.ts';
import { type Directions, spaceMark } from '../../structures/directions/index.ts';
import {
  explainedShuffled,
  type FactorColumn,
  factorGrid,
  type GridDesign,
  gridDesign,
  type IdealWords,
  idealWordsOf,
  isComplete,
  type LeftOut,
  leaveOneOut,
  residualFinder,
  spanBound,
  type ValueWeights,
  warningsOf,
} from '../../structures/factor-grid/index.ts';

/** Grids with their cells shuffled, of which the mean is told. */
const SHUFFLES = 5;
/** Cells shown that the sums fit worst. */
const WORST = 5;

export interface FactorOptions {
  /** How the values of a factor weigh. Default `uniform`. */
  readonly weights?: ValueWeights | undefined;
  /** Rows are first scaled to length 1. Default true. */
  readonly unit?: boolean | undefined;
  /** Cells left out and asked for at most; default 500. */
  readonly asked?: number | undefined;
  readonly seed?: number | undefined;
  /** The row of each entry of the columns; left out, entry i is row i. */
  readonly rows?: ArrayLike<number> | undefined;
  /** Default: the best there is for these rows. */
  readonly engine?: Engine | undefined;
}

export interface ExplainedFactors {
  readonly cells: number;
  /** Whether all combinations of values are there. */
  readonly complete: boolean;
  readonly factors: readonly {
    readonly name: string;
    readonly values: number;
    /** Share of the variance of the cells that its vectors make. */
    readonly varianceExplained: number;
  }[];
  /** Share of the variance of the cells that sums of one vector a factor explain. */
  readonly varianceExplained: number;
  /** The same where cells of one value of the narrowest factor have changed places, mean of five draws. */
  readonly shuffled: number;
  /** Dimensions that such sums span at most: 1 + Σ(nᵢ − 1). */
  readonly spanBound: number;
  /** A cell predicted by all others: how often the row nearest to that is the cell. */
  readonly leaveOneOut: {
    readonly top1: number;
    /** 95 %, for cells like these. */
    readonly interval: { readonly low: number; readonly high: number };
    readonly baselines: { readonly threeCosAdd: number; readonly nearest: number };
    readonly asked: number;
    readonly candidates: number;
  } | null;
  /** The cells that the sums fit worst: their values, and the share of their squared distance from u₀ that is left. */
  readonly worst: readonly { readonly values: readonly string[]; readonly left: number }[];
  readonly warnings: readonly string[];
  readonly engine: EngineName;
}

/**
 * Says how far the rows of a grid are sums of one vector for each factor (ideal words), beside shuffled cells, and
 * whether a cell is found again by what the others say of it.
 *
 * @example
 * const { varianceExplained, shuffled, leaveOneOut } = await explainFactors(vectors, [
 *   { name: 'country', values: countries },
 *   { name: 'form', values: forms },
 * ]);
 */
export async function explainFactors(
  given: GivenPoints,
  columns: readonly FactorColumn[],
  {
    weights = 'uniform',
    unit = true,
    asked = 500,
    seed = 0,
    rows: entries,
    engine: own,
  }: FactorOptions = {},
  { signal, onProgress }: RunControls = {},
): Promise<ExplainedFactors> {
  const where = 'explain factor';
  const rows = requireFinite(where, givenPoints(where, given));
  const points = unit ? unitOrZeroRows(rows).points : rows;
  const engine = await new MethodRun({ engine: own }).engineFor(points);
  const grid = factorGrid(where, points, columns, entries);
  const design = gridDesign(where, grid, weights);
  const words = idealWordsOf(design);
  const random = Random.fromSeed(seed).fork('explain-factor');
  let shuffled = 0;
  for (let draw = 0; draw < SHUFFLES; draw++) {
    signal?.throwIfAborted();
    shuffled += explainedShuffled(design, random.fork(draw)) / SHUFFLES;
    onProgress?.({ stage: 'shuffled grids', done: (draw + 1) / SHUFFLES });
  }
  const work = { signal, onProgress: (done: number) => onProgress?.({ stage: 'cells', done }) };
  const left = await leaveOneOut(design, words, points, { most: asked, random, engine, work });
  return {
    cells: grid.cells.rows,
    complete: isComplete(grid),
    factors: grid.factors.map(({ name, values }, f) => ({
      name,
      values: values.length,
      varianceExplained: words.byFactor[f],
    })),
    varianceExplained: words.explained,
    shuffled,
    spanBound: spanBound(grid),
    leaveOneOut: toldOf(left),
    worst: worstOf(design, words),
    warnings: remarksOn(design, words, left),
    engine: engine.name,
  };
}

/** The ideal words of the same grid as named directions, which a file keeps and rows are moved by. */
export async function factorDirections(
  given: GivenPoints,
  columns: readonly FactorColumn[],
  { weights = 'uniform', unit = true, rows: entries, engine }: FactorOptions = {},
  { signal }: RunControls = {},
  source?: string,
): Promise<Directions> {
  const where = 'explain factor';
  const rows = requireFinite(where, givenPoints(where, given));
  const points = unit ? unitOrZeroRows(rows).points : rows;
  const factors = Object.fromEntries(columns.map(({ name, values }) => [name, values]));
  const { directions } = await idealWords(
    { points: entries ? gathered(points, entries) : points, factors, source },
    { weights },
    { engine, signal },
  );
  return { ...directions, space: spaceMark(points) };
}

const shareOf = (hits: Uint8Array) => hits.reduce((sum, hit) => sum + hit, 0) / hits.length;

function toldOf({
  cells,
  idealWords,
  threeCosAdd,
  nearest,
  candidates,
}: LeftOut): ExplainedFactors['leaveOneOut'] {
  if (cells.length === 0) return null;
  const top1 = shareOf(idealWords);
  return {
    top1,
    interval: wilsonInterval(top1, cells.length),
    baselines: { threeCosAdd: shareOf(threeCosAdd), nearest: shareOf(nearest) },
    asked: cells.length,
    candidates,
  };
}

function worstOf(design: GridDesign, words: IdealWords) {
  const { grid, groups } = design;
  const { factors, levels, cells } = grid;
  const [k, d] = [factors.length, cells.cols];
  const residualOf = residualFinder(design, words);
  const left = new Float64Array(cells.rows);
  for (const i of groups.cells) {
    const residual = residualOf(i);
    const rest = squaredNorm(residual);
    const all = fourSumGap(cells.data, i * d, words.origin, 0, d);
    left[i] = all > 0 ? rest / all : 0;
  }
  return Array.from(largestPlaces(left, 0, left.length, WORST), (i) => ({
    values: factors.map(({ values }, f) => values[levels[i * k + f]]),
    left: left[i],
  }));
}

function remarksOn(design: GridDesign, { explained }: IdealWords, { cells }: LeftOut): string[] {
  const { rank, grid } = design;
  const out: string[] = [];
  if (Number.isNaN(explained))
    out.push('All cells have the same vector: there is nothing to explain.');
  out.push(...warningsOf(design));
  if (rank >= grid.cells.rows)
    out.push('There are no more cells than ideal words: sums explain all of any vectors.');
  else if (cells.length === 0)
    out.push(
      'No cell can be left out: each is the only one of a value, or has no analogy in the grid.',
    );
  return out;
}
