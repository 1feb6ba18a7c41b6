import type { Matrix } from '../../core/matrix.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { number } from '../../method/options.ts';
import {
  type SpanningTree,
  spanningTreeByProducts,
  spanningTreeOf,
} from '../../structures/trees/spanning-tree.ts';
import { defineObjective } from './define.ts';
import { pairCount } from './support/pair-energy.ts';

/**
 * T-REGS: lengthens the minimum spanning tree of the points, and holds them near the unit sphere.
 *
 *     loss = γ·L_E + λ·L_S
 *     L_E = −(1/n) Σ_{(i,j) ∈ MST} ‖xᵢ − xⱼ‖,   L_S = (1/n) Σᵢ (‖xᵢ‖ − 1)²
 *
 * with X n × d and MST the Euclidean minimum spanning tree of its rows. On unit rows L_S is 0 and only the
 * tree counts; off the sphere (on the manifold `euclidean`) λ is what keeps the tree from growing without
 * end. For n ≤ d + 1 the least is at a regular simplex (Theorem 4.1). Not differentiable where two trees
 * are equally long: the one that Prim's algorithm finds from row 0 counts. Coincident points get no force.
 *
 * @remarks Use it against collapse in small batches: every edge pulls with the same force, so clusters and
 * empty directions are felt, which losses of the nearest neighbours alone do not see. For large n take
 * `uniformity` or `sliced`: the products of all rows are O(n²d) a step and the tree O(n²) in one thread, and
 * beyond 2048 rows all of it is. −loss/γ is the
 * length of the tree per point, which is √(2n/(n − 1))·(n − 1)/n at a simplex; compare with uniform points.
 * @example
 * import { matrix } from 'tammes';
 * import { tRegs } from 'tammes/objectives';
 *
 * // Three edges of a square, each √2, over four points.
 * const square = matrix(new Float64Array([1, 0, 0, 1, -1, 0, 0, -1]), 4, 2);
 * const { loss } = await tRegs(square, { gamma: 1 });
 * console.log(loss.toFixed(4), ((-3 / 4) * Math.SQRT2).toFixed(4)); // -1.0607 -1.0607
 * @function
 */
export const tRegs = /* @__PURE__ */ defineObjective({
  id: 't-regs',
  title: 'T-REGS: minimum spanning tree regularization',
  summary:
    'Lengthens the minimum spanning tree of the points: spreads clusters and fills directions.',
  space: 'euclidean',
  references: [cite(papers.tRegs, 'Eq. (4) to (6)')],
  options: {
    gamma: number(0.2, 'Weight of the length of the tree.', { min: 0, symbol: 'γ' }),
    lambda: number(8e-4, 'Weight of the pull to length 1, for points off the sphere.', {
      min: 0,
      symbol: 'λ',
    }),
  },
  async lossAndGradient(points, { gamma, lambda }, gradient, { engine, signal }) {
    pairCount('t-regs', points);
    const tree = await treeOf(points, engine, { signal });
    gradient.data.fill(0);
    return (
      lengthen(points, tree, gamma / points.rows, gradient) +
      holdNearSphere(points, lambda / points.rows, gradient)
    );
  },
});

/** −(γ/n) Σ over the edges of their length, and its gradient. */
function lengthen(
  { data: x, cols: d }: Matrix,
  { from, to, lengths }: SpanningTree,
  weight: number,
  { data: g }: Matrix,
): number {
  let loss = 0;
  for (let edge = 0; edge < lengths.length; edge++) {
    const length = lengths[edge];
    loss -= weight * length;
    if (length === 0) continue; // no direction; `disperse` parts coincident points beforehand
    const [a, b] = [from[edge] * d, to[edge] * d];
    const scale = -weight / length;
    for (let c = 0; c < d; c++) {
      const step = scale * (x[a + c] - x[b + c]);
      g[a + c] += step;
      g[b + c] -= step;
    }
  }
  return loss;
}

/** (λ/n) Σᵢ (‖xᵢ‖ − 1)², and its gradient. */
function holdNearSphere(
  { data: x, rows, cols: d }: Matrix,
  weight: number,
  { data: g }: Matrix,
): number {
  let loss = 0;
  for (let start = 0; start < rows * d; start += d) {
    let squared = 0;
    for (let c = 0; c < d; c++) squared += x[start + c] ** 2;
    const norm = Math.sqrt(squared);
    loss += weight * (norm - 1) ** 2;
    if (norm === 0) continue;
    const scale = (2 * weight * (norm - 1)) / norm;
    for (let c = 0; c < d; c++) g[start + c] += scale * x[start + c];
  }
  return loss;
}

/** Above, the products of all pairs would take more than 32 MB. */
const MOST_PRODUCTS = 2048;

/** The tree by products of all rows at once, at a tenth of the time; of many rows by distances one by one. */
function treeOf(points: Matrix, engine: Engine, work: Work): Promise<SpanningTree> {
  return points.rows > MOST_PRODUCTS
    ? spanningTreeOf(points, work)
    : spanningTreeByProducts(points, engine, work);
}
