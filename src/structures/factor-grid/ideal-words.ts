import { copied, type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { FactorGrid } from './factor-grid.ts';
import { type GridDesign, leverageOf } from './grid-design.ts';

/** The sum of one vector a value of each factor that is nearest to the cells. */
export interface IdealWords {
  /** u₀, d numbers. */
  readonly origin: Float64Array;
  /** For each factor n_f × d, a row for each value; weighted, the rows of a factor sum to zero. */
  readonly vectors: readonly Matrix<Float64Array>[];
  /** Cells less their fitted vectors, m × d. */
  readonly residuals: Matrix<Float64Array>;
  /** Share of the cells' variance that the sums explain; NaN where all cells are equal. */
  readonly explained: number;
  /** Σ w‖u_v‖² of each factor over the same variance; of a complete grid they sum to `explained`. */
  readonly byFactor: Float64Array;
}

/** The ideal words of the grid, or of other vectors in its cells. */
export function idealWordsOf(
  design: GridDesign,
  cells: Matrix<Float64Array> = design.grid.cells,
): IdealWords {
  const { origin, vectors } = fittedTo(design, cells);
  const residuals = residualsOf(design.grid, cells, origin, vectors);
  const { total, left } = varianceOf(design, cells, origin, vectors);
  return {
    origin,
    vectors,
    residuals,
    explained: 1 - left / total,
    byFactor: squaresByFactor(design, vectors).map((sum) => sum / total),
  };
}

type Fit = Pick<IdealWords, 'origin' | 'vectors'>;

function fittedTo(design: GridDesign, cells: Matrix<Float64Array>): Fit {
  const { grid, widest, starts } = design;
  const { cols: d } = cells;
  const groups = groupMeansOf(design, cells);
  const others = othersOf(design, cells, groups);
  const widestRows = withoutOthers(design, groups, others);
  const vectors = grid.factors.map(({ values }, f) => {
    const own = zeros64(values.length, d);
    if (f === widest) own.data.set(widestRows.data);
    else own.data.set(others.data.subarray(starts[f] * d, (starts[f] + values.length) * d));
    return own;
  });
  const origin = new Float64Array(d);
  for (const [f, own] of vectors.entries()) moveMeanInPlace(own, design.weights[f], origin);
  return { origin, vectors };
}

/** Mean of the vectors of each group. */
function groupMeansOf({ grid, widest, cellWeights, groupWeights }: GridDesign, cells: Matrix) {
  const [k, d] = [grid.factors.length, cells.cols];
  const out = zeros64(groupWeights.length, d);
  for (let i = 0; i < cells.rows; i++) {
    const group = grid.levels[i * k + widest];
    const weight = cellWeights[i] / groupWeights[group];
    for (let c = 0; c < d; c++) out.data[group * d + c] += weight * cells.data[i * d + c];
  }
  return out;
}

/** The vectors of all values but the widest factor's, p × d: the inverse times Σ w·z̃·(x − its group's mean)ᵀ. */
function othersOf(design: GridDesign, cells: Matrix, groups: Matrix): Matrix<Float64Array> {
  const { grid, widest, starts, p, cellWeights, inverse } = design;
  const [k, d] = [grid.factors.length, cells.cols];
  const moments = zeros64(p, d);
  for (let i = 0; i < cells.rows; i++) {
    const group = grid.levels[i * k + widest];
    for (let f = 0; f < k; f++) {
      if (f === widest) continue;
      const to = (starts[f] + grid.levels[i * k + f]) * d;
      for (let c = 0; c < d; c++)
        moments.data[to + c] +=
          cellWeights[i] * (cells.data[i * d + c] - groups.data[group * d + c]);
    }
  }
  const out = zeros64(p, d);
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) {
      const share = inverse.data[a * p + b];
      for (let c = 0; c < d; c++) out.data[a * d + c] += share * moments.data[b * d + c];
    }
  return out;
}

/** The groups' means less what the other values explain of them. */
function withoutOthers({ p, groupMeans }: GridDesign, groups: Matrix, others: Matrix) {
  const out = copied(groups);
  const { cols: d } = groups;
  for (let g = 0; g < groups.rows; g++)
    for (let a = 0; a < p; a++) {
      const share = groupMeans.data[g * p + a];
      if (share === 0) continue;
      for (let c = 0; c < d; c++) out.data[g * d + c] -= share * others.data[a * d + c];
    }
  return out;
}

/** Takes the weighted mean of the rows from them and adds it to `target`. */
function moveMeanInPlace(
  { data, rows: n, cols: d }: Matrix<Float64Array>,
  weights: Float64Array,
  target: Float64Array,
): void {
  const mean = new Float64Array(d);
  for (let v = 0; v < n; v++) for (let c = 0; c < d; c++) mean[c] += weights[v] * data[v * d + c];
  for (let v = 0; v < n; v++) for (let c = 0; c < d; c++) data[v * d + c] -= mean[c];
  for (let c = 0; c < d; c++) target[c] += mean[c];
}

function residualsOf(
  grid: FactorGrid,
  cells: Matrix<Float64Array>,
  origin: Float64Array,
  vectors: readonly Matrix<Float64Array>[],
): Matrix<Float64Array> {
  const { cols: d } = cells;
  const out = zeros64(cells.rows, d);
  for (let i = 0; i < cells.rows; i++)
    residualInto(grid, cells, i, { origin, vectors }, out.data.subarray(i * d, (i + 1) * d));
  return out;
}

/** What is left of a cell, d numbers. */
function residualInto(
  { levels, factors }: FactorGrid,
  { data, cols: d }: Matrix<Float64Array>,
  cell: number,
  { origin, vectors }: Fit,
  target: Float64Array,
): void {
  const k = factors.length;
  for (let c = 0; c < d; c++) target[c] = data[cell * d + c] - origin[c];
  for (let f = 0; f < k; f++) {
    const from = levels[cell * k + f] * d;
    const own = vectors[f].data;
    for (let c = 0; c < d; c++) target[c] -= own[from + c];
  }
}

/** Σ w‖x − mean‖² over the cells and what is left of it; NaN where all cells are equal. */
function varianceOf(
  { grid, cellWeights }: GridDesign,
  cells: Matrix<Float64Array>,
  origin: Float64Array,
  vectors: readonly Matrix<Float64Array>[],
) {
  const { data, rows: n, cols: d } = cells;
  const weight = cellWeights.reduce((sum, w) => sum + w, 0);
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const share = cellWeights[i] / weight;
    for (let c = 0; c < d; c++) mean[c] += share * data[i * d + c];
  }
  const residual = new Float64Array(d);
  let [total, left, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    residualInto(grid, cells, i, { origin, vectors }, residual);
    const own = cellWeights[i];
    for (let c = 0; c < d; c++) {
      const [x, gap] = [data[i * d + c], data[i * d + c] - mean[c]];
      total += own * (gap * gap);
      left += own * (residual[c] * residual[c]);
      squares += own * (x * x);
    }
  }
  // Equal cells differ by rounding.
  return { total: total > 1e-24 * squares ? total : Number.NaN, left };
}

/** Σ w‖u_v‖² over the cells, of each factor. */
function squaresByFactor({ grid, cellWeights }: GridDesign, vectors: Fit['vectors']): Float64Array {
  const k = grid.factors.length;
  return Float64Array.from(vectors, ({ data, cols: d }, f) => {
    let sum = 0;
    for (const [i, own] of cellWeights.entries()) {
      const from = grid.levels[i * k + f] * d;
      for (let c = from; c < from + d; c++) sum += own * (data[c] * data[c]);
    }
    return sum;
  });
}

/** u₀ plus the vector of one value of each factor. */
export function composed(
  { origin, vectors }: Pick<IdealWords, 'origin' | 'vectors'>,
  levels: ArrayLike<number>,
): Float64Array {
  const { length: d } = origin;
  return origin.map((x, c) =>
    vectors.reduce((sum, { data }, f) => sum + data[levels[f] * d + c], x),
  );
}

/**
 * What the ideal words of all other cells say of a cell, d numbers: its vector less residual/(1 − leverage), which is what
 * a fit without it gives. Undefined where the other cells do not say.
 */
export function predictedWithout(
  design: GridDesign,
  { residuals }: Pick<IdealWords, 'residuals'>,
  cell: number,
): Float64Array | undefined {
  const apart = 1 - leverageOf(design, cell);
  // What is left of 1 is rounding: nothing else says what the cell is.
  if (apart < 1e-8) return undefined;
  const { cells } = design.grid;
  const d = cells.cols;
  return Float64Array.from(
    { length: d },
    (_, c) => cells.data[cell * d + c] - residuals.data[cell * d + c] / apart,
  );
}

/**
 * The share explained when the vectors of each value of the narrowest factor change places among its cells: what that
 * factor explains stays, what the cells of one value of the others have in common goes.
 */
export function explainedShuffled(design: GridDesign, random: Random): number {
  const { factors, levels, cells } = design.grid;
  const [k, d] = [factors.length, cells.cols];
  const sizes = factors.map(({ values }) => values.length);
  const narrowest = sizes.lastIndexOf(Math.min(...sizes));
  const of = factors[narrowest].values.map((): number[] => []);
  for (let i = 0; i < cells.rows; i++) of[levels[i * k + narrowest]].push(i);
  const moved = copied(cells);
  for (const own of of) {
    const order = random.sample(own.length);
    for (const [at, cell] of own.entries()) {
      const from = own[order[at]] * d;
      moved.data.set(cells.data.subarray(from, from + d), cell * d);
    }
  }
  const { origin, vectors } = fittedTo(design, moved);
  const { total, left } = varianceOf(design, moved, origin, vectors);
  return 1 - left / total;
}
