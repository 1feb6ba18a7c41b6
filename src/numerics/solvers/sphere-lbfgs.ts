/** What L-BFGS minimises: f at n rows of S^{d−1}, and its Riemannian gradient into `gradient`. */
export type SphereFunction = (points: Float64Array, gradient: Float64Array) => number;

export interface LbfgsLimits {
  readonly maxIterations: number;
  /** Stops when ‖gradient‖² ≤ tolerance² · scale(f). */
  readonly tolerance: number;
  /** For an energy that is 0 at its best, its own size. */
  readonly scale: (value: number) => number;
  /** The longest way one coordinate may go in one step. */
  readonly longestStep: number;
  /** Rows before this one stay as they are, bit for bit. */
  readonly frozenRows?: number;
  /** First step along the gradient, before there is curvature. */
  readonly firstStep: number;
}

const MEMORY = 6;
const NO_LIMITS = {
  maxIterations: 0,
  tolerance: 0,
  scale: () => 1,
  longestStep: 0,
  firstStep: 0,
};

/**
 * Limited-memory BFGS on a product of spheres, with memory that is reused from run to run.
 *
 * Steps go along x ↦ (x − t·p)/‖x − t·p‖ row by row; differences of points and gradients are taken in
 * the surrounding space, which agrees with transport to first order (Huang, Gallivan, Absil 2015).
 */
export class SphereLbfgs {
  readonly #d: number;
  #gradient: Float64Array;
  #nextGradient: Float64Array;
  readonly #direction: Float64Array;
  readonly #next: Float64Array;
  readonly #steps: Float64Array[] = [];
  readonly #changes: Float64Array[] = [];
  readonly #rho = new Float64Array(MEMORY);
  readonly #alpha = new Float64Array(MEMORY);
  #stored = 0;
  #head = 0;
  #iteration = 0;
  #f: SphereFunction = () => 0;
  #points: Float64Array = new Float64Array(0);
  #limits: LbfgsLimits = NO_LIMITS;
  /** f where the run stands. */
  value = 0;
  /** Evaluations so far, over all runs. */
  evaluations = 0;

  constructor(n: number, d: number) {
    this.#d = d;
    const length = n * d;
    this.#gradient = new Float64Array(length);
    this.#nextGradient = new Float64Array(length);
    this.#direction = new Float64Array(length);
    this.#next = new Float64Array(length);
    for (let k = 0; k < MEMORY; k++) {
      this.#steps.push(new Float64Array(length));
      this.#changes.push(new Float64Array(length));
    }
  }

  /** Starts a run of f from `points`, which `advance` overwrites. */
  begin(f: SphereFunction, points: Float64Array, limits: LbfgsLimits): void {
    this.#stored = 0;
    this.#iteration = 0;
    this.#f = f;
    this.#points = points;
    this.#limits = limits;
    this.value = f(points, this.#gradient);
    this.evaluations += 1;
  }

  /** One iteration; false when the run is over. */
  advance(): boolean {
    const limits = this.#limits;
    if (this.#iteration >= limits.maxIterations) return false;
    this.#iteration += 1;
    const squared = dot(this.#gradient, this.#gradient);
    if (squared <= limits.tolerance ** 2 * limits.scale(this.value)) return false;
    this.#quasiNewtonDirection(limits.firstStep);
    let slope = dot(this.#direction, this.#gradient);
    if (!(slope > 0)) {
      if (this.#stored === 0) return false;
      this.#stored = 0;
      this.#quasiNewtonDirection(limits.firstStep);
      slope = dot(this.#direction, this.#gradient);
    }
    const reached = this.#lineSearch(slope);
    if (Number.isNaN(reached)) {
      const wasPlain = this.#stored === 0;
      this.#stored = 0;
      return !wasPlain;
    }
    this.#remember();
    this.#points.set(this.#next);
    [this.#gradient, this.#nextGradient] = [this.#nextGradient, this.#gradient];
    this.value = reached;
    return true;
  }

  /** A whole run; returns f where it ends. */
  minimize(f: SphereFunction, points: Float64Array, limits: LbfgsLimits): number {
    this.begin(f, points, limits);
    while (this.advance());
    return this.value;
  }

  /** The two-loop recursion (Nocedal and Wright, Algorithm 7.4). */
  #quasiNewtonDirection(firstStep: number): void {
    const p = this.#direction;
    p.set(this.#gradient);
    const stored = this.#stored;
    if (stored === 0) {
      scale(p, firstStep);
      return;
    }
    const slot = (k: number): number => (this.#head - 1 - k + 2 * MEMORY) % MEMORY;
    for (let k = 0; k < stored; k++) {
      const q = slot(k);
      this.#alpha[q] = this.#rho[q] * dot(this.#steps[q], p);
      addScaled(p, -this.#alpha[q], this.#changes[q]);
    }
    const last = slot(0);
    scale(p, 1 / (this.#rho[last] * dot(this.#changes[last], this.#changes[last])));
    for (let k = stored - 1; k >= 0; k--) {
      const q = slot(k);
      addScaled(p, this.#alpha[q] - this.#rho[q] * dot(this.#changes[q], p), this.#steps[q]);
    }
  }

  /** Backtracks until f falls enough; leaves the new points in `#next`; NaN when it never does. */
  #lineSearch(slope: number): number {
    const limits = this.#limits;
    const longest = largestMagnitude(this.#direction);
    let t = longest > limits.longestStep ? limits.longestStep / longest : 1;
    for (let attempt = 0; attempt < 10; attempt++) {
      retract(this.#points, this.#direction, t, this.#next, this.#d, limits.frozenRows ?? 0);
      const reached = this.#f(this.#next, this.#nextGradient);
      this.evaluations += 1;
      if (reached <= this.value - 1e-4 * t * slope) return reached;
      t *= 0.4;
    }
    return NaN;
  }

  #remember(): void {
    const s = this.#steps[this.#head];
    const y = this.#changes[this.#head];
    let ys = 0;
    let yy = 0;
    for (let k = 0; k < s.length; k++) {
      const step = this.#next[k] - this.#points[k];
      const change = this.#nextGradient[k] - this.#gradient[k];
      s[k] = step;
      y[k] = change;
      ys += step * change;
      yy += change * change;
    }
    if (!(ys > 1e-10 * yy)) return;
    this.#rho[this.#head] = 1 / ys;
    this.#head = (this.#head + 1) % MEMORY;
    this.#stored = Math.min(this.#stored + 1, MEMORY);
  }
}

/** out ← (x − t·p)/‖x − t·p‖ for each row from `frozen` on; the rows before it are copied. */
function retract(
  x: Float64Array,
  p: Float64Array,
  t: number,
  out: Float64Array,
  d: number,
  frozen: number,
): void {
  const first = frozen * d;
  for (let k = 0; k < first; k++) out[k] = x[k];
  for (let i = first; i < x.length; i += d) {
    let squared = 0;
    for (let k = i; k < i + d; k++) {
      const value = x[k] - t * p[k];
      out[k] = value;
      squared += value * value;
    }
    const inverse = 1 / Math.sqrt(squared);
    for (let k = i; k < i + d; k++) out[k] *= inverse;
  }
}

/** In two running sums, whose order the codes found rest on. */
function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  const even = a.length & ~1;
  for (let k = 0; k < even; k += 2) {
    s0 += a[k] * b[k];
    s1 += a[k + 1] * b[k + 1];
  }
  if (even < a.length) s0 += a[even] * b[even];
  return s0 + s1;
}

function scale(a: Float64Array, factor: number): void {
  for (let k = 0; k < a.length; k++) a[k] *= factor;
}

function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let k = 0; k < a.length; k++) a[k] += factor * b[k];
}

function largestMagnitude(a: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) {
    const magnitude = Math.abs(a[k]);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
