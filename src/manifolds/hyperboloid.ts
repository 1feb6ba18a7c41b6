import { ShapeError } from '../core/errors.ts';
import type { Floats } from '../core/matrix.ts';
import type { Manifold } from './contract.ts';
import { requireCurvature } from './support/curvature.ts';
import { asinh, cosh, sinh } from './support/hyperbolic-functions.ts';
import { rowByRow } from './support/row-by-row.ts';

/**
 * The hyperboloid (Lorentz model) of curvature −c: points (x₀, x⃗) with −x₀² + ‖x⃗‖² = −1/c, x₀ > 0, the time x₀
 * first; ⟨u,v⟩ = −u₀v₀ + ⟨u⃗,v⃗⟩.
 *
 * With a = √c·‖u‖ and q = ⟨x−y,x−y⟩:
 * - exp_x(u) = cosh(a)·x + sinh(a)/a·u;
 * - distance (2/√c)·asinh(√(c·q)/2);
 * - log_x(y) = √c·dist/sinh(√c·dist)·(y − x − (c·q/2)·x);
 * - transport of v along u: v + c·⟨u,v⟩·(sinh(a)/a·x + (cosh(a) − 1)/a²·u).
 *
 * Times are differences of large numbers far from the origin, so they are never trusted: points take theirs from
 * ‖x⃗‖, tangent vectors from u₀ = ⟨x⃗,u⃗⟩/x₀, and q comes from the space parts. `projectPoint` keeps the space part.
 * Hyperbolic space has no uniform distribution: `randomPoint` is exp at the origin of a standard normal tangent
 * vector.
 */
export function hyperboloid(curvature = 1): Manifold {
  const c = requireCurvature('hyperboloid', curvature);
  const root = Math.sqrt(c);
  const setTime = (x: Floats) => {
    x[0] = Math.sqrt(1 / c + spaceDot(x, x));
  };
  const setTangentTime = (x: Floats, u: Floats) => {
    u[0] = spaceDot(x, u) / x[0];
  };

  /** ⟨u,v⟩ of tangent vectors: radial parts shrink by √c·x₀, the others stay. */
  const inner = (x: Floats, u: Floats, v: Floats) => {
    const xx = spaceDot(x, x);
    const ofU = xx === 0 ? 0 : spaceDot(x, u) / xx;
    const ofV = xx === 0 ? 0 : spaceDot(x, v) / xx;
    let across = 0;
    for (let i = 1; i < x.length; i++) across += (u[i] - ofU * x[i]) * (v[i] - ofV * x[i]);
    return across + (ofU * ofV * xx) / (c * x[0] * x[0]);
  };

  /** ⟨x−y, x−y⟩ as sums of positive numbers, whichever way x and y lie. */
  const squaredGap = (x: Floats, y: Floats) => {
    const [xx, yy, xy] = [spaceDot(x, x), spaceDot(y, y), spaceDot(x, y)];
    const times = x[0] * y[0] + 1 / c;
    if (xy < 0) return 2 * (((xx + yy) / c + xx * yy) / times - xy);
    let [ee, es] = [0, 0];
    for (let i = 1; i < x.length; i++) {
      ee += (y[i] - x[i]) ** 2;
      es += (y[i] - x[i]) * (y[i] + x[i]);
    }
    if (ee === 0) return 0;
    let across = 0;
    for (let i = 1; i < x.length; i++) across += (x[i] + y[i] - (es / ee) * (y[i] - x[i])) ** 2;
    return (ee * (across + 4 / c)) / (2 * (times + xy));
  };

  /** Coefficients of exp_x(u) = ofX·x + ofU·u, and of the rest of transport. */
  const courseOf = (x: Floats, u: Floats) => {
    const a = root * Math.sqrt(Math.max(0, inner(x, u, u)));
    const half = a === 0 ? 0.5 : sinh(a / 2) / a;
    return { a, ofX: cosh(a), ofU: a === 0 ? 1 : sinh(a) / a, bend: 2 * half * half };
  };

  const exp = (x: Floats, u: Floats, out: Floats) => {
    const { ofX, ofU } = courseOf(x, u);
    for (let i = 1; i < x.length; i++) out[i] = ofX * x[i] + ofU * u[i];
    setTime(out);
  };

  const transport = (x: Floats, u: Floats, v: Floats, out: Floats) => {
    const { a, ofU, bend } = courseOf(x, u);
    if (a === 0) {
      out.set(v);
      return;
    }
    const y = new Float64Array(x.length);
    exp(x, u, y);
    const share = c * inner(x, u, v);
    for (let i = 1; i < x.length; i++) out[i] = v[i] + share * (ofU * x[i] + bend * u[i]);
    setTangentTime(y, out);
  };

  const log = (x: Floats, y: Floats, out: Floats) => {
    const cq = c * squaredGap(x, y);
    if (cq === 0) {
      out.fill(0);
      return;
    }
    const scale = (2 * asinh(Math.sqrt(cq) / 2)) / Math.sqrt(cq * (1 + cq / 4));
    const x0 = x[0];
    let time = 0;
    for (let i = 1; i < x.length; i++) {
      const xi = x[i];
      out[i] = scale * (y[i] - xi - (cq / 2) * xi);
      time += xi * out[i];
    }
    out[0] = time / x0;
  };

  /** out ← v + share·x with the time that makes it tangent; out may be any of them. */
  const addToTangent = (x: Floats, v: Floats, share: number, out: Floats) => {
    const x0 = x[0];
    let time = 0;
    for (let i = 1; i < x.length; i++) {
      const xi = x[i];
      out[i] = v[i] + share * xi;
      time += xi * out[i];
    }
    out[0] = time / x0;
  };

  const projectTangent = (x: Floats, v: Floats, out: Floats) =>
    addToTangent(x, v, c * (spaceDot(x, v) - x[0] * v[0]), out);

  const toRiemannianGradient = (x: Floats, gradient: Floats, out: Floats) => {
    addToTangent(x, gradient, c * (spaceDot(x, gradient) + x[0] * gradient[0]), out);
    return inner(x, out, out);
  };

  const flowInPlace = (x: Floats, v: Floats, time: number) => {
    const { a, ofX, ofU } = courseOf(
      x,
      Float64Array.from(v, (value) => time * value),
    );
    // d/dt of cosh and sinh; √c·‖v‖ = a/time.
    const back = time === 0 ? 0 : (a * a * ofU) / time;
    for (let i = 1; i < x.length; i++) {
      const [xi, vi] = [x[i], v[i]];
      x[i] = ofX * xi + ofU * time * vi;
      v[i] = ofX * vi + back * xi;
    }
    setTime(x);
    setTangentTime(x, v);
  };

  const projectPoint = (x: Floats, out: Floats) => {
    if (x.length < 2) throw new ShapeError('hyperboloid', 'a time and a place', `${x.length}`);
    out.set(x);
    setTime(out);
  };

  return {
    id: `hyperboloid(${c})`,
    title: 'Hyperboloid, the Lorentz model of hyperbolic space (Nickel and Kiela 2018)',
    inner,
    distance: (x, y) => (2 / root) * asinh((root * Math.sqrt(squaredGap(x, y))) / 2),
    exp,
    log,
    retraction(x, u, out) {
      for (let i = 1; i < x.length; i++) out[i] = x[i] + u[i];
      setTime(out);
    },
    transport,
    transportBetween(x, y, v, out) {
      const u = new Float64Array(x.length);
      log(x, y, u);
      transport(x, u, v, out);
    },
    flowInPlace,
    projectPoint,
    projectTangent,
    toRiemannianGradient,
    rows: rowByRow({ toRiemannianGradient, flowInPlace }),
    randomPoint(random, out) {
      for (let i = 1; i < out.length; i++) out[i] = random.normal();
      const a = root * Math.sqrt(spaceDot(out, out));
      const scale = a === 0 ? 1 : sinh(a) / a;
      for (let i = 1; i < out.length; i++) out[i] *= scale;
      setTime(out);
    },
  };
}

/** ⟨u⃗, v⃗⟩ in float64. */
function spaceDot(u: Floats, v: Floats): number {
  let sum = 0;
  for (let i = 1; i < u.length; i++) sum += u[i] * v[i];
  return sum;
}
