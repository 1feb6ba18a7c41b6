import { acos, asin, exp, log } from '../../../../core/numeric.ts';
import { operation, type Tensor } from '../../../../learning/index.ts';

/** Longest √c·‖x‖ that is lifted as it is: asinh(2¹⁵), as in the paper's code. */
const LONGEST = 11.090354889191955;
/** How near 1 the sine and the cosine of an angle may come: their slopes are infinite there. */
const EDGE = 1 - 1e-8;
/** How near 1 cosh of a distance may come. */
const LEAST_COSH = 1 + 1e-8;

/** A number of four: a = ‖x‖², b = ‖y‖², p = ⟨x, y⟩ of the space parts, and c; with its slopes by them. */
export interface Sloped {
  readonly value: number;
  readonly a: number;
  readonly b: number;
  readonly p: number;
  readonly c: number;
}

const flat = (value: number): Sloped => ({ value, a: 0, b: 0, p: 0, c: 0 });

/** cosh(√c·distance) = √((1 + ca)(1 + cb)) − cp, −c times the Lorentz product. */
export function coshOfDistance(a: number, b: number, p: number, c: number): Sloped {
  const [ofA, ofB] = [1 + c * a, 1 + c * b];
  const root = Math.sqrt(ofA * ofB);
  return {
    value: root - c * p,
    a: (c * ofB) / (2 * root),
    b: (c * ofA) / (2 * root),
    p: -c,
    c: (a * ofB + b * ofA) / (2 * root) - p,
  };
}

/** The distance of two points of curvature −c by their space parts. */
export function lorentzDistance(a: number, b: number, p: number, c: number): Sloped {
  const u = coshOfDistance(a, b, p, c);
  const root = Math.sqrt(c);
  if (u.value <= LEAST_COSH) return flat(acosh(LEAST_COSH) / root);
  const value = acosh(u.value) / root;
  const slope = 1 / (root * Math.sqrt(u.value * u.value - 1));
  return {
    value,
    a: slope * u.a,
    b: slope * u.b,
    p: slope * u.p,
    c: slope * u.c - value / (2 * c),
  };
}

/** The angle at x between the ray from the origin through x and the geodesic to y: 0 where y lies straight behind x. */
export function exteriorAngle(a: number, b: number, p: number, c: number): Sloped {
  const u = coshOfDistance(a, b, p, c);
  const [timeX, timeY] = [Math.sqrt(1 / c + a), Math.sqrt(1 / c + b)];
  const above = Math.max(u.value * u.value - 1, 1e-8);
  const below = Math.sqrt(a * above);
  const cosine = (timeY - u.value * timeX) / (below + 1e-8);
  if (Math.abs(cosine) >= EDGE || below < 1e-8)
    return flat(acos(Math.max(-EDGE, Math.min(EDGE, cosine))));
  const slope = -1 / (Math.sqrt(1 - cosine * cosine) * below);
  const [ofTimeX, ofTimeY] = [-1 / (2 * c * c * timeX), -1 / (2 * c * c * timeY)];
  const ofBelow = (byU: number, byA: number) => (byA * above + 2 * a * u.value * byU) / (2 * below);
  return {
    value: acos(cosine),
    a: slope * (-u.a * timeX - u.value / (2 * timeX) - cosine * ofBelow(u.a, 1)),
    b: slope * (1 / (2 * timeY) - u.b * timeX - cosine * ofBelow(u.b, 0)),
    p: slope * (-u.p * timeX - cosine * ofBelow(u.p, 0)),
    c: slope * (ofTimeY - u.c * timeX - u.value * ofTimeX - cosine * ofBelow(u.c, 0)),
  };
}

/** Half the aperture of the cone of x, asin(2r/(√c·‖x‖)): wide near the origin, narrow far away. */
export function halfAperture(a: number, c: number, leastRadius: number): Sloped {
  const sine = (2 * leastRadius) / (Math.sqrt(a * c) + 1e-8);
  if (sine >= EDGE) return flat(asin(EDGE));
  const slope = -sine / (2 * Math.sqrt(1 - sine * sine));
  return { value: asin(sine), a: slope / a, b: 0, p: 0, c: slope / c };
}

/**
 * The exponential map at the origin, space parts alone: y = x·sinh(s)/s, s = √c·‖x‖.
 *
 * @param x n × d
 * @param c one number: the curvature is −c
 */
export function lift(x: Tensor, c: Tensor): Tensor {
  const [n, d] = x.shape;
  return operation('lift', [x, c], x.shape, {
    forward({ inputs: [v, [curvature]], out }) {
      for (let i = 0; i < n; i++) {
        const { factor } = lifted(curvature * dot(v, i * d, v, i * d, d));
        for (let e = i * d; e < (i + 1) * d; e++) out[e] = factor * v[e];
      }
    },
    backward({ inputs: [v, [curvature]], gradient, to: [toX, toC] }) {
      let total = 0;
      for (let i = 0; i < n; i++) {
        const squared = curvature * dot(v, i * d, v, i * d, d);
        const { factor, slope } = lifted(squared);
        const along = dot(gradient, i * d, v, i * d, d) * slope;
        total += (along * squared) / (2 * curvature);
        if (!toX) continue;
        for (let e = i * d; e < (i + 1) * d; e++)
          toX[e] = factor * gradient[e] + along * curvature * v[e];
      }
      if (toC) toC[0] = total;
    },
  });
}

/** sinh(s)/s and its slope divided by s, from s². */
function lifted(squared: number): { readonly factor: number; readonly slope: number } {
  if (squared < 0.01) {
    return {
      factor: 1 + squared * (1 / 6 + squared * (1 / 120 + squared / 5040)),
      slope: 1 / 3 + squared * (1 / 30 + squared * (1 / 840 + squared / 45360)),
    };
  }
  const s = Math.sqrt(squared);
  const end = exp(Math.min(s, LONGEST));
  const [sinh, cosh] = [(end - 1 / end) / 2, (end + 1 / end) / 2];
  return {
    factor: sinh / s,
    slope: ((s <= LONGEST ? s * cosh : 0) - sinh) / (squared * s),
  };
}

/** The distances of all pairs of lifted rows, n × m. */
export function lorentzDistances(x: Tensor, y: Tensor, c: Tensor): Tensor {
  const [n, d] = x.shape;
  const m = y.shape[0];
  return operation('lorentzDistances', [x, y, c], [n, m], {
    forward({ inputs: [v, w, [curvature]], out }) {
      const [a, b] = [squaredNorms(v, n, d), squaredNorms(w, m, d)];
      for (let i = 0; i < n; i++)
        for (let j = 0; j < m; j++)
          out[i * m + j] = lorentzDistance(a[i], b[j], dot(v, i * d, w, j * d, d), curvature).value;
    },
    backward({ inputs: [v, w, [curvature]], gradient, to: [toX, toY, toC] }) {
      const [a, b] = [squaredNorms(v, n, d), squaredNorms(w, m, d)];
      const [onX, onY] = [new Float64Array(n * d), new Float64Array(m * d)];
      let total = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          const g = gradient[i * m + j];
          const p = dot(v, i * d, w, j * d, d);
          const slopes = lorentzDistance(a[i], b[j], p, curvature);
          total += g * slopes.c;
          pull(v, i * d, w, j * d, d, { on: g, ...slopes }, onX, onY);
        }
      }
      toX?.set(onX);
      toY?.set(onY);
      if (toC) toC[0] = total;
    },
  });
}

/**
 * How far the specific rows stand outside the cones of the general ones, row by row: a mean of
 * [angle − half aperture]₊.
 */
export function entailment(
  general: Tensor,
  specific: Tensor,
  c: Tensor,
  leastRadius: number,
): Tensor {
  const [n, d] = general.shape;
  return operation('entailment', [general, specific, c], [], {
    forward({ inputs: [x, y, [curvature]], out }) {
      let total = 0;
      for (let i = 0; i < n; i++)
        total += Math.max(0, outside(x, y, i * d, d, curvature, leastRadius).value);
      out[0] = total / n;
    },
    backward({ inputs: [x, y, [curvature]], gradient, to: [toX, toY, toC] }) {
      const [onX, onY] = [new Float64Array(n * d), new Float64Array(n * d)];
      let total = 0;
      for (let i = 0; i < n; i++) {
        const gap = outside(x, y, i * d, d, curvature, leastRadius);
        if (gap.value <= 0) continue;
        const on = gradient[0] / n;
        total += on * gap.c;
        pull(x, i * d, y, i * d, d, { on, ...gap }, onX, onY);
      }
      toX?.set(onX);
      toY?.set(onY);
      if (toC) toC[0] = total;
    },
  });
}

type Row = ArrayLike<number>;

/** The exterior angle at x towards y less the half aperture of x; at most 0 where x entails y. */
export function outside(
  x: Row,
  y: Row,
  start: number,
  d: number,
  c: number,
  leastRadius: number,
): Sloped {
  const a = dot(x, start, x, start, d);
  const angle = exteriorAngle(a, dot(y, start, y, start, d), dot(x, start, y, start, d), c);
  const cone = halfAperture(a, c, leastRadius);
  return {
    value: angle.value - cone.value,
    a: angle.a - cone.a,
    b: angle.b,
    p: angle.p,
    c: angle.c - cone.c,
  };
}

function pull(
  x: Row,
  i: number,
  y: Row,
  j: number,
  d: number,
  { on, a, b, p }: Sloped & { readonly on: number },
  onX: Float64Array,
  onY: Float64Array,
): void {
  for (let k = 0; k < d; k++) {
    onX[i + k] += on * (2 * a * x[i + k] + p * y[j + k]);
    onY[j + k] += on * (2 * b * y[j + k] + p * x[i + k]);
  }
}

function squaredNorms(x: Row, n: number, d: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => dot(x, i * d, x, i * d, d));
}

function dot(x: Row, i: number, y: Row, j: number, d: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += x[i + k] * y[j + k];
  return sum;
}

/** log(u + √(u² − 1)). */
const acosh = (u: number) => log(u + Math.sqrt(u * u - 1));
