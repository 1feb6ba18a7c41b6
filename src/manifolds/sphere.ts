import type { Floats } from '../core/matrix.ts';
import { atan2, cos, sin } from '../core/numeric.ts';
import type { Manifold } from './contract.ts';
import { flowOnSphere, sphereRows } from './support/sphere-rows.ts';
import { dot, normalizeInPlace } from './support/vectors.ts';

/**
 * The unit sphere S^{d−1} in R^d: points are unit vectors, tangent vectors at x are orthogonal to x.
 *
 * With a = ‖u‖ and û = u/a:
 * - exp_x(u) = x cos a + û sin a;
 * - transport of v along it: v + ((cos a − 1)û − x sin a)⟨û,v⟩;
 * - distance 2·atan2(‖x−y‖, ‖x+y‖), accurate at 0 and at π;
 * - log_x(y) = θ·w/‖w‖ with w = y − ⟨x,y⟩x. At the antipode, where every direction is a shortest
 *   one, it takes the coordinate axis in which x is smallest (the first of several), made tangent.
 *
 * Points that `exp`, `retraction` and `flowInPlace` give are scaled to unit length, so rounding does not
 * add up over many steps.
 */
export const sphere: Manifold = {
  id: 'sphere',
  title: 'Unit sphere (Absil, Mahony, Sepulchre 2008, Optimization Algorithms on Matrix Manifolds)',
  inner: (_x, u, v) => dot(u, v),
  distance,
  exp,
  log,
  retraction,
  transport,
  transportBetween,
  flowInPlace: flowOnSphere,
  projectPoint(x, out) {
    out.set(x);
    normalizeInPlace(out);
  },
  projectTangent,
  toRiemannianGradient,
  rows: sphereRows,
  randomPoint(random, out) {
    for (let c = 0; c < out.length; c++) out[c] = random.normal();
    normalizeInPlace(out);
  },
};

function distance(x: Floats, y: Floats): number {
  let apart = 0;
  let together = 0;
  for (let c = 0; c < x.length; c++) {
    const difference = x[c] - y[c];
    const sum = x[c] + y[c];
    apart += difference * difference;
    together += sum * sum;
  }
  return 2 * atan2(Math.sqrt(apart), Math.sqrt(together));
}

function exp(x: Floats, u: Floats, out: Floats): void {
  const a = Math.sqrt(dot(u, u));
  combineToUnit(cos(a), x, a === 0 ? 1 : sin(a) / a, u, out);
}

function retraction(x: Floats, u: Floats, out: Floats): void {
  combineToUnit(1, x, 1, u, out);
}

/** out ← (αx + βu)/‖αx + βu‖, in one pass: the length comes from inner products. */
function combineToUnit(alpha: number, x: Floats, beta: number, u: Floats, out: Floats): void {
  const length = lengthOf(alpha, dot(x, x), beta, dot(x, u), dot(u, u));
  const ofX = alpha / length;
  const ofU = beta / length;
  for (let c = 0; c < x.length; c++) out[c] = ofX * x[c] + ofU * u[c];
}

/** ‖αx + βv‖ from ‖x‖², ⟨x,v⟩ and ‖v‖². */
function lengthOf(alpha: number, xx: number, beta: number, xv: number, vv: number): number {
  return Math.sqrt(alpha * alpha * xx + 2 * alpha * beta * xv + beta * beta * vv);
}

function transport(x: Floats, u: Floats, v: Floats, out: Floats): void {
  const squared = dot(u, u);
  const a = Math.sqrt(squared);
  const share = a === 0 ? 0 : dot(u, v) / a;
  const half = sin(a / 2);
  // cos a − 1 = −2 sin²(a/2), without the cancellation.
  const ofU = a === 0 ? 0 : (-2 * half * half * share) / a;
  const ofX = -sin(a) * share;
  for (let c = 0; c < x.length; c++) out[c] = v[c] + ofU * u[c] + ofX * x[c];
}

function transportBetween(x: Floats, y: Floats, v: Floats, out: Floats): void {
  let together = 0;
  let share = 0;
  for (let c = 0; c < x.length; c++) {
    const sum = x[c] + y[c];
    together += sum * sum;
    share += sum * v[c];
  }
  if (together === 0) {
    const u = new Float64Array(x.length);
    log(x, y, u);
    transport(x, u, v, out);
    return;
  }
  // 1 + ⟨x,y⟩ = ‖x+y‖²/2 and ⟨y,v⟩ = ⟨x+y,v⟩: no cancellation near the antipode.
  const factor = (2 * share) / together;
  for (let c = 0; c < x.length; c++) out[c] = v[c] - factor * (x[c] + y[c]);
}

function log(x: Floats, y: Floats, out: Floats): void {
  const d = x.length;
  const theta = distance(x, y);
  // x + y and y − x have the same tangent part as y; the shorter one keeps its digits.
  const sign = theta > Math.PI / 2 ? 1 : -1;
  let radial = 0;
  for (let c = 0; c < d; c++) radial += x[c] * (y[c] + sign * x[c]);
  let squared = 0;
  for (let c = 0; c < d; c++) {
    const w = y[c] + sign * x[c] - radial * x[c];
    squared += w * w;
  }
  if (squared === 0) {
    if (sign < 0) out.fill(0);
    else tangentAxis(x, theta, out);
    return;
  }
  const scale = theta / Math.sqrt(squared);
  for (let c = 0; c < d; c++) out[c] = scale * (y[c] + sign * x[c] - radial * x[c]);
}

/** out ← length · the coordinate axis in which x is smallest, made tangent at x. */
function tangentAxis(x: Floats, length: number, out: Floats): void {
  let axis = 0;
  for (let c = 1; c < x.length; c++) if (Math.abs(x[c]) < Math.abs(x[axis])) axis = c;
  const across = Math.sqrt(1 - x[axis] * x[axis]);
  // In R¹ the sphere is two points and has no tangent directions.
  const scale = across === 0 ? 0 : length / across;
  const share = x[axis];
  for (let c = 0; c < x.length; c++) out[c] = scale * ((c === axis ? 1 : 0) - share * x[c]);
}

function projectTangent(x: Floats, v: Floats, out: Floats): void {
  toRiemannianGradient(x, v, out);
}

function toRiemannianGradient(x: Floats, gradient: Floats, out: Floats): number {
  const share = dot(x, gradient);
  let squared = 0;
  for (let c = 0; c < x.length; c++) {
    const tangent = gradient[c] - share * x[c];
    out[c] = tangent;
    squared += tangent * tangent;
  }
  return squared;
}
