import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { labelLocus, nextLabel } from '../../families/classifiers/index.ts';
import { shortestPathsFrom } from '../../structures/neighbors/graph-paths.ts';

/** What Fréchet means reach on trees, grids and complete graphs, and with how many labels a tree is reached. */
export function reachOfGraphs(random: Random, trees: number) {
  const n = 30;
  let [whole, next, drawn] = [0, 0, 0];
  for (let t = 0; t < trees; t++) {
    const own = random.fork(t);
    const edges = Array.from({ length: n - 1 }, (_, i): [number, number] => [
      i + 1,
      own.integer(i + 1),
    ]);
    const distances = pathDistances(n, edges);
    const degree = new Int32Array(n);
    for (const edge of edges) for (const node of edge) degree[node] += 1;
    const leaves = Int32Array.from(degree.keys()).filter((node) => degree[node] === 1);
    if (labelLocus(distances, leaves).length === n) whole += 1;
    const order = own.sample(n);
    const observed = [order[0]];
    for (let more = nextLabel(distances, observed); more !== undefined; ) {
      observed.push(more);
      more = nextLabel(distances, observed);
    }
    let count = 1;
    while (labelLocus(distances, order.subarray(0, count)).length < n) count += 1;
    next += observed.length;
    drawn += count;
  }
  const flat = matrix(
    Float64Array.from({ length: n * n }, (_, e) => Number(e % (n + 1) !== 0)),
    n,
    n,
  );
  const complete = labelLocus(flat, random.sample(n, 10)).length - 10;
  return {
    trees: whole / trees,
    corners: gridReach(5, 6),
    complete,
    next: next / trees,
    drawn: drawn / trees,
  };
}

/** The share of a grid that its corners reach. */
function gridReach(w: number, h: number): number {
  const edges: [number, number][] = [];
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      if (x > 0) edges.push([y * w + x, y * w + x - 1]);
      if (y > 0) edges.push([y * w + x, y * w + x - w]);
    }
  const corners = [0, w - 1, w * (h - 1), w * h - 1];
  return labelLocus(pathDistances(w * h, edges), corners).length / (w * h);
}

/** Steps between the labels of a graph. */
export function pathDistances(
  n: number,
  edges: readonly (readonly [number, number])[],
): Matrix<Float64Array> {
  const to: number[][] = Array.from({ length: n }, () => []);
  for (const [a, b] of edges) {
    to[a].push(b);
    to[b].push(a);
  }
  const graph = { n, to, lengths: to.map((own) => own.map(() => 1)) };
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) out.data.set(shortestPathsFrom(graph, i), i * n);
  return out;
}
