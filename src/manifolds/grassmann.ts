import type { Floats } from '../core/matrix.ts';
import { atan2, cos, sin } from '../core/numeric.ts';
import { singularValues, svd } from '../numerics/decompositions/svd.ts';
import type { Manifold } from './contract.ts';
import {
  factored,
  makeOrthogonal,
  nearestFrame,
  polished,
  randomFrame,
  requireCount,
  rowLength,
} from './support/frames.ts';
import { rowByRow } from './support/row-by-row.ts';
import { addMixed, innerProducts, transposedSquare } from './support/small-matrices.ts';
import { dot } from './support/vectors.ts';

/**
 * The Grassmannian of k-dimensional subspaces of R^p: a point is k orthonormal rows of length p that span it, one
 * after another, k·p numbers; tangent vectors are orthogonal to these rows (horizontal). Metric Σ uᵢ·vᵢ.
 *
 * With rows of u = V·Σ·Uᵀ (thin SVD):
 * - exp_x(u) = V(cos Σ·Vᵀx + sin Σ·Uᵀ), the same rows for every choice of the SVD (Edelman, Arias and Smith 1998);
 * - transport of w along u: w − (wU)(sin Σ·Vᵀx + (1 − cos Σ)·Uᵀ);
 * - distance √Σθᵢ² of the principal angles, each from its sine and its cosine;
 * - log_x(y): y turned in its own subspace towards x (Procrustes), then the sines' SVD (Bendokat, Zimmermann and
 *   Absil 2020). Where an angle is π/2 there are several; one of them is taken.
 *
 * Other rows of the same subspace are the same point: `log` leads to the subspace of y, not to its rows, and
 * `transportBetween` gives the vector in terms of the rows of y.
 */
export function grassmann(k: number): Manifold {
  const id = `grassmann(${k})`;
  requireCount('grassmann', k);

  /** Rows of Uᵀ and of Vᵀx, sines and cosines of u. */
  const geodesic = (x: Floats, u: Floats) => {
    const p = rowLength(id, k, x);
    const { u: v, s, v: w } = svd({ data: u, rows: k, cols: p });
    const along = new Float64Array(k * p);
    addMixed(x, k, p, v.data, along, k);
    const across = new Float64Array(k * p);
    for (let i = 0; i < k; i++) for (let c = 0; c < p; c++) across[i * p + c] = w.data[c * k + i];
    return { p, v: v.data, s, along, across };
  };

  /** Σⱼ V[i,j]·(of[j]·along_j + ofAcross[j]·across_j), k × p. */
  const combined = (
    { p, v, along, across }: ReturnType<typeof geodesic>,
    of: Float64Array,
    ofAcross: Float64Array,
  ) => {
    const turned = along.map((value, e) => {
      const i = Math.floor(e / p);
      return of[i] * value + ofAcross[i] * across[e];
    });
    const out = new Float64Array(k * p);
    addMixed(turned, k, p, transposedSquare(v, k), out, k);
    return out;
  };

  const endOf = (path: ReturnType<typeof geodesic>) =>
    polished(combined(path, path.s.map(cos), path.s.map(sin)), k, path.p);

  const carried = ({ p, s, along, across }: ReturnType<typeof geodesic>, w: Floats) => {
    const shares = innerProducts(across, k, w, k, p);
    const change = along.map((value, e) => {
      const angle = s[Math.floor(e / p)];
      const half = sin(angle / 2);
      return sin(angle) * value + 2 * half * half * across[e];
    });
    const out = Float64Array.from(w);
    addMixed(change, k, p, shares, out, k, { scale: -1 });
    return out;
  };

  /** y in the rows nearest to x, and the turn T with turned_j = Σᵢ T[i,j]·yᵢ. */
  const towards = (x: Floats, y: Floats) => {
    const p = rowLength(id, k, x);
    const turn = nearestFrame(innerProducts(y, k, x, k, p), k, k);
    const rows = new Float64Array(k * p);
    addMixed(y, k, p, turn, rows, k);
    return { p, turn, rows };
  };

  /** Angles, largest first, of which the sines are known, largest first, and the cosines, largest first. */
  const angles = (sines: Float64Array, cosines: Float64Array) =>
    sines.map((sine, i) => atan2(sine, cosines[k - 1 - i]));

  const cosinesOf = (x: Floats, y: Floats, p: number) =>
    singularValues({ data: innerProducts(x, k, y, k, p), rows: k, cols: k });

  const log = (x: Floats, y: Floats, out: Floats) => {
    const { p, rows } = towards(x, y);
    const cosines = cosinesOf(x, y, p);
    makeOrthogonal(x, rows, k, p);
    const { u, s, v } = svd({ data: rows, rows: k, cols: p });
    const theta = angles(s, cosines);
    for (let i = 0; i < k; i++) {
      for (let c = 0; c < p; c++) {
        let sum = 0;
        for (let j = 0; j < k; j++) sum += u.data[i * k + j] * theta[j] * v.data[c * k + j];
        out[i * p + c] = sum;
      }
    }
  };

  const projectTangent = (x: Floats, v: Floats, out: Floats) => {
    const p = rowLength(id, k, x);
    const rows = Float64Array.from(v);
    makeOrthogonal(x, rows, k, p);
    out.set(rows);
  };

  const toRiemannianGradient = (x: Floats, gradient: Floats, out: Floats) => {
    projectTangent(x, gradient, out);
    return dot(out, out);
  };

  const flowInPlace = (x: Floats, v: Floats, time: number) => {
    const path = geodesic(
      x,
      Float64Array.from(v, (value) => time * value),
    );
    const velocity = carried(path, v);
    x.set(endOf(path));
    v.set(velocity);
  };

  return {
    id,
    title: 'Grassmannian (Edelman, Arias and Smith 1998; Bendokat, Zimmermann and Absil 2020)',
    inner: (_x, u, v) => dot(u, v),
    distance(x, y) {
      const p = rowLength(id, k, x);
      const rows = Float64Array.from(y);
      makeOrthogonal(x, rows, k, p);
      const sines = singularValues({ data: rows, rows: k, cols: p });
      const theta = angles(sines, cosinesOf(x, y, p));
      return Math.sqrt(dot(theta, theta));
    },
    exp: (x, u, out) => out.set(endOf(geodesic(x, u))),
    log,
    retraction(x, u, out) {
      const p = rowLength(id, k, x);
      const moved = Float64Array.from(x, (value, e) => value + u[e]);
      out.set(factored(moved, k, p).q);
    },
    transport: (x, u, v, out) => out.set(carried(geodesic(x, u), v)),
    transportBetween(x, y, v, out) {
      const { p, turn } = towards(x, y);
      const u = new Float64Array(k * p);
      log(x, y, u);
      const inTurnedRows = carried(geodesic(x, u), v);
      const rows = new Float64Array(k * p);
      addMixed(inTurnedRows, k, p, transposedSquare(turn, k), rows, k);
      out.set(rows);
    },
    flowInPlace,
    projectPoint: (x, out) => out.set(nearestFrame(x, k, rowLength(id, k, x))),
    projectTangent,
    toRiemannianGradient,
    rows: rowByRow({ toRiemannianGradient, flowInPlace }),
    randomPoint: (random, out) => out.set(randomFrame(random, k, rowLength(id, k, out))),
  };
}
