import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Run } from '../../core/run.ts';
import { type ColumnBins, columnBins } from './column-bins.ts';

/** What rows are to be told apart by: numbers, n × C, or the place of each row's class among C. */
export type TreeTargets =
  | Matrix<Float64Array>
  | { readonly of: Int32Array; readonly classes: number };

export interface TreeOptions {
  /** Most questions from the root to a leaf. */
  readonly depth: number;
  /** Fewest rows of a leaf. */
  readonly leafRows: number;
  /** Most leaves; Infinity: as many as there are. */
  readonly leaves: number;
  /** Most thresholds tried in a column; columns of more numbers are cut at quantiles. At most 65,535. */
  readonly thresholds: number;
}

/** A binary tree of questions: a row goes left where its number in a column is at most a threshold. The root is node 0. */
export interface DecisionTree {
  /** Of each node; −1 in a leaf. */
  readonly columns: Int32Array;
  readonly thresholds: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Rows that came to each node. */
  readonly counts: Int32Array;
  /** Nodes × C: mean of their targets. */
  readonly values: Matrix<Float64Array>;
}

interface Split {
  readonly column: number;
  /** Rows of a bin up to this one go left. */
  readonly bin: number;
  readonly threshold: number;
  /** By how much the sum of squares about the means falls. */
  readonly gain: number;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly depth: number;
  readonly split: Split | undefined;
}

/**
 * A classification or regression tree (Breiman, Friedman, Olshen and Stone, 1984): the leaf whose best question takes most
 * off the sum of squares Σ‖tᵢ − t̄‖² (n times Gini's impurity for classes) is asked next, until nothing is gained. Of
 * equally good questions the one of the lower column counts, then of the lower threshold.
 */
export async function decisionTree(
  points: Matrix,
  targets: TreeTargets,
  options: TreeOptions,
  run: Run,
): Promise<DecisionTree> {
  const bins = await columnBins(points, options.thresholds, run);
  const sums = sumsOf(targets);
  const grown: { counts: number[]; values: Float64Array[]; asks: (Split & Children)[] } = {
    counts: [],
    values: [],
    asks: [],
  };
  const leafOf = async (rows: Int32Array, depth: number): Promise<Leaf> => {
    await run.tick({ stage: 'tree', done: 0.5 });
    const total = sums.total(rows);
    const node = grown.counts.push(rows.length) - 1;
    grown.values.push(total.map((sum) => sum / rows.length));
    const split =
      depth < options.depth ? bestSplit(bins, rows, total, sums, options.leafRows) : undefined;
    return { node, rows, depth, split };
  };
  const open = [
    await leafOf(
      Int32Array.from({ length: points.rows }, (_, i) => i),
      0,
    ),
  ];
  for (let leaves = 1; leaves < options.leaves; leaves++) {
    const next = largest(open);
    if (!next?.split) break;
    open.splice(open.indexOf(next), 1);
    const { column, bin } = next.split;
    const own = bins.bins.subarray(column * bins.rows, (column + 1) * bins.rows);
    const left = await leafOf(
      next.rows.filter((i) => own[i] <= bin),
      next.depth + 1,
    );
    const right = await leafOf(
      next.rows.filter((i) => own[i] > bin),
      next.depth + 1,
    );
    grown.asks[next.node] = { ...next.split, left: left.node, right: right.node };
    open.push(left, right);
  }
  return treeOf(grown.counts, grown.values, grown.asks);
}

interface Children {
  readonly left: number;
  readonly right: number;
}

function largest(open: readonly Leaf[]): Leaf | undefined {
  let best: Leaf | undefined;
  for (const leaf of open)
    if (leaf.split && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
  return best;
}

function treeOf(
  counts: readonly number[],
  values: readonly Float64Array[],
  asks: readonly ((Split & Children) | undefined)[],
): DecisionTree {
  const of = (name: 'column' | 'left' | 'right') =>
    Int32Array.from(counts, (_, node) => asks[node]?.[name] ?? -1);
  const all = zeros64(values.length, values[0].length);
  values.forEach((own, node) => {
    all.data.set(own, node * all.cols);
  });
  return {
    columns: of('column'),
    thresholds: Float64Array.from(counts, (_, node) => asks[node]?.threshold ?? 0),
    left: of('left'),
    right: of('right'),
    counts: Int32Array.from(counts),
    values: all,
  };
}

/** How targets are summed. */
interface TargetSums {
  readonly classes: number;
  readonly total: (rows: Int32Array) => Float64Array;
  /** Adds the targets of a row to `into` from place `at` on. */
  readonly add: (row: number, into: Float64Array, at: number) => void;
}

function sumsOf(targets: TreeTargets): TargetSums {
  const classes = 'of' in targets ? targets.classes : targets.cols;
  const add =
    'of' in targets
      ? (row: number, into: Float64Array, at: number) => {
          into[at + targets.of[row]] += 1;
        }
      : (row: number, into: Float64Array, at: number) => {
          for (let c = 0; c < classes; c++) into[at + c] += targets.data[row * classes + c];
        };
  const total = (rows: Int32Array) => {
    const sums = new Float64Array(classes);
    for (const row of rows) add(row, sums, 0);
    return sums;
  };
  return { classes, total, add };
}

/** Below this share of the node's own squares a gain is rounding. */
const ROUNDING = 1e-12;

function bestSplit(
  bins: ColumnBins,
  rows: Int32Array,
  total: Float64Array,
  sums: TargetSums,
  leafRows: number,
): Split | undefined {
  const n = rows.length;
  if (n < 2 * leafRows) return undefined;
  const base = squares(total) / n;
  let best: Split | undefined;
  let least = ROUNDING * base;
  const most = bins.lows.reduce((longest, own) => Math.max(longest, own.length), 0);
  const counts = new Int32Array(most);
  const inBins = new Float64Array(most * sums.classes);
  for (let column = 0; column < bins.cols; column++) {
    const count = bins.lows[column].length;
    if (count < 2) continue;
    const own = bins.bins.subarray(column * bins.rows, (column + 1) * bins.rows);
    counts.fill(0, 0, count);
    inBins.fill(0, 0, count * sums.classes);
    for (let r = 0; r < n; r++) {
      const bin = own[rows[r]];
      counts[bin] += 1;
      sums.add(rows[r], inBins, bin * sums.classes);
    }
    const found = bestBin(counts.subarray(0, count), inBins, total, leafRows, n);
    if (found.bin < 0 || found.score - base <= least) continue;
    least = found.score - base;
    const threshold = between(bins.highs[column][found.bin], bins.lows[column][found.next]);
    best = { column, bin: found.bin, threshold, gain: least };
  }
  return best;
}

/** The bin after which a cut leaves most of the squares to the means of both sides: ‖Σt‖²/n, summed. */
function bestBin(
  counts: Int32Array,
  inBins: Float64Array,
  total: Float64Array,
  leafRows: number,
  n: number,
) {
  const classes = total.length;
  const left = new Float64Array(classes);
  let [seen, score, bin, next] = [0, -Infinity, -1, -1];
  for (let b = 0; b < counts.length && seen < n; b++) {
    if (counts[b] === 0) continue;
    if (bin >= 0 && next < 0) next = b;
    seen += counts[b];
    let [onLeft, onRight] = [0, 0];
    for (let c = 0; c < classes; c++) {
      left[c] += inBins[b * classes + c];
      onLeft += left[c] * left[c];
      onRight += (total[c] - left[c]) ** 2;
    }
    if (seen < leafRows || n - seen < leafRows) continue;
    const own = onLeft / seen + onRight / (n - seen);
    if (own > score) [score, bin, next] = [own, b, -1];
  }
  return { score, bin, next };
}

function squares(x: Float64Array): number {
  return x.reduce((sum, own) => sum + own * own, 0);
}

/** A number from `low` on and below `high`, halfway where there is one. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** The leaf that each row comes to. */
export function leavesOf(
  { columns, thresholds, left, right }: Omit<DecisionTree, 'counts' | 'values'>,
  { data, rows: n, cols: d }: Matrix,
): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => {
    let node = 0;
    while (columns[node] >= 0)
      node = data[i * d + columns[node]] <= thresholds[node] ? left[node] : right[node];
    return node;
  });
}

/** r × C: the means of the leaves that rows come to. */
export function treeValues(tree: Omit<DecisionTree, 'counts'>, rows: Matrix): Matrix<Float64Array> {
  const { data, cols } = tree.values;
  const out = new Float64Array(rows.rows * cols);
  for (const [i, leaf] of leavesOf(tree, rows).entries())
    out.set(data.subarray(leaf * cols, (leaf + 1) * cols), i * cols);
  return matrix(out, rows.rows, cols);
}
