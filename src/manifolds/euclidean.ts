import type { Floats } from '../core/matrix.ts';
import type { Manifold } from './contract.ts';
import { rowByRow } from './support/row-by-row.ts';
import { dot } from './support/vectors.ts';

/**
 * Flat space R^d: exp is addition, transport changes nothing, every vector is tangent.
 *
 * It has no uniform distribution; `randomPoint` draws from the standard normal.
 */
export const euclidean: Manifold = {
  id: 'euclidean',
  title: 'Euclidean space',
  inner: (_x, u, v) => dot(u, v),
  distance(x, y) {
    let squared = 0;
    for (let c = 0; c < x.length; c++) squared += (x[c] - y[c]) * (x[c] - y[c]);
    return Math.sqrt(squared);
  },
  exp: add,
  log(x, y, out) {
    for (let c = 0; c < x.length; c++) out[c] = y[c] - x[c];
  },
  retraction: add,
  transport: (_x, _u, v, out) => out.set(v),
  transportBetween: (_x, _y, v, out) => out.set(v),
  flowInPlace,
  projectPoint: (x, out) => out.set(x),
  projectTangent: (_x, v, out) => out.set(v),
  toRiemannianGradient,
  rows: /* @__PURE__ */ rowByRow({ toRiemannianGradient, flowInPlace }),
  randomPoint(random, out) {
    for (let c = 0; c < out.length; c++) out[c] = random.normal();
  },
};

function add(x: Floats, u: Floats, out: Floats): void {
  for (let c = 0; c < x.length; c++) out[c] = x[c] + u[c];
}

function flowInPlace(x: Floats, v: Floats, time: number): void {
  for (let c = 0; c < x.length; c++) x[c] += time * v[c];
}

function toRiemannianGradient(_x: Floats, gradient: Floats, out: Floats): number {
  out.set(gradient);
  return dot(gradient, gradient);
}
