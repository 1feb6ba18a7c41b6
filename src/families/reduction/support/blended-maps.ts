import { type Floats, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import { operation, type Tensor } from '../../../learning/index.ts';
import { fourSumGap } from '../../../numerics/rows/dot.ts';

/** ‖xᵢ − μ_g‖², n × G, in float64. */
export function squaredDistancesTo(rows: Matrix, centers: Matrix): Matrix<Float64Array> {
  const { rows: n, cols: d } = rows;
  const { rows: count } = centers;
  const out = zeros64(n, count);
  for (let i = 0; i < n; i++) {
    for (let g = 0; g < count; g++)
      out.data[i * count + g] = fourSumGap(rows.data, i * d, centers.data, g * d, d);
  }
  return out;
}

const LEAST_WIDTH = 1e-12;
/** Shares below e^(−it) are 0: they would be lost in the sums. */
const MOST_EXPONENT = 45;

/** a_g ∝ exp(−‖x − μ_g‖²/|s_g|) of each row, adding up to 1: n × G, into `out`. */
export function shares(
  { data, rows: n, cols: count }: Matrix,
  widths: Floats,
  out = new Float64Array(n * count),
): Float64Array {
  const own = new Float64Array(count);
  const rates = Float64Array.from(widths, (s) => 1 / Math.max(Math.abs(s), LEAST_WIDTH));
  for (let i = 0; i < n; i++) {
    let least = Infinity;
    for (let g = 0; g < count; g++) {
      own[g] = data[i * count + g] * rates[g];
      least = Math.min(least, own[g]);
    }
    let total = 0;
    for (let g = 0; g < count; g++) {
      const exponent = own[g] - least;
      own[g] = exponent < MOST_EXPONENT ? exp(-exponent) : 0;
      total += own[g];
    }
    for (let g = 0; g < count; g++) out[i * count + g] = own[g] / total;
  }
  return out;
}

/**
 * yᵢ = Σ_g a_g(xᵢ)·W_g·xᵢ for n rows: a function of the products W_g·xᵢ, n × Gm map by map, and of the G widths s, to n × m.
 *
 *     ∂L/∂(W_g·xᵢ) = a_ig·∂L/∂yᵢ,   ∂L/∂s_g = Σᵢ a_ig ⟨W_g·xᵢ − yᵢ, ∂L/∂yᵢ⟩ ‖xᵢ − μ_g‖²/s_g²·sign s_g
 */
export function blending(squaredDistances: Matrix<Float64Array>) {
  const { rows: n, cols: count } = squaredDistances;
  const weights = new Float64Array(n * count);
  return (products: Tensor, widths: Tensor): Tensor => {
    const m = products.shape[1] / count;
    return operation('blending', [products, widths], [n, m], {
      forward({ inputs: [each, s], out }) {
        mix(shares(squaredDistances, s, weights), each, out, n, count, m);
      },
      backward({ inputs: [each, s], out, gradient, to: [toEach, toWidths] }) {
        const slopes = spread(weights, gradient, each, out, squaredDistances, toEach);
        if (!toWidths) return;
        for (let g = 0; g < count; g++) {
          const width = Math.max(Math.abs(s[g]), LEAST_WIDTH);
          toWidths[g] = (Math.sign(s[g]) * slopes[g]) / (width * width);
        }
      },
    });
  };
}

/** out_i ← Σ_g a_ig · each_ig, rows of m. */
export function mix(
  a: Floats,
  each: Floats,
  out: Floats,
  n: number,
  count: number,
  m: number,
): void {
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) {
      let sum = 0;
      for (let g = 0; g < count; g++) sum += a[i * count + g] * each[(i * count + g) * m + c];
      out[i * m + c] = sum;
    }
  }
}

/**
 * to_ig ← a_ig·∂L/∂yᵢ, and Σᵢ a_ig ⟨each_ig − yᵢ, ∂L/∂yᵢ⟩ ‖xᵢ − μ_g‖² of each g: one walk through the shares for both.
 */
function spread(
  a: Float64Array,
  from: Floats,
  each: Floats,
  y: Floats,
  { data, rows: n, cols: count }: Matrix<Float64Array>,
  to: Floats | null,
): Float64Array {
  const m = y.length / n;
  const slopes = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    for (let g = 0; g < count; g++) {
      const pair = i * count + g;
      let along = 0;
      for (let c = 0; c < m; c++) {
        const slope = from[i * m + c];
        along += (each[pair * m + c] - y[i * m + c]) * slope;
        if (to) to[pair * m + c] = a[pair] * slope;
      }
      slopes[g] += a[pair] * along * data[pair];
    }
  }
  return slopes;
}
