import { type Matrix, zeros64 } from '../../core/matrix.ts';
import type { GridDesign } from './grid-design.ts';

/** A least squares of cells on the values of their factors, from one pass over the cells and no copy of them. */
export interface GroupFit {
  /** The vectors of all values but the widest factor's, p × d. */
  readonly others: Matrix<Float64Array>;
  /** Σ w‖x − mean‖² over the cells; NaN where they are all equal. */
  readonly total: number;
  /** What is left of it. */
  readonly left: number;
}

/** Which cell's vector stands in each cell. Left out: its own. */
export type Order = Int32Array | undefined;

/** The weighted mean of a group's cells, d numbers, into `target`. */
export function groupMeanInto(
  { grid: { cells }, cellWeights, groupWeights, groups }: GridDesign,
  group: number,
  target: Float64Array,
  order?: Order,
): void {
  const { data, cols: d } = cells;
  target.fill(0);
  for (let e = groups.offsets[group]; e < groups.offsets[group + 1]; e++) {
    const cell = groups.cells[e];
    const weight = cellWeights[cell] / groupWeights[group];
    let at = (order ? order[cell] : cell) * d;
    for (let c = 0; c < d; c++) target[c] += weight * data[at++];
  }
}

/**
 * With x̄ the mean of a cell's group and z̃ its indicators less their means there: the others are the inverse times
 * Σ w·z̃·(x − x̄)ᵀ, and what they explain within the groups is their product with that sum.
 */
export function groupFit(design: GridDesign, order?: Order): GroupFit {
  const { grid, groupWeights, p } = design;
  const { data, cols: d } = grid.cells;
  const moments = zeros64(p, d);
  const mean = new Float64Array(d);
  // About a cell: squares about the origin would lose the digits of cells far from it.
  const shift = Float64Array.from(data.subarray(0, d));
  const shifts = new Float64Array(d);
  let [within, between, weight, length] = [0, 0, 0, 0];
  for (let group = 0; group < groupWeights.length; group++) {
    groupMeanInto(design, group, mean, order);
    within += addMoments(design, group, mean, order, moments);
    const own = groupWeights[group];
    let squares = 0;
    for (let c = 0; c < d; c++) {
      const gap = mean[c] - shift[c];
      squares += gap * gap;
      shifts[c] += own * gap;
      length += own * (mean[c] * mean[c]);
    }
    between += own * squares;
    weight += own;
  }
  for (let c = 0; c < d; c++) between -= (shifts[c] * shifts[c]) / weight;
  const others = inverseTimes(design, moments);
  let explained = 0;
  for (let e = 0; e < others.data.length; e++) explained += others.data[e] * moments.data[e];
  const total = within + between;
  return {
    others,
    // Equal cells differ by rounding.
    total: total > 1e-24 * (length + within) ? total : Number.NaN,
    left: Math.max(0, within - explained),
  };
}

/** Adds w·(x − x̄) of a group's cells to the rows of their values; Σ w‖x − x̄‖². */
function addMoments(
  { grid, cellWeights, groups, starts, widest }: GridDesign,
  group: number,
  mean: Float64Array,
  order: Order,
  { data: moments }: Matrix<Float64Array>,
): number {
  const { levels, cells, factors } = grid;
  const { data, cols: d } = cells;
  const k = factors.length;
  const gaps = new Float64Array(d);
  let sum = 0;
  for (let e = groups.offsets[group]; e < groups.offsets[group + 1]; e++) {
    const cell = groups.cells[e];
    const weight = cellWeights[cell];
    let at = (order ? order[cell] : cell) * d;
    let squares = 0;
    for (let c = 0; c < d; c++) {
      const gap = data[at++] - mean[c];
      squares += gap * gap;
      gaps[c] = weight * gap;
    }
    sum += weight * squares;
    for (let f = 0; f < k; f++) {
      if (f === widest) continue;
      let to = (starts[f] + levels[cell * k + f]) * d;
      for (let c = 0; c < d; c++) moments[to++] += gaps[c];
    }
  }
  return sum;
}

function inverseTimes(
  { p, inverse }: GridDesign,
  { data: moments, cols: d }: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const out = zeros64(p, d);
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) {
      const share = inverse.data[a * p + b];
      for (let c = 0; c < d; c++) out.data[a * d + c] += share * moments[b * d + c];
    }
  return out;
}

/** The vector of a value of the widest factor, into `target`: its group's mean less what the other values explain of that. */
export function widestRowInto(
  design: GridDesign,
  others: Matrix<Float64Array>,
  group: number,
  target: Float64Array,
): void {
  const { p, groupMeans } = design;
  const { cols: d } = others;
  groupMeanInto(design, group, target);
  for (let a = 0; a < p; a++) {
    const share = groupMeans.data[group * p + a];
    if (share === 0) continue;
    for (let c = 0; c < d; c++) target[c] -= share * others.data[a * d + c];
  }
}
