import { exp } from '../../core/numeric.ts';
import { normalQuantile, normalTail } from './normal.ts';

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Steps that bring the levels near, so that Newton's do not overshoot; with up to 1,024 levels half as many suffice. */
const MEAN_STEPS = 20;
const MOST_STEPS = 50;

/**
 * The `count` levels that represent a standard normal number by the nearest of them with the least mean squared error,
 * ascending (Lloyd 1957, Max 1960): each is the mean of its cell, and cells end halfway between levels.
 *
 *     y_i P_i = φ(t_i) − φ(t_{i+1}),   t_i = (y_{i−1} + y_i)/2,   P_i = Φ(t_{i+1}) − Φ(t_i)
 *
 * The normal law is log-concave, so there is one solution. It is reached from the levels that are best for very many of
 * them, the quantiles of a normal law of variance 3, by some of Lloyd's steps to the means of the cells and then Newton's.
 * O(count) a step.
 */
export function normalLevels(count: number): Float64Array {
  const levels = Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(3) * normalQuantile((i + 0.5) / count),
  );
  for (let step = 0; step < MEAN_STEPS; step++) {
    const means = Float64Array.from(levels);
    forEachCell(levels, ({ moment, mass }, i) => {
      means[i] = moment / mass;
    });
    levels.set(means);
  }
  for (let step = 0; step < MOST_STEPS; step++) {
    const change = newtonStep(levels);
    if (change < 1e-14) break;
  }
  // Rounding leaves the two halves a little apart.
  return levels.map((level, i) => (level - levels[count - 1 - i]) / 2);
}

/** E (Z − nearest level)² of a standard normal Z: 1 − 2 Σ y_i M_i + Σ y_i² P_i with cells of mass P and moment M. */
export function normalDistortion(levels: Float64Array): number {
  let sum = 1;
  forEachCell(levels, ({ level, mass, moment }) => {
    sum += level * (level * mass - 2 * moment);
  });
  return sum;
}

interface Cell {
  readonly level: number;
  /** P(Z in the cell), and the integral of z over it. */
  readonly mass: number;
  readonly moment: number;
  /** ½ φ(t)·(y − t) at both ends: how the balance of the cell depends on where they lie. */
  readonly below: number;
  readonly above: number;
}

function forEachCell(levels: Float64Array, visit: (cell: Cell, i: number) => void): void {
  let [end, tail, density] = [-Infinity, 1, 0];
  for (let i = 0; i < levels.length; i++) {
    const [start, startTail, startDensity] = [end, tail, density];
    end = i + 1 < levels.length ? (levels[i] + levels[i + 1]) / 2 : Infinity;
    tail = end === Infinity ? 0 : normalTail(end);
    density = end === Infinity ? 0 : exp(-0.5 * end * end) / ROOT_TWO_PI;
    visit(
      {
        level: levels[i],
        mass: startTail - tail,
        moment: startDensity - density,
        below: startDensity === 0 ? 0 : (startDensity * (levels[i] - start)) / 2,
        above: density === 0 ? 0 : (density * (levels[i] - end)) / 2,
      },
      i,
    );
  }
}

/** One step of Newton's method, by elimination in a tridiagonal system; returns the largest change. */
function newtonStep(levels: Float64Array): number {
  const n = levels.length;
  const [diagonal, after, rest] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  forEachCell(levels, ({ level, mass, moment, below, above }, i) => {
    diagonal[i] = mass + above - below;
    after[i] = above;
    rest[i] = level * mass - moment;
    if (i === 0) return;
    const ratio = -below / diagonal[i - 1];
    diagonal[i] -= ratio * after[i - 1];
    rest[i] -= ratio * rest[i - 1];
  });
  let [next, largest] = [0, 0];
  for (let i = n - 1; i >= 0; i--) {
    next = (rest[i] - after[i] * next) / diagonal[i];
    levels[i] -= next;
    largest = Math.max(largest, Math.abs(next));
  }
  return largest;
}
