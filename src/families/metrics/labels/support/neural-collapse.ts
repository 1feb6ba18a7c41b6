import { type Matrix, matrix, zeros64 } from '../../../../core/matrix.ts';
import { transposed } from '../../../../core/transposed.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { centered } from '../../../../numerics/rows/centered.ts';
import { rowDot, squaredLengths } from '../../../../numerics/rows/dot.ts';
import type { Measured } from '../../types.ts';
import { type Classes, classMeans, productsWith } from './classes.ts';

/** Squared length of a centred class mean of unit rows that the rounding of float32 rows leaves. */
const ROUNDING = 1e-14;

/** What a number of class means says where they are all the same: there is nothing between the classes. */
export const MEANS_COINCIDE: Measured = {
  value: NaN,
  warnings: ['the class means coincide: nothing lies between the classes.'],
};

/** Whether all classes have the same mean, to rounding. */
export function meansCoincide(means: Matrix<Float64Array>): boolean {
  return squaredLengths(centered(means)).every((x) => x <= ROUNDING);
}

/** tr(Σ_W Σ_B⁺)/C, with Σ_B = 1/C Σ_c (μ_c − μ)(μ_c − μ)ᵀ and Σ_W the mean over rows within classes. */
export async function withinOverBetween(
  points: Matrix,
  classes: Classes,
  engine: Engine,
): Promise<number> {
  const means = classMeans(points, classes);
  const { values, axes } = await betweenAxes(means, engine);
  const along = await productsWith(points, axes, engine);
  const ofMeans = productsOf(means, axes);
  const [n, rank] = [points.rows, axes.rows];
  let trace = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < rank; k++) {
      const gap = along.data[i * rank + k] - ofMeans.data[classes.of[i] * rank + k];
      trace += (gap * gap) / values[k] / n;
    }
  }
  return trace / means.rows;
}

/**
 * The same from the class means and XᵀX/n alone, uᵀΣ_W u = uᵀ(XᵀX/n)u − Σ_c n_c/n ⟨μ_c, u⟩²: quick, but
 * without digits where classes have next to collapsed.
 */
export async function withinOverBetweenOfMeans(
  means: Matrix<Float64Array>,
  classes: Classes,
  secondMoment: Matrix<Float64Array>,
  engine: Engine,
): Promise<number> {
  return (await withinOfMeans(means, classes, secondMoment, engine)).value;
}

/** The same, and the least share of uᵀ(XᵀX/n)u that lies within classes: digits of it are lost with that share. */
export async function withinOfMeans(
  means: Matrix<Float64Array>,
  { counts, of }: Classes,
  secondMoment: Matrix<Float64Array>,
  engine: Engine,
): Promise<{ readonly value: number; readonly leastShare: number }> {
  const { values, axes } = await betweenAxes(means, engine);
  const along = productsOf(axes, secondMoment);
  const ofMeans = productsOf(means, axes);
  const [d, rank] = [axes.cols, axes.rows];
  let [trace, leastShare] = [0, 1];
  for (let k = 0; k < rank; k++) {
    let within = 0;
    for (let e = 0; e < d; e++) within += along.data[k * d + e] * axes.data[k * d + e];
    const all = within;
    for (let c = 0; c < counts.length; c++) {
      within -= (counts[c] / of.length) * ofMeans.data[c * rank + k] ** 2;
    }
    trace += within / values[k];
    leastShare = Math.min(leastShare, within / all);
  }
  return { value: trace / means.rows, leastShare };
}

/** The eigenvalues of Σ_B that are not 0, and their unit eigenvectors: rank × d. */
async function betweenAxes(means: Matrix<Float64Array>, { linalg }: Engine) {
  const middle = centered(means);
  const { rows: c, cols: d } = middle;
  const wide = c <= d;
  const small = scaledGram(wide ? middle : transposed(middle), 1 / c);
  const { values, vectors } = await linalg.eigh(small);
  const rank = values.filter((value) => value > values[0] * c * 2 ** -44).length;
  if (!wide) return { values, axes: matrix(vectors.data.subarray(0, rank * d), rank, d) };
  // Mᵀu_k/√(C s_k).
  const axes = zeros64(rank, d);
  for (let k = 0; k < rank; k++) {
    for (let j = 0; j < c; j++) {
      const weight = vectors.data[k * c + j] / Math.sqrt(c * values[k]);
      for (let e = 0; e < d; e++) axes.data[k * d + e] += weight * middle.data[j * d + e];
    }
  }
  return { values, axes };
}

/** Cosines between the centred class means, C × C. */
export function meanCosines(means: Matrix<Float64Array>): Matrix<Float64Array> {
  const gram = scaledGram(centered(means), 1);
  const c = gram.rows;
  const norms = Float64Array.from({ length: c }, (_, k) => Math.sqrt(gram.data[k * c + k]));
  return matrix(
    gram.data.map((x, e) => x / (norms[Math.floor(e / c)] * norms[e % c])),
    c,
    c,
  );
}

/** s · M Mᵀ. */
function scaledGram(m: Matrix<Float64Array>, s: number): Matrix<Float64Array> {
  const { data, rows, cols } = productsOf(m, m);
  return matrix(
    data.map((x) => x * s),
    rows,
    cols,
  );
}

/** A Bᵀ in float64, of a few rows. */
function productsOf(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  const out = zeros64(a.rows, b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) out.data[i * b.rows + j] = rowDot(a, i, b, j);
  }
  return out;
}
