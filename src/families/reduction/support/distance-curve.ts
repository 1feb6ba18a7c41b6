import { exp, log } from '../../../core/numeric.ts';

/** 1/(1 + a·d^(2b)) of a distance d in the map. */
export interface DistanceCurve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;

/**
 * The curve 1/(1 + a·d^(2b)) nearest, in squared error over [0, 3·spread], to 1 below `minDist` and
 * exp(−(d − minDist)/spread) beyond. Damped Gauss–Newton from a = b = 1.
 */
export function distanceCurve(minDist: number, spread: number): DistanceCurve {
  const x = Float64Array.from(
    { length: SAMPLES },
    (_, i) => (3 * spread * (i + 1)) / (SAMPLES - 1),
  ).subarray(0, SAMPLES - 1);
  const y = x.map((d) => (d < minDist ? 1 : exp(-(d - minDist) / spread)));
  let at = { a: 1, b: 1 };
  let error = residualsOf(x, y, at).error;
  let damping = 1e-3;
  for (let turn = 0; turn < 200; turn++) {
    const { normal, gradient } = residualsOf(x, y, at);
    const [aa, ab, bb] = [normal[0] * (1 + damping), normal[1], normal[2] * (1 + damping)];
    const determinant = aa * bb - ab * ab;
    const a = at.a - (bb * gradient[0] - ab * gradient[1]) / determinant;
    const b = at.b - (aa * gradient[1] - ab * gradient[0]) / determinant;
    const next = a > 0 && b > 0 ? residualsOf(x, y, { a, b }).error : Infinity;
    if (next <= error) {
      const settled = error - next <= 1e-15 * error;
      at = { a, b };
      error = next;
      damping /= 10;
      if (settled) return at;
    } else damping *= 10;
    if (damping > 1e12) return at;
  }
  return at;
}

/** Squared error, its gradient, and JᵀJ as (aa, ab, bb). */
function residualsOf(x: Float64Array, y: Float64Array, { a, b }: DistanceCurve) {
  const normal = [0, 0, 0];
  const gradient = [0, 0];
  let error = 0;
  for (let i = 0; i < x.length; i++) {
    const power = exp(2 * b * log(x[i]));
    const value = 1 / (1 + a * power);
    const residual = value - y[i];
    const byA = -power * value * value;
    const byB = 2 * a * log(x[i]) * byA;
    error += residual * residual;
    normal[0] += byA * byA;
    normal[1] += byA * byB;
    normal[2] += byB * byB;
    gradient[0] += byA * residual;
    gradient[1] += byB * residual;
  }
  return { error, normal, gradient };
}
