/**
 * Distances to the j-th nearest of n − 1 uniform points on the sphere of dimension m (in R^{m+1}; m
 * need not be whole): what a dimension estimate is there, exactly, so that it can be read backwards.
 */
import { angleOfChord, exp, log, sin } from '../../../../core/numeric.ts';
import { gaussLegendre, logBeta } from '../../../../numerics/laws/special.ts';
import { pairAngleCdf, pairAngleQuantile } from '../../../../structures/uniform/angles.ts';

/** Nodes v = ln u with weights, over all u that the first `last` order statistics of n − 1 reach. */
interface Grid {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

function gridOf(n: number, last: number): Grid {
  const top = Math.min(-1e-12, log((last + 9 * Math.sqrt(last) + 30) / n));
  const middle = Math.min(top - 1, -log(n) - 3);
  const bottom = middle - 30;
  const parts = [
    { from: bottom, to: middle, panels: 4 },
    { from: middle, to: top, panels: 16 },
  ];
  const { nodes: t, weights: w } = gaussLegendre(16);
  const nodes: number[] = [];
  const weights: number[] = [];
  for (const { from, to, panels } of parts) {
    const half = (to - from) / panels / 2;
    for (let p = 0; p < panels; p++) {
      for (let i = 0; i < t.length; i++) {
        nodes.push(from + (2 * p + 1 + t[i]) * half);
        weights.push(half * w[i]);
      }
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
}

/**
 * The grid's weights times the density of ln U_(j), U_(j) ~ Beta(j, n − j) the j-th smallest of n − 1
 * uniform numbers.
 */
function orderWeights({ nodes, weights }: Grid, j: number, n: number): Float64Array {
  const constant = logBeta(j, n - j);
  return nodes.map((v, i) => {
    const u = exp(v);
    const rest = u < 1e-5 ? -u - (u * u) / 2 : log(1 - u);
    return weights[i] * exp(j * v + (n - j - 1) * rest - constant);
  });
}

/** The chord within which the share u of the sphere of dimension m is. */
function chordOf(u: number, m: number): number {
  return 2 * sin(pairAngleQuantile(u, m + 1) / 2);
}

/** Nodes of less add less than rounding: their logarithms are of the order of 1 to 100. */
const NO_WEIGHT = 1e-18;

/** m ↦ E ln r_j for each j of `ranks`, r_j the chord to the j-th nearest on the sphere of dimension m. */
export function expectedLogChords(
  n: number,
  ranks: readonly number[],
): (m: number) => Float64Array {
  const grid = gridOf(n, Math.max(...ranks));
  const weights = ranks.map((rank) => orderWeights(grid, rank, n));
  const used = [...grid.nodes.keys()].filter((i) => weights.some((list) => list[i] > NO_WEIGHT));
  return (m) => {
    const logs = used.map((i) => log(chordOf(exp(grid.nodes[i]), m)));
    return Float64Array.from(weights, (list) =>
      used.reduce((sum, i, at) => sum + list[i] * logs[at], 0),
    );
  };
}

/**
 * m ↦ E min(X, q), q the quantile of X = ln(r₂/r₁) with P(X ≤ q) = share, on the sphere of dimension m.
 *
 * Given r₂, the nearest is uniform in its cap: P(X > x) = E F(r₂e^{−x})/F(r₂).
 */
export function censoredLogRatio(n: number, share: number): (m: number) => number {
  const grid = gridOf(n, 2);
  const weights = orderWeights(grid, 2, n);
  const used = [...weights.keys()].filter((i) => weights[i] > 1e-9);
  return (m) => {
    const chords = used.map((i) => chordOf(exp(grid.nodes[i]), m));
    const above = (x: number): number => {
      const shrunk = exp(-x);
      let sum = 0;
      for (const [a, i] of used.entries()) {
        const inside = pairAngleCdf(angleOfChord(chords[a] * shrunk), m + 1);
        sum += (weights[i] * inside) / exp(grid.nodes[i]);
      }
      return sum;
    };
    const q = crossing(above, 1 - share, 1 / m);
    const { nodes, weights: w } = gaussLegendre(16);
    return nodes.reduce((sum, t, i) => sum + (q / 2) * w[i] * above((q / 2) * (1 + t)), 0);
  };
}

/** Where a falling function has that value, starting at `guess`, by the secant rule in brackets. */
function crossing(f: (x: number) => number, wanted: number, guess: number): number {
  let [low, high] = [0, guess];
  while (f(high) > wanted) [low, high] = [high, 2 * high];
  let [above, below] = [f(low), f(high)];
  for (let step = 0; step < 60 && high - low > 1e-10 * high; step++) {
    const secant = (log(above) - log(wanted)) / (log(above) - log(below));
    const at = low + (high - low) * Math.min(0.95, Math.max(0.05, secant));
    const value = f(at);
    if (Math.abs(value - wanted) < 1e-12) return at;
    if (value > wanted) [low, above] = [at, value];
    else [high, below] = [at, value];
  }
  return (low + high) / 2;
}

/** Scales are pure functions of a few numbers and cost 0.1 s: the last hundred are kept. */
// @__NO_SIDE_EFFECTS__
export function remembered<A extends readonly number[], R>(
  make: (...key: A) => R,
): (...key: A) => R {
  const known = new Map<string, R>();
  return (...key) => {
    const name = key.join();
    let value = known.get(name);
    if (value === undefined) {
      value = make(...key);
      if (known.size >= 100) known.clear();
      known.set(name, value);
    }
    return value;
  };
}

const SMALLEST_DIMENSION = 0.5;
const LARGEST_DIMENSION = 4000;
/** Dimensions tried are this factor apart; between them ln estimate is a cubic in ln m. */
const STEP = log(1.2);
const LAST = Math.floor(log(LARGEST_DIMENSION / SMALLEST_DIMENSION) / STEP);

/**
 * Reads estimates backwards: the m at which uniform points of the sphere of dimension m have that
 * estimate, for estimates that rise with m. `estimates(m)` gives one or several of them.
 */
export function dimensionScale(estimates: (m: number) => ArrayLike<number>): {
  readonly read: (estimate: number, which?: number) => number;
} {
  const known = new Map<number, ArrayLike<number>>();
  const at = (i: number, which: number): number => {
    let values = known.get(i);
    if (!values) {
      values = estimates(SMALLEST_DIMENSION * exp(i * STEP));
      known.set(i, values);
    }
    return log(values[which]);
  };
  const read = (estimate: number, which = 0): number => {
    if (!(estimate > 0)) return NaN;
    const wanted = log(estimate);
    let [low, high] = [0, LAST];
    if (wanted <= at(low, which)) return SMALLEST_DIMENSION;
    // Estimates are seldom far from m: look near it first.
    let guess = Math.round(log(estimate / SMALLEST_DIMENSION) / STEP);
    while (high - low > 1) {
      guess = Math.min(high - 1, Math.max(low + 1, guess));
      if (at(guess, which) <= wanted) [low, guess] = [guess, guess + Math.max(1, guess - low)];
      else [high, guess] = [guess, guess - 1];
      if (guess <= low || guess >= high) guess = (low + high) >> 1;
    }
    const first = Math.min(LAST - 3, Math.max(0, low - 1));
    const values = [0, 1, 2, 3].map((a) => at(first + a, which));
    const place = inverseCubic(values, low - first, wanted);
    return SMALLEST_DIMENSION * exp((first + place) * STEP);
  };
  return { read };
}

/** The t in [from, from + 1] at which the cubic through (0, v₀) … (3, v₃) has that value. */
function inverseCubic(v: readonly number[], from: number, wanted: number): number {
  const cubic = (t: number) =>
    (-v[0] * (t - 1) * (t - 2) * (t - 3)) / 6 +
    (v[1] * t * (t - 2) * (t - 3)) / 2 -
    (v[2] * t * (t - 1) * (t - 3)) / 2 +
    (v[3] * t * (t - 1) * (t - 2)) / 6;
  let [low, high] = [from, from + 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (cubic(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
