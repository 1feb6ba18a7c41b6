import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { type GridDesign, leverageOf } from './grid-design.ts';
import { groupFit, type Order, widestRowInto } from './group-fit.ts';

/** The sum of one vector a value of each factor that is nearest to the cells. */
export interface IdealWords {
  /** u₀, d numbers. */
  readonly origin: Float64Array;
  /** Share of the cells' variance that the sums explain; NaN where all cells are equal. */
  readonly explained: number;
  /** Σ w‖u_v‖² of each factor over the same variance; of a complete grid they sum to `explained`. */
  readonly byFactor: Float64Array;
  /** Vectors of the values of all factors but the widest, p × d, before their means are in u₀. */
  readonly others: Matrix<Float64Array>;
}

/** The ideal words of the grid. The vectors of the widest factor, which may be many, are made when they are asked for. */
export function idealWordsOf(design: GridDesign): IdealWords {
  const { grid, widest, weights, cellWeights, starts } = design;
  const { others, total, left } = groupFit(design);
  const d = grid.cells.cols;
  const origin = new Float64Array(d);
  const k = grid.factors.length;
  const byFactor = Float64Array.from(grid.factors, ({ values }, f) => {
    if (f === widest) {
      const { mean, squares } = widestMoments(design, others);
      addTo(origin, mean);
      return squares / total;
    }
    const own = matrix(rowsFrom(others, starts[f], values.length), values.length, d);
    addTo(origin, takenMean(own, weights[f]));
    const shares = new Float64Array(values.length);
    for (const [i, weight] of cellWeights.entries()) shares[grid.levels[i * k + f]] += weight;
    let sum = 0;
    for (let v = 0; v < values.length; v++)
      for (let c = v * d; c < (v + 1) * d; c++) sum += shares[v] * (own.data[c] * own.data[c]);
    return sum / total;
  });
  return { origin, explained: 1 - left / total, byFactor, others };
}

function rowsFrom({ data, cols: d }: Matrix<Float64Array>, from: number, count: number) {
  return data.slice(from * d, (from + count) * d);
}

function addTo(target: Float64Array, own: Float64Array): void {
  for (let c = 0; c < own.length; c++) target[c] += own[c];
}

/** Takes the weighted mean of the rows from them. */
function takenMean(
  { data, rows: n, cols: d }: Matrix<Float64Array>,
  weights: Float64Array,
): Float64Array {
  const mean = new Float64Array(d);
  for (let v = 0; v < n; v++) for (let c = 0; c < d; c++) mean[c] += weights[v] * data[v * d + c];
  for (let v = 0; v < n; v++) for (let c = 0; c < d; c++) data[v * d + c] -= mean[c];
  return mean;
}

/** Of the vectors of the widest factor: their mean by its weights, and Σ w‖u − mean‖² over the cells; none is kept. */
function widestMoments(design: GridDesign, others: Matrix<Float64Array>) {
  const { weights, widest, groupWeights } = design;
  const d = others.cols;
  const [own, first] = [new Float64Array(d), new Float64Array(d)];
  const [mean, sums] = [new Float64Array(d), new Float64Array(d)];
  // About the first: squares about the origin would lose the digits of vectors far from it.
  widestRowInto(design, others, 0, first);
  let [squares, all] = [0, 0];
  for (let group = 0; group < groupWeights.length; group++) {
    widestRowInto(design, others, group, own);
    const [weight, share] = [groupWeights[group], weights[widest][group]];
    let length = 0;
    for (let c = 0; c < d; c++) {
      const gap = own[c] - first[c];
      length += gap * gap;
      sums[c] += weight * gap;
      mean[c] += share * gap;
    }
    squares += weight * length;
    all += weight;
  }
  for (let c = 0; c < d; c++) {
    squares += mean[c] * (all * mean[c] - 2 * sums[c]);
    mean[c] += first[c];
  }
  return { mean, squares: Math.max(0, squares) };
}

/** For each factor n_f × d, a row for each value; weighted, the rows of a factor sum to zero. */
export function valueVectors(
  design: GridDesign,
  { others }: Pick<IdealWords, 'others'>,
): readonly Matrix<Float64Array>[] {
  const { grid, widest, starts, weights } = design;
  const d = grid.cells.cols;
  return grid.factors.map(({ values }, f) => {
    const own = zeros64(values.length, d);
    if (f !== widest) own.data.set(rowsFrom(others, starts[f], values.length));
    else
      for (let v = 0; v < values.length; v++)
        widestRowInto(design, others, v, own.data.subarray(v * d, (v + 1) * d));
    takenMean(own, weights[f]);
    return own;
  });
}

/** What is left of cells, d numbers each, which the next call overwrites; of one group after the other at best. */
export function residualFinder(design: GridDesign, { others }: Pick<IdealWords, 'others'>) {
  const { grid, widest, starts } = design;
  const { factors, levels, cells } = grid;
  const [k, d] = [factors.length, cells.cols];
  const [row, target] = [new Float64Array(d), new Float64Array(d)];
  let known = -1;
  return (cell: number): Float64Array => {
    const group = levels[cell * k + widest];
    if (group !== known) widestRowInto(design, others, group, row);
    known = group;
    for (let c = 0; c < d; c++) target[c] = cells.data[cell * d + c] - row[c];
    for (let f = 0; f < k; f++) {
      if (f === widest) continue;
      let at = (starts[f] + levels[cell * k + f]) * d;
      for (let c = 0; c < d; c++) target[c] -= others.data[at++];
    }
    return target;
  };
}

/** u₀ plus the vector of one value of each factor. */
export function composed(
  origin: Float64Array,
  vectors: readonly Matrix<Float64Array>[],
  levels: ArrayLike<number>,
): Float64Array {
  const { length: d } = origin;
  return origin.map((x, c) =>
    vectors.reduce((sum, { data }, f) => sum + data[levels[f] * d + c], x),
  );
}

/** Whether the ideal words of all other cells say what a cell is: what a leverage of 1 leaves of 1 is rounding. */
export const isSaid = (design: GridDesign, cell: number) => 1 - leverageOf(design, cell) >= 1e-8;

/**
 * What the ideal words of all other cells say of a cell, d numbers: its vector less residual/(1 − leverage), which is what
 * a fit without it gives. Undefined where the other cells do not say.
 */
export function predictedWithout(
  design: GridDesign,
  words: Pick<IdealWords, 'others'>,
  cell: number,
): Float64Array | undefined {
  if (!isSaid(design, cell)) return undefined;
  const apart = 1 - leverageOf(design, cell);
  const residual = residualFinder(design, words)(cell);
  const from = cell * residual.length;
  return residual.map((left, c) => design.grid.cells.data[from + c] - left / apart);
}

/**
 * The share explained when the vectors of each value of the narrowest factor change places among its cells: what that
 * factor explains stays, what the cells of one value of the others have in common goes.
 */
export function explainedShuffled(design: GridDesign, random: Random): number {
  const { total, left } = groupFit(design, shuffledWithin(design, random));
  return 1 - left / total;
}

function shuffledWithin({ grid }: GridDesign, random: Random): Order {
  const { factors, levels, cells } = grid;
  const k = factors.length;
  const sizes = factors.map(({ values }) => values.length);
  const narrowest = sizes.lastIndexOf(Math.min(...sizes));
  const of = factors[narrowest].values.map((): number[] => []);
  for (let i = 0; i < cells.rows; i++) of[levels[i * k + narrowest]].push(i);
  const moved = new Int32Array(cells.rows);
  for (const own of of) {
    const order = random.sample(own.length);
    for (const [at, cell] of own.entries()) moved[cell] = own[order[at]];
  }
  return moved;
}
