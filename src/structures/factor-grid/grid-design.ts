import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { eigh } from '../../numerics/decompositions/index.ts';
import { type FactorGrid, widestFactor } from './factor-grid.ts';

/** How the values of a factor weigh: alike, or as often as rows have them. */
export type ValueWeights = 'uniform' | 'counts';

/**
 * The least squares of cells on the values of their factors, but for the cells' vectors.
 *
 * The widest factor, which may have many values, is eliminated by means within its values (its groups); what is left are
 * the p values of the others, of which only the p × p products less the groups' means are held.
 */
export interface GridDesign {
  readonly grid: FactorGrid;
  /** Weight of each value, factor by factor; each factor's sum to 1. */
  readonly weights: readonly Float64Array[];
  /** Product of the weights of a cell's values, m. */
  readonly cellWeights: Float64Array;
  readonly widest: number;
  /** Σ of the cells' weights in each group. */
  readonly groupWeights: Float64Array;
  /** The cells of group g are `cells[e]` for offsets[g] ≤ e < offsets[g + 1]. */
  readonly groups: { readonly offsets: Int32Array; readonly cells: Int32Array };
  /** Where the values of each other factor begin among the p; −1 for the widest. */
  readonly starts: readonly number[];
  readonly p: number;
  /** Mean of the p indicators in each group, n₁ × p. */
  readonly groupMeans: Matrix<Float64Array>;
  /** Pseudo-inverse of the products, p × p. */
  readonly inverse: Matrix<Float64Array>;
  /** Free numbers of the fit, for each coordinate. */
  readonly rank: number;
}

/** Products that are this much smaller than the largest are rounding. */
const NOTHING = 1e-10;
/** Values of all factors but the widest beyond which the products take too long. */
const MOST_VALUES = 1500;

export function gridDesign(where: string, grid: FactorGrid, weighted: ValueWeights): GridDesign {
  const { factors } = grid;
  const widest = widestFactor(grid);
  const starts: number[] = [];
  let p = 0;
  for (const [f, { values }] of factors.entries()) {
    starts.push(f === widest ? -1 : p);
    if (f !== widest) p += values.length;
  }
  if (p > MOST_VALUES)
    throw new InputError(
      where,
      `all factors but "${factors[widest].name}" have ${p} values together; at most ${MOST_VALUES} can be solved for.`,
    );
  const weights = weightsOf(grid, weighted);
  const cellWeights = productsOf(grid, weights);
  const shape = { grid, weights, cellWeights, widest, starts, p };
  const { groupWeights, groupMeans } = groupsOf(shape);
  const { inverse, rank } = pseudoInverse(productsWithin({ ...shape, groupMeans }));
  const values = factors[widest].values.length;
  const groups = cellsOfGroups(grid, widest);
  return { ...shape, groupWeights, groups, groupMeans, inverse, rank: values + rank };
}

function cellsOfGroups({ factors, levels, cells }: FactorGrid, widest: number) {
  const k = factors.length;
  const offsets = new Int32Array(factors[widest].values.length + 1);
  for (let i = 0; i < cells.rows; i++) offsets[levels[i * k + widest] + 1]++;
  for (let g = 1; g < offsets.length; g++) offsets[g] += offsets[g - 1];
  const next = offsets.slice();
  const members = new Int32Array(cells.rows);
  for (let i = 0; i < cells.rows; i++) members[next[levels[i * k + widest]]++] = i;
  return { offsets, cells: members };
}

function weightsOf({ factors, levels, rowsOf }: FactorGrid, weighted: ValueWeights) {
  const k = factors.length;
  const counts = factors.map(({ values }) => new Float64Array(values.length));
  for (const [i, rows] of rowsOf.entries())
    for (let f = 0; f < k; f++) counts[f][levels[i * k + f]] += rows.length;
  const all = rowsOf.reduce((sum, rows) => sum + rows.length, 0);
  return counts.map((own) =>
    weighted === 'uniform' ? own.map(() => 1 / own.length) : own.map((count) => count / all),
  );
}

function productsOf({ factors, cells, levels }: FactorGrid, weights: readonly Float64Array[]) {
  const k = factors.length;
  return Float64Array.from({ length: cells.rows }, (_, i) =>
    weights.reduce((product, own, f) => product * own[levels[i * k + f]], 1),
  );
}

type Shape = Pick<GridDesign, 'grid' | 'weights' | 'cellWeights' | 'widest' | 'starts' | 'p'>;

function groupsOf({ grid, cellWeights, widest, starts, p }: Shape) {
  const { factors, cells, levels } = grid;
  const k = factors.length;
  const groupMeans = zeros64(factors[widest].values.length, p);
  const groupWeights = new Float64Array(groupMeans.rows);
  for (let i = 0; i < cells.rows; i++) {
    const group = levels[i * k + widest];
    groupWeights[group] += cellWeights[i];
    for (let f = 0; f < k; f++)
      if (f !== widest)
        groupMeans.data[group * p + starts[f] + levels[i * k + f]] += cellWeights[i];
  }
  for (let e = 0; e < groupMeans.data.length; e++)
    groupMeans.data[e] /= groupWeights[Math.floor(e / p)];
  return { groupWeights, groupMeans };
}

/** Σ w·z̃z̃ᵀ over the cells, z̃ the indicators of a cell's p values less their means in its group. */
function productsWithin(design: Shape & Pick<GridDesign, 'groupMeans'>): Matrix<Float64Array> {
  const { p, cellWeights } = design;
  const out = zeros64(p, p);
  const own = new Float64Array(p);
  for (let i = 0; i < cellWeights.length; i++) {
    indicatorsWithin(design, i, own);
    for (let a = 0; a < p; a++) {
      if (own[a] === 0) continue;
      const scaled = cellWeights[i] * own[a];
      for (let b = 0; b < p; b++) out.data[a * p + b] += scaled * own[b];
    }
  }
  return out;
}

/** z̃ of cell i into `target`. */
export function indicatorsWithin(
  { grid, widest, starts, p, groupMeans }: Shape & Pick<GridDesign, 'groupMeans'>,
  i: number,
  target: Float64Array,
): void {
  const k = grid.factors.length;
  const group = grid.levels[i * k + widest];
  for (let a = 0; a < p; a++) target[a] = -groupMeans.data[group * p + a];
  for (let f = 0; f < k; f++) if (f !== widest) target[starts[f] + grid.levels[i * k + f]] += 1;
}

function pseudoInverse(products: Matrix<Float64Array>) {
  const { rows: p } = products;
  const { values, vectors } = eigh(products);
  const inverse = zeros64(p, p);
  let rank = 0;
  for (let e = 0; e < p; e++) {
    if (!(values[e] > NOTHING * values[0])) continue;
    rank += 1;
    for (let a = 0; a < p; a++) {
      const scaled = vectors.data[e * p + a] / values[e];
      for (let b = 0; b < p; b++) inverse.data[a * p + b] += scaled * vectors.data[e * p + b];
    }
  }
  return { inverse, rank };
}

/** How much of a cell's fitted vector is the cell itself, in [0, 1]: at 1 nothing else says what it is. */
export function leverageOf(design: GridDesign, i: number): number {
  const { grid, widest, p, cellWeights, groupWeights, inverse } = design;
  const own = new Float64Array(p);
  indicatorsWithin(design, i, own);
  let within = 0;
  for (let a = 0; a < p; a++) {
    let sum = 0;
    for (let b = 0; b < p; b++) sum += inverse.data[a * p + b] * own[b];
    within += own[a] * sum;
  }
  const group = grid.levels[i * grid.factors.length + widest];
  return cellWeights[i] * (1 / groupWeights[group] + within);
}

/** Dimensions that the sums of a full grid span at most: 1 + Σ(nᵢ − 1). */
export function spanBound({ factors }: Pick<FactorGrid, 'factors'>): number {
  return factors.reduce((sum, { values }) => sum + values.length - 1, 1);
}

/** What is to be said of a grid whose cells do not fix all ideal words; nothing where they do. */
export function warningsOf({ rank, grid }: GridDesign): string[] {
  const missing = spanBound(grid) - rank;
  return missing > 0
    ? [
        `The cells do not say all ideal words: ${counted(missing, 'more combination')} would join the parts of the grid that share no value.`,
      ]
    : [];
}
