import type { Matrix } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';

/** Pairs measured at most. */
const MOST_PAIRS = 10_000;

/** 4 + 2β with β = 1: all pairs keep the bound with a probability of 1 − 1/n or more. */
const SIZE = 6;

/**
 * The ε of the Johnson–Lindenstrauss lemma (Achlioptas 2003, theorem 1.1, β = 1): with probability 1 − 1/n or more, m
 * random products change all squared distances of n rows by factors within 1 ± ε. Undefined where no ε < 1 is promised.
 */
export function promisedDistortion(n: number, m: number): number | undefined {
  const needed = (SIZE * log(n)) / m;
  if (needed >= boundOf(1)) return undefined;
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (boundOf(middle) < needed) low = middle;
    else high = middle;
  }
  return high;
}

/** The fewest dimensions for which n rows have a promise. */
export function dimensionsOfPromise(n: number): number {
  return Math.floor((SIZE * log(n)) / boundOf(1)) + 1;
}

function boundOf(epsilon: number): number {
  return epsilon ** 2 / 2 - epsilon ** 3 / 3;
}

export interface Distortion {
  /** The largest |‖yᵢ − yⱼ‖²/‖xᵢ − xⱼ‖² − 1|. */
  readonly largest: number;
  /** Their mean. */
  readonly mean: number;
}

/** How squared distances change, over all pairs or 10,000 drawn at random; undefined where no two rows differ. */
export function measuredDistortion(x: Matrix, y: Matrix, random: Random): Distortion | undefined {
  let [largest, sum, measured] = [0, 0, 0];
  forPairs(x.rows, random, (i, j) => {
    const before = squaredDistance(x, i, j);
    if (before === 0) return;
    const change = Math.abs(squaredDistance(y, i, j) / before - 1);
    largest = Math.max(largest, change);
    sum += change;
    measured += 1;
  });
  return measured > 0 ? { largest, mean: sum / measured } : undefined;
}

function forPairs(n: number, random: Random, visit: (i: number, j: number) => void): void {
  if ((n * (n - 1)) / 2 <= MOST_PAIRS) {
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) visit(i, j);
    return;
  }
  for (let pair = 0; pair < MOST_PAIRS; pair++) {
    const i = random.integer(n);
    visit(i, (i + 1 + random.integer(n - 1)) % n);
  }
}

function squaredDistance({ data, cols: d }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += (data[i * d + c] - data[j * d + c]) ** 2;
  return sum;
}
