/** Points in three dimensions in nested boxes, in the order of a walk down the tree. */
export interface SpaceTree {
  /** Row of each point, box by box. */
  readonly order: Int32Array;
  /** Place of each point in that order, three numbers a point. */
  readonly places: Float64Array;
  /** How many boxes there are. */
  readonly boxes: number;
  /** For each box: its first point, the point after its last, and the box after all it holds. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly skip: Int32Array;
  /** For each box: the mean of its points, three numbers, and its squared diagonal. */
  readonly means: Float64Array;
  readonly diagonals: Float64Array;
}

/** A box with so few points is not split: its points are visited one by one. */
const LEAF = 8;

/** The tree of n × 3 points: each box is cut in the middle of its longest side. */
export function spaceTree(points: Float64Array): SpaceTree {
  const n = points.length / 3;
  const most = 2 * n;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const tree = {
    order,
    places: new Float64Array(3 * n),
    boxes: 0,
    first: new Int32Array(most),
    end: new Int32Array(most),
    skip: new Int32Array(most),
    means: new Float64Array(3 * most),
    diagonals: new Float64Array(most),
  };
  const bounds = new Float64Array(6);
  // Boxes still to be entered, and boxes entered whose skip is not known: −1 − box.
  const open: [from: number, to: number][] = [[0, n]];
  const closing: number[] = [];
  while (open.length > 0) {
    const [from, to] = open.pop() as [number, number];
    if (from < 0) {
      tree.skip[closing.pop() as number] = tree.boxes;
      continue;
    }
    const box = tree.boxes++;
    tree.first[box] = from;
    tree.end[box] = to;
    summarize(points, order, from, to, box, tree, bounds);
    const side = longestSide(bounds);
    const isLeaf = to - from <= LEAF || tree.diagonals[box] === 0;
    const middle = isLeaf
      ? to
      : partition(points, order, from, to, side, (bounds[side] + bounds[side + 3]) / 2);
    // Neighbouring numbers have no middle between them.
    if (middle === from || middle === to) {
      tree.skip[box] = tree.boxes;
      continue;
    }
    closing.push(box);
    open.push([-1, -1], [middle, to], [from, middle]);
  }
  for (let at = 0; at < n; at++) {
    for (let c = 0; c < 3; c++) tree.places[3 * at + c] = points[3 * order[at] + c];
  }
  return tree;
}

function summarize(
  points: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  box: number,
  { means, diagonals }: Pick<SpaceTree, 'means' | 'diagonals'>,
  bounds: Float64Array,
): void {
  let squared = 0;
  for (let c = 0; c < 3; c++) {
    let [least, most, sum] = [Infinity, -Infinity, 0];
    for (let at = from; at < to; at++) {
      const x = points[3 * order[at] + c];
      sum += x;
      if (x < least) least = x;
      if (x > most) most = x;
    }
    means[3 * box + c] = sum / (to - from);
    bounds[c] = least;
    bounds[c + 3] = most;
    squared += (most - least) * (most - least);
  }
  diagonals[box] = squared;
}

function longestSide(bounds: Float64Array): number {
  let side = 0;
  for (let c = 1; c < 3; c++) {
    if (bounds[c + 3] - bounds[c] > bounds[side + 3] - bounds[side]) side = c;
  }
  return side;
}

/** Points below the cut first; returns where the others begin. */
function partition(
  points: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  side: number,
  cut: number,
): number {
  let [low, high] = [from, to - 1];
  while (low <= high) {
    if (points[3 * order[low] + side] < cut) {
      low += 1;
      continue;
    }
    const row = order[low];
    order[low] = order[high];
    order[high] = row;
    high -= 1;
  }
  return low;
}
