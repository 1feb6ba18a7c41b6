import type { Random } from '../../../core/random.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';

/** A change of some rows that a local minimisation then settles; rows before `frozen` stay. */
export type Move = (x: Float64Array, shape: MoveShape, random: Random) => void;

export interface MoveShape {
  readonly d: number;
  readonly frozen: number;
  /** About the distance of neighbours. */
  readonly diameter: number;
}

/** The moves of basin hopping, with how often each is tried. */
export const moves: readonly { readonly share: number; readonly move: Move }[] = [
  { share: 0.35, move: (x, shape, random) => relocate(x, shape, random, 1) },
  { share: 0.15, move: (x, shape, random) => relocate(x, shape, random, 2 + random.integer(2)) },
  { share: 0.15, move: shake },
  { share: 0.2, move: stirCap },
  { share: 0.15, move: twist },
];

export function randomMove(random: Random): Move {
  let rest = random.uniform();
  for (const { share, move } of moves) {
    rest -= share;
    if (rest < 0) return move;
  }
  return twist;
}

/** Fills rows from `frozen` on with uniform points of the sphere. */
export function scatter(x: Float64Array, { d, frozen }: MoveShape, random: Random): void {
  for (let i = frozen * d; i < x.length; i += d) {
    for (let k = i; k < i + d; k++) x[k] = random.normal();
  }
  rescaleRows(x, d, frozen);
}

/** Takes `count` random rows out and puts each into the widest of some sampled gaps. */
function relocate(x: Float64Array, { d, frozen }: MoveShape, random: Random, count: number): void {
  const n = x.length / d;
  const candidate = new Float64Array(d);
  for (let c = 0; c < count; c++) {
    const moved = (frozen + random.integer(n - frozen)) * d;
    let leastNearest = 2;
    let gap = candidate.slice();
    for (let sample = 0; sample < n + 40; sample++) {
      for (let k = 0; k < d; k++) candidate[k] = random.normal();
      rescaleRows(candidate, d, 0);
      const nearest = largestCosine(x, d, candidate, moved, leastNearest);
      if (nearest >= leastNearest) continue;
      leastNearest = nearest;
      gap = candidate.slice();
    }
    x.set(gap, moved);
  }
}

/** Largest cosine of `y` with the rows other than `skipped`; stops looking beyond `enough`. */
function largestCosine(
  x: Float64Array,
  d: number,
  y: Float64Array,
  skipped: number,
  enough: number,
): number {
  let largest = -2;
  for (let j = 0; j < x.length && largest < enough; j += d) {
    if (j === skipped) continue;
    let cosine = 0;
    for (let k = 0; k < d; k++) cosine += y[k] * x[j + k];
    if (cosine > largest) largest = cosine;
  }
  return largest;
}

/** Moves every row by a random part of the neighbour distance. */
function shake(x: Float64Array, { d, frozen, diameter }: MoveShape, random: Random): void {
  const size = diameter * (0.06 + 0.24 * random.uniform());
  for (let k = frozen * d; k < x.length; k++) x[k] += size * random.normal();
  rescaleRows(x, d, frozen);
}

/** Scrambles the rows within a cap of a few neighbour distances. */
function stirCap(x: Float64Array, { d, frozen, diameter }: MoveShape, random: Random): void {
  const center = random.integer(x.length / d) * d;
  const middle = x.slice(center, center + d);
  const radius = diameter * (1.2 + 1.5 * random.uniform());
  const size = diameter * (0.3 + 0.4 * random.uniform());
  for (let i = frozen * d; i < x.length; i += d) {
    let squared = 0;
    for (let k = 0; k < d; k++) squared += (x[i + k] - middle[k]) ** 2;
    if (squared >= radius * radius) continue;
    for (let k = i; k < i + d; k++) x[k] += size * random.normal();
  }
  rescaleRows(x, d, frozen);
}

/** Turns all rows on one side of a random hyperplane within that plane's directions. */
function twist(x: Float64Array, { d, frozen, diameter }: MoveShape, random: Random): void {
  const frame = orthonormalTriple(d, random);
  const height = 1.6 * random.uniform() - 0.8;
  const angle = 4 * diameter * (random.uniform() - 0.5);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  for (let i = frozen * d; i < x.length; i += d) {
    const [along, p, q] = frame.map((axis) => {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += axis[k] * x[i + k];
      return sum;
    });
    if (along <= height) continue;
    const turnedP = c * p - s * q - p;
    const turnedQ = s * p + c * q - q;
    for (let k = 0; k < d; k++) x[i + k] += turnedP * frame[1][k] + turnedQ * frame[2][k];
  }
  rescaleRows(x, d, frozen);
}

/** Three orthonormal directions; in the plane the last two are the plane, the first any axis. */
function orthonormalTriple(d: number, random: Random): Float64Array[] {
  const axes: Float64Array[] = [];
  while (axes.length < 3) {
    const axis = Float64Array.from({ length: d }, () => random.normal());
    const kept = d === 2 ? axes.slice(1) : axes;
    for (const other of kept) {
      let overlap = 0;
      for (let k = 0; k < d; k++) overlap += axis[k] * other[k];
      for (let k = 0; k < d; k++) axis[k] -= overlap * other[k];
    }
    rescaleRows(axis, d, 0);
    axes.push(axis);
  }
  return axes;
}
