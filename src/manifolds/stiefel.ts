import { InputError } from '../core/errors.ts';
import type { Floats } from '../core/matrix.ts';
import type { Manifold } from './contract.ts';
import { factored, nearestFrame, randomFrame, requireCount, rowLength } from './support/frames.ts';
import { rowByRow } from './support/row-by-row.ts';
import { addMixed, innerProducts } from './support/small-matrices.ts';
import { stiefelGeodesic } from './support/stiefel-geodesic.ts';
import { dot } from './support/vectors.ts';

/** Corrections after which the logarithm gives up. */
const MOST_CORRECTIONS = 1000;

/** How near, coordinates taken together, the end of the geodesic must come to the point it shoots at. */
const REACHED = 1e-9;

/**
 * The Stiefel manifold of k orthonormal rows of length p, one after another, k·p numbers; canonical metric
 * ⟨u,v⟩ = Σ uᵢ·vᵢ − ½ Σ (xᵢ·uⱼ)(xᵢ·vⱼ). With k = 1 it is the sphere.
 *
 * - exp in closed form by the exponential of a 2k × 2k matrix (Edelman, Arias and Smith 1998);
 * - transport exact: the canonical metric is naturally reductive, so in the frame that moves along the equation has
 *   constant coefficients (`support/stiefel-geodesic.ts`);
 * - log by shooting: what is missing at the end of the geodesic is carried back and added to its velocity. There is
 *   no closed form. It converges for points nearer than the cut locus, at least √(4/5)·π ≈ 2.81 away (Rentmeesters
 *   2013), the slower the nearer to it; beyond, it may find a geodesic that is not the shortest, and where it
 *   finds none, `log` and `distance` refuse;
 * - retraction by QR.
 */
export function stiefel(k: number): Manifold {
  const id = `stiefel(${k})`;
  requireCount('stiefel', k);
  const geodesic = (x: Floats, u: Floats) => stiefelGeodesic(x, u, k, rowLength(id, k, x));

  const inner = (x: Floats, u: Floats, v: Floats) => {
    const p = rowLength(id, k, x);
    return dot(u, v) - dot(innerProducts(x, k, u, k, p), innerProducts(x, k, v, k, p)) / 2;
  };

  const projectTangent = (x: Floats, v: Floats, out: Floats) => {
    const p = rowLength(id, k, x);
    const shares = innerProducts(x, k, v, k, p);
    const symmetric = shares.map(
      (share, e) => (share + shares[(e % k) * k + Math.floor(e / k)]) / 2,
    );
    const tangent = Float64Array.from(v);
    addMixed(x, k, p, symmetric, tangent, k, { scale: -1 });
    out.set(tangent);
  };

  /** The velocity at x of the geodesic that is at y at time 1. */
  const shot = (x: Floats, y: Floats): Float64Array => {
    const u = new Float64Array(x.length);
    const missing = Float64Array.from(y, (value, e) => value - x[e]);
    let [gap, path] = [Math.sqrt(dot(missing, missing)), geodesic(x, u)];
    if (gap === 0) return u;
    projectTangent(x, missing, missing);
    for (let e = 0; e < u.length; e++) u[e] = missing[e];
    for (let correction = 0; correction < MOST_CORRECTIONS; correction++) {
      path = geodesic(x, u);
      const { end } = path;
      for (let e = 0; e < u.length; e++) missing[e] = y[e] - end[e];
      const left = Math.sqrt(dot(missing, missing));
      // At the rounding of the points themselves corrections no longer help.
      if (left < 1e-15 || (left < REACHED && left >= gap)) return u;
      gap = left;
      projectTangent(end, missing, missing);
      const velocity = path.carry(u).map((value) => -value);
      const back = stiefelGeodesic(end, velocity, k, x.length / k).carry(missing);
      for (let e = 0; e < u.length; e++) u[e] += back[e];
      projectTangent(x, u, u);
    }
    if (gap < REACHED) return u;
    throw new InputError(
      id,
      `found no geodesic between two points: the nearest came within ${gap.toPrecision(2)}; points beyond the cut locus, about 2.8 away, may have no logarithm.`,
    );
  };

  const toRiemannianGradient = (x: Floats, gradient: Floats, out: Floats) => {
    const p = rowLength(id, k, x);
    const tangent = Float64Array.from(gradient);
    addMixed(x, k, p, innerProducts(gradient, k, x, k, p), tangent, k, { scale: -1 });
    out.set(tangent);
    return inner(x, tangent, tangent);
  };

  const flowInPlace = (x: Floats, v: Floats, time: number) => {
    const path = geodesic(
      x,
      Float64Array.from(v, (value) => time * value),
    );
    const velocity = path.carry(v);
    x.set(path.end);
    v.set(velocity);
  };

  return {
    id,
    title: 'Stiefel manifold, canonical metric (Edelman, Arias and Smith 1998)',
    inner,
    distance(x, y) {
      const u = shot(x, y);
      return Math.sqrt(inner(x, u, u));
    },
    exp: (x, u, out) => out.set(geodesic(x, u).end),
    log: (x, y, out) => out.set(shot(x, y)),
    retraction(x, u, out) {
      const moved = Float64Array.from(x, (value, e) => value + u[e]);
      out.set(factored(moved, k, rowLength(id, k, x)).q);
    },
    transport: (x, u, v, out) => out.set(geodesic(x, u).carry(v)),
    transportBetween: (x, y, v, out) => out.set(geodesic(x, shot(x, y)).carry(v)),
    flowInPlace,
    projectPoint: (x, out) => out.set(nearestFrame(x, k, rowLength(id, k, x))),
    projectTangent,
    toRiemannianGradient,
    rows: rowByRow({ toRiemannianGradient, flowInPlace }),
    randomPoint: (random, out) => out.set(randomFrame(random, k, rowLength(id, k, out))),
  };
}
