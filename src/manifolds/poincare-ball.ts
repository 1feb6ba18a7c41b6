import type { Floats } from '../core/matrix.ts';
import type { Manifold } from './contract.ts';
import { requireCurvature } from './support/curvature.ts';
import { asinh, cosh, tanh } from './support/hyperbolic-functions.ts';
import { rowByRow } from './support/row-by-row.ts';
import { dot } from './support/vectors.ts';

/** How close to the boundary a point may come, as a share of the radius: rounding must not put it outside. */
const MARGIN = { float32: 1e-5, float64: 1e-12 };

/**
 * The Poincaré ball of curvature −c: points with ‖x‖ < 1/√c, metric λ²⟨u,v⟩ with λ = 2/(1 − c‖x‖²).
 *
 * With ⊕ Möbius addition and â = √c·λ‖u‖/2:
 * - exp_x(u) = x ⊕ tanh(â)·u/(√c‖u‖);
 * - distance (2/√c)·asinh(√c‖x−y‖/√((1 − c‖x‖²)(1 − c‖y‖²))), accurate at 0 and far out;
 * - log_x(y) points along (−x) ⊕ y; transport from x to y is (λ_x/λ_y)·gyr[y, −x]v (Ganea, Bécigneul and
 *   Hofmann 2018). Both are written in y − x, so that they keep their digits for near points.
 *
 * Points stay within 1 − 1e-5 of the radius in float32 (12.2/√c from the origin), 1 − 1e-12 in float64. Hyperbolic
 * space has no uniform distribution: `randomPoint` is exp at the origin of a standard normal tangent vector.
 */
export function poincareBall(curvature = 1): Manifold {
  const c = requireCurvature('poincareBall', curvature);
  const root = Math.sqrt(c);
  const complement = (x: Floats) => {
    const length = root * Math.sqrt(dot(x, x));
    return (1 - length) * (1 + length);
  };

  const distance = (x: Floats, y: Floats) => {
    const apart = Math.sqrt(squaredGap(x, y));
    return (2 / root) * asinh((root * apart) / Math.sqrt(complement(x) * complement(y)));
  };

  /** exp_x(u) − x. */
  const motion = (x: Floats, u: Floats): Float64Array => {
    const a = Math.sqrt(dot(u, u));
    if (a === 0) return new Float64Array(x.length);
    const inside = complement(x);
    const half = (root * a) / inside;
    const t = tanh(half);
    const scale = t / (root * a);
    let squared = 0;
    for (let i = 0; i < x.length; i++) squared += (x[i] + scale * u[i]) ** 2;
    // 1 + 2c⟨x,z⟩ + c²‖x‖²‖z‖² as a sum of two positive numbers.
    const share = inside / (inside / cosh(half) ** 2 + c * squared);
    return Float64Array.from(x, (value, i) => share * (scale * u[i] + t * t * value));
  };

  const projectPoint = (x: Floats, out: Floats) => {
    const margin = out instanceof Float32Array ? MARGIN.float32 : MARGIN.float64;
    const length = Math.sqrt(dot(x, x));
    const most = (1 - margin) / root;
    // Clipping twice must change nothing.
    const scale = length > most * (1 + margin / 2) ? most / length : 1;
    for (let i = 0; i < x.length; i++) out[i] = scale * x[i];
  };

  const add = (x: Floats, e: Floats, out: Floats) => {
    for (let i = 0; i < x.length; i++) out[i] = x[i] + e[i];
    projectPoint(out, out);
  };

  /** out ← v at x carried along the geodesic to y = x + e, given 1 − c‖y‖². */
  const carry = (x: Floats, e: Floats, complementOfY: number, v: Floats, out: Floats) => {
    const inside = complement(x);
    const [xv, ev, xe, ee] = [dot(x, v), dot(e, v), dot(x, e), dot(e, e)];
    const ofE = -c * xv * inside - c * c * ev * dot(x, x) + 2 * c * c * xe * xv;
    const ofX = c * inside * ev - c * c * ee * xv;
    const factor = 2 / (inside * complementOfY + c * ee);
    const ratio = complementOfY / inside;
    for (let i = 0; i < x.length; i++) out[i] = ratio * (v[i] + factor * (ofE * e[i] + ofX * x[i]));
  };

  const transportTo = (x: Floats, y: Floats, v: Floats, out: Floats) => {
    const e = Float64Array.from(y, (value, i) => value - x[i]);
    if (dot(e, e) === 0) out.set(v);
    else carry(x, e, complement(y), v, out);
  };

  const toRiemannianGradient = (x: Floats, gradient: Floats, out: Floats) => {
    const inverse = complement(x) / 2;
    for (let i = 0; i < x.length; i++) out[i] = inverse * inverse * gradient[i];
    return dot(out, out) / (inverse * inverse);
  };

  const flowInPlace = (x: Floats, v: Floats, time: number) => {
    const y = Float64Array.from(x);
    add(
      x,
      motion(
        x,
        Float64Array.from(v, (value) => time * value),
      ),
      y,
    );
    transportTo(x, y, v, v);
    x.set(y);
    projectPoint(x, x);
  };

  return {
    id: `poincareBall(${c})`,
    title: 'Poincaré ball (Nickel and Kiela 2017; Ganea, Bécigneul and Hofmann 2018)',
    inner(x, u, v) {
      const lambda = 2 / complement(x);
      return lambda * lambda * dot(u, v);
    },
    distance,
    exp: (x, u, out) => add(x, motion(x, u), out),
    log(x, y, out) {
      const inside = complement(x);
      const squared = squaredGap(x, y);
      // (−x) ⊕ y is along (1 − c‖x‖²)(y − x) − c‖y − x‖²x.
      const along = Float64Array.from(
        x,
        (value, i) => inside * (y[i] - value) - c * squared * value,
      );
      const length = Math.sqrt(dot(along, along));
      const scale = length === 0 ? 0 : (distance(x, y) * inside) / (2 * length);
      for (let i = 0; i < x.length; i++) out[i] = scale === 0 ? 0 : scale * along[i];
    },
    retraction: (x, u, out) => add(x, u, out),
    transport(x, u, v, out) {
      const y = new Float64Array(x.length);
      add(x, motion(x, u), y);
      transportTo(x, y, v, out);
    },
    transportBetween: transportTo,
    flowInPlace,
    projectPoint,
    projectTangent: (_x, v, out) => out.set(v),
    toRiemannianGradient,
    rows: rowByRow({ toRiemannianGradient, flowInPlace }),
    randomPoint(random, out) {
      for (let i = 0; i < out.length; i++) out[i] = random.normal();
      const r = Math.sqrt(dot(out, out));
      const scale = r === 0 ? 0 : tanh((root * r) / 2) / (root * r);
      for (let i = 0; i < out.length; i++) out[i] *= scale;
      projectPoint(out, out);
    },
  };
}

function squaredGap(x: Floats, y: Floats): number {
  let squared = 0;
  for (let i = 0; i < x.length; i++) squared += (y[i] - x[i]) ** 2;
  return squared;
}
