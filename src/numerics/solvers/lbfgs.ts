import { dot } from '../rows/dot.ts';

/** Its value at a point, and its gradient into `gradient`. */
export type SmoothFunction = (point: Float64Array, gradient: Float64Array) => number;

export interface ConvexSearch {
  /** Whether a point is near enough to the minimum. */
  readonly isEnough: (point: Float64Array, gradient: Float64Array) => boolean;
  /** About the inverse of the Hessian times a vector, in place; left out: the vector stays. */
  readonly preconditionInPlace?: (vector: Float64Array) => void;
  readonly maxIterations: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  /** Whether `isEnough` said so; else rounding or the iterations ended the search. */
  readonly isReached: boolean;
}

const MEMORY = 10;

/** One pair of differences, with 1/⟨s, y⟩. */
interface Curvature {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** Where a line search stands: a point of the line, its value, gradient and slope along the line. */
interface Place {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slope: number;
}

/**
 * The minimum of a smooth convex function by limited-memory BFGS (Nocedal and Wright, Algorithm 7.5), from `start` on.
 *
 * The line search looks for a small slope, which rises along a line where the function is convex, so that it works to the
 * last digits of the gradient, long after differences of values are rounding.
 */
export function convexMinimum(
  f: SmoothFunction,
  start: Float64Array,
  search: ConvexSearch,
): Minimum {
  const gradient = new Float64Array(start.length);
  let at: Omit<Place, 'slope'> = { point: start.slice(), value: 0, gradient };
  at = { ...at, value: f(at.point, gradient) };
  let known: Curvature[] = [];
  let iterations = 0;
  while (!search.isEnough(at.point, at.gradient)) {
    const end = (isReached: boolean) => ({ ...at, iterations, isReached });
    if (iterations >= search.maxIterations) return end(false);
    iterations += 1;
    const next = lineSearch(f, at, quasiNewton(at.gradient, known, search));
    if (!next) {
      if (known.length === 0) return end(false);
      known = [];
      continue;
    }
    known = remembered(known, at, next);
    at = next;
  }
  return { ...at, iterations, isReached: true };
}

/** −H·g by the two-loop recursion (Algorithm 7.4), the preconditioner for the first guess of H. */
function quasiNewton(
  gradient: Float64Array,
  known: readonly Curvature[],
  { preconditionInPlace = () => {} }: ConvexSearch,
): Float64Array {
  const p = gradient.map((g) => -g);
  const shares = new Float64Array(known.length);
  for (let k = known.length - 1; k >= 0; k--) {
    const { s, y, rho } = known[k];
    shares[k] = rho * dot(s, p);
    addScaled(p, -shares[k], y);
  }
  preconditionInPlace(p);
  const last = known.at(-1);
  if (last) {
    const y = last.y.slice();
    preconditionInPlace(y);
    const scale = 1 / (last.rho * dot(y, last.y));
    for (let e = 0; e < p.length; e++) p[e] *= scale;
  }
  for (const [k, { s, y, rho }] of known.entries()) addScaled(p, shares[k] - rho * dot(y, p), s);
  return p;
}

function remembered(
  known: readonly Curvature[],
  from: Omit<Place, 'slope'>,
  to: Omit<Place, 'slope'>,
): Curvature[] {
  const s = to.point.map((x, e) => x - from.point[e]);
  const y = to.gradient.map((g, e) => g - from.gradient[e]);
  const sy = dot(s, y);
  if (!(sy > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)))) return [...known];
  return [...known.slice(-(MEMORY - 1)), { s, y, rho: 1 / sy }];
}

/** A slope of so small a part of the first is small enough. */
const SLOPE = 0.5;
/** Values that differ by so small a part are equal but for rounding. */
const ROUNDING = 1e-10;

/** The place along a direction where the slope is small and the value no higher; undefined where rounding hides it. */
function lineSearch(
  f: SmoothFunction,
  from: Omit<Place, 'slope'>,
  direction: Float64Array,
): Place | undefined {
  const first = dot(from.gradient, direction);
  if (!(first < 0)) return undefined;
  const ceiling = from.value + ROUNDING * Math.abs(from.value);
  let low = { step: 0, slope: first };
  let high: { step: number; slope: number } | undefined;
  let step = 1;
  for (let attempt = 0; attempt < 40; attempt++) {
    const place = placeAt(f, from, direction, step);
    const isHigh = !(place.value <= ceiling) || place.slope > -SLOPE * first;
    if (!isHigh && place.slope >= SLOPE * first) return place;
    if (isHigh) high = { step, slope: place.slope };
    else low = { step, slope: place.slope };
    step = high ? between(low, high) : 2 * step;
  }
  return undefined;
}

function placeAt(
  f: SmoothFunction,
  { point }: Pick<Place, 'point'>,
  direction: Float64Array,
  step: number,
): Place {
  const next = point.map((x, e) => x + step * direction[e]);
  const gradient = new Float64Array(next.length);
  const value = f(next, gradient);
  return { point: next, value, gradient, slope: dot(gradient, direction) };
}

/** Where the slope is 0 by the secant, kept off both ends; the middle where a slope is not finite. */
function between(
  low: { readonly step: number; readonly slope: number },
  high: { readonly step: number; readonly slope: number },
): number {
  const share = -low.slope / (high.slope - low.slope);
  const inside = share > 0 && share < 1 ? Math.min(0.9, Math.max(0.1, share)) : 0.5;
  return low.step + inside * (high.step - low.step);
}

function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let e = 0; e < a.length; e++) a[e] += factor * b[e];
}
