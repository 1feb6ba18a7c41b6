import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { eigh } from '../../linalg/eigh.ts';
import type { Reference } from '../../method/method.ts';
import { type Classes, classMeans, productsWith } from './classes.ts';
import { centeredMeans } from './linear-probe.ts';

// @__NO_SIDE_EFFECTS__
export function neuralCollapse(part: string): Reference {
  return {
    authors: 'Papyan, Han, Donoho',
    title: 'Prevalence of neural collapse during the terminal phase of deep learning training',
    year: 2020,
    source: 'arXiv:2008.08186',
    part,
  };
}

/** tr(Σ_W Σ_B⁺)/C, with Σ_B = 1/C Σ_c (μ_c − μ)(μ_c − μ)ᵀ and Σ_W the mean over rows within classes. */
export async function withinOverBetween(
  points: Matrix,
  classes: Classes,
  engine: Engine,
): Promise<number> {
  const means = classMeans(points, classes);
  const centered = centeredMeans(means);
  const { rows: c, cols: d } = centered;
  const { values, vectors } = eigh(scaledGram(centered, 1 / c));
  const rank = values.filter((value) => value > values[0] * c * 2 ** -44).length;
  // Unit eigenvectors of Σ_B: Mᵀu_k/√(C s_k).
  const axes = zeros64(rank, d);
  for (let k = 0; k < rank; k++) {
    for (let j = 0; j < c; j++) {
      const weight = vectors.data[k * c + j] / Math.sqrt(c * values[k]);
      for (let e = 0; e < d; e++) axes.data[k * d + e] += weight * centered.data[j * d + e];
    }
  }
  const along = await productsWith(points, axes, engine);
  const ofMeans = productsOf(means, axes);
  const n = points.rows;
  let trace = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < rank; k++) {
      const gap = along.data[i * rank + k] - ofMeans.data[classes.of[i] * rank + k];
      trace += (gap * gap) / values[k] / n;
    }
  }
  return trace / c;
}

/** Cosines between the centred class means, C × C. */
export function meanCosines(points: Matrix, classes: Classes): Matrix<Float64Array> {
  const gram = scaledGram(centeredMeans(classMeans(points, classes)), 1);
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
  const d = a.cols;
  const out = zeros64(a.rows, b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let e = 0; e < d; e++) sum += a.data[i * d + e] * b.data[j * d + e];
      out.data[i * b.rows + j] = sum;
    }
  }
  return out;
}
