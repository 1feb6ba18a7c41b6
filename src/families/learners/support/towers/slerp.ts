import { acos, cos, sin } from '../../../../core/numeric.ts';
import { operation, type Tensor } from '../../../../learning/index.ts';

/** Angles whose sine is smaller are taken for 0: the arc is its chord. */
const LEAST_SINE = 1e-4;

/**
 * The point of the great arc between unit rows that has the share `share` of x, row by row, n × d each:
 *
 *     y = sin(λθ)/sin θ · x + sin((1 − λ)θ)/sin θ · z,   cos θ = ⟨x, z⟩
 *
 * Opposite rows have no one arc between them; they are taken as just less than opposite.
 */
export function slerpRows(x: Tensor, z: Tensor, share: number): Tensor {
  const [n, d] = x.shape;
  return operation('slerpRows', [x, z], x.shape, {
    forward({ inputs: [v, w], out }) {
      for (let i = 0; i < n; i++) {
        const cosine = dot(v, w, i * d, d);
        const [own, other] = [partOf(cosine, share), partOf(cosine, 1 - share)];
        for (let e = i * d; e < (i + 1) * d; e++) out[e] = own.value * v[e] + other.value * w[e];
      }
    },
    backward({ inputs: [v, w], gradient, to: [toX, toZ] }) {
      for (let i = 0; i < n; i++) {
        const cosine = dot(v, w, i * d, d);
        const [own, other] = [partOf(cosine, share), partOf(cosine, 1 - share)];
        const along =
          own.slope * dot(gradient, v, i * d, d) + other.slope * dot(gradient, w, i * d, d);
        for (let e = i * d; e < (i + 1) * d; e++) {
          if (toX) toX[e] = own.value * gradient[e] + along * w[e];
          if (toZ) toZ[e] = other.value * gradient[e] + along * v[e];
        }
      }
    },
  });
}

/** sin(sθ)/sin θ and its slope by cos θ. */
function partOf(cosine: number, s: number): { readonly value: number; readonly slope: number } {
  const bounded = Math.max(-1 + 1e-6, Math.min(1, cosine));
  const sine = Math.sqrt(1 - bounded * bounded);
  if (sine < LEAST_SINE) return { value: s, slope: (-s * (1 - s * s)) / 3 };
  const angle = acos(bounded);
  const value = sin(s * angle) / sine;
  return { value, slope: (value * bounded - s * cos(s * angle)) / (sine * sine) };
}

function dot(x: ArrayLike<number>, y: ArrayLike<number>, start: number, d: number): number {
  let sum = 0;
  for (let e = start; e < start + d; e++) sum += x[e] * y[e];
  return sum;
}
