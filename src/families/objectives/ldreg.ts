import { ShapeError } from '../../core/errors.ts';
import type { Floats, Matrix } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean, choice, integer, number } from '../../method/options.ts';
import { defineObjective } from './define.ts';

/**
 * LDReg: raises the local intrinsic dimension at every row, by the method of moments from its neighbors.
 *
 *     loss = −(1/n) Σᵢ ln LIDᵢ               (form l1)
 *     loss = −√((1/n) Σᵢ (ln LIDᵢ)²)         (form l2)
 *     LIDᵢ = μᵢ/(wᵢ − μᵢ)
 *
 * with X n × d of rows of any length, μᵢ the mean distance to the k nearest other rows and wᵢ the distance to
 * the kth; e^(−loss) of l1 is the geometric mean of the dimensions, since power laws of distances lie
 * |ln(θ₂/θ₁)| apart. LID does not change with scale and is at most 1/ε, at k equal distances. The neighbors
 * count as fixed unless `detach` is false: the gradient is then that of the loss. A row that coincides with its
 * k nearest counts as dimension 1, without force.
 *
 * @remarks Use it where the rows fill all directions and still lie on a thin sheet, which losses of the whole
 * set do not see; a small weight suffices (0.01 for SimCLR, 0.005 for BYOL). It does not spread points: a
 * collapsed set of full local dimension is fine with it, so put it beside a loss that does. In `disperse` take a learning rate of 0.01 or so. Read the value
 * against the same k and n: with k near n it says more of the whole than of the neighborhood. O(n²d).
 * @example
 * import { matrix } from 'tammes';
 * import { ldreg } from 'tammes/objectives';
 *
 * // A pentagon: sides s and diagonals φs, so LID = (1 + φ)/(φ − 1) = φ³.
 * const angles = Array.from({ length: 5 }, (_, i) => (2 * Math.PI * i) / 5);
 * const ring = Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)]));
 * const { loss } = await ldreg(matrix(ring, 5, 2), { epsilon: 1e-9 });
 * console.log(Math.exp(-loss).toFixed(4), (((1 + Math.sqrt(5)) / 2) ** 3).toFixed(4)); // 4.2361 4.2361
 * @function
 */
export const ldreg = /* @__PURE__ */ defineObjective({
  id: 'ldreg',
  title: 'LDReg: local dimensionality regularization',
  summary: 'Raises the local intrinsic dimension at every row, estimated from its neighbors.',
  space: 'euclidean',
  references: [cite(papers.ldreg, 'the estimate by the method of moments; the L1 and L2 forms')],
  deviations: [
    'The authors’ code leaves the kth distance out of the mean: its LID is less by (LID + 1)/k.',
    'ε·wᵢ is added to wᵢ − μᵢ, so that equal distances give 1/ε instead of infinity.',
    'k is at most n − 1.',
  ],
  options: {
    k: integer(64, 'Neighbors of a row; at most n − 1 of them count.', { min: 2, symbol: 'k' }),
    form: choice(
      ['l1', 'l2'],
      'l1',
      'Mean of the logarithms, or root of the mean of their squares.',
    ),
    detach: boolean(true, 'Whether neighbors count as fixed, as in the paper.'),
    epsilon: number(1e-4, 'Least gap to the kth distance, as a share of it.', {
      min: 1e-12,
      max: 0.1,
      symbol: 'ε',
    }),
  },
  async lossAndGradient(points, { k, form, detach, epsilon }, gradient, { engine, signal }) {
    const { rows: n, cols: d } = points;
    if (n < 3) throw new ShapeError('ldreg', 'at least 3 points', `${n} × ${d}`);
    const count = Math.min(k, n - 1);
    const { indices, distances } = await engine.nearest(points, count, { signal });
    const g = gradient.data.fill(0);
    const moments = new Float64Array(n);
    const logs = new Float64Array(n);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      moments[i] = meanOf(distances, i * count, count);
      logs[i] = logDimension(moments[i], distances[(i + 1) * count - 1], epsilon);
      sum += form === 'l1' ? logs[i] : logs[i] * logs[i];
    }
    const loss = form === 'l1' ? -sum / n : -Math.sqrt(sum / n);
    const slopes = new Float64Array(count);
    for (let i = 0; i < n; i++) {
      const outer = form === 'l1' ? -1 / n : loss === 0 ? 0 : logs[i] / (n * loss);
      const lengths = distances.subarray(i * count, (i + 1) * count);
      if (lengths[count - 1] === 0 || outer === 0) continue;
      pullsInto(lengths, moments[i], epsilon, outer, slopes);
      const neighbors = indices.subarray(i * count, (i + 1) * count);
      addPulls(points, i, neighbors, slopes, g);
      if (!detach) addReactions(points, i, neighbors, slopes, g);
    }
    return loss;
  },
});

function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += values[at];
  return sum / count;
}

/** ln LID of a mean distance and the last one; 0 where all are 0. */
function logDimension(mean: number, last: number, epsilon: number): number {
  return last === 0 ? 0 : log(mean) - log((1 + epsilon) * last - mean);
}

/** ∂(outer·ln LID)/∂ρ divided by ρ, for each distance ρ of a row; 0 where ρ is. */
function pullsInto(
  lengths: Float64Array,
  mean: number,
  epsilon: number,
  outer: number,
  pulls: Float64Array,
): void {
  const count = lengths.length;
  const gap = (1 + epsilon) * lengths[count - 1] - mean;
  const each = (outer / count) * (1 / mean + 1 / gap);
  for (let r = 0; r < count; r++) {
    const slope = r === count - 1 ? each - (outer * (1 + epsilon)) / gap : each;
    pulls[r] = lengths[r] > 0 ? slope / lengths[r] : 0;
  }
}

/** Adds Σⱼ pullⱼ·(xᵢ − xⱼ) to row i of the gradient; four neighbors at a time, which halves the time. */
function addPulls(
  { data: x, cols: d }: Matrix,
  i: number,
  neighbors: Int32Array,
  pulls: Float64Array,
  g: Floats,
): void {
  const own = Float64Array.from(x.subarray(i * d, (i + 1) * d));
  const sum = new Float64Array(d);
  const count = pulls.length;
  const whole = count - (count % 4);
  for (let r = 0; r < whole; r += 4) {
    const [p0, p1, p2, p3] = pulls.subarray(r, r + 4);
    const a = neighbors[r] * d;
    const b = neighbors[r + 1] * d;
    const e = neighbors[r + 2] * d;
    const f = neighbors[r + 3] * d;
    for (let c = 0; c < d; c++) {
      const at = own[c];
      sum[c] +=
        p0 * (at - x[a + c]) + p1 * (at - x[b + c]) + p2 * (at - x[e + c]) + p3 * (at - x[f + c]);
    }
  }
  for (let r = whole; r < count; r++) {
    const other = neighbors[r] * d;
    for (let c = 0; c < d; c++) sum[c] += pulls[r] * (own[c] - x[other + c]);
  }
  for (let c = 0; c < d; c++) g[i * d + c] += sum[c];
}

/** Adds pullⱼ·(xⱼ − xᵢ) to every row j of the gradient. */
function addReactions(
  { data: x, cols: d }: Matrix,
  i: number,
  neighbors: Int32Array,
  pulls: Float64Array,
  g: Floats,
): void {
  for (let r = 0; r < pulls.length; r++) {
    const other = neighbors[r] * d;
    for (let c = 0; c < d; c++) g[other + c] += pulls[r] * (x[other + c] - x[i * d + c]);
  }
}
