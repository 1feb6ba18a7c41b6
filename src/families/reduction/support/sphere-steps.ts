import { asin } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import type { EdgeSampler } from './edge-samplers.ts';
import { type Forces, floatBits, forceAt, forcesOf } from './layout-forces.ts';
import { type EdgeForces, type Layout, type Mover, stepsBy } from './layout-steps.ts';

/** Below it the sine of an angle near π is taken as this: the pull between opposite rows has no direction. */
const LEAST_SINE = 0.05;

type Law = (squared: number) => number;

/**
 * Laws of the squared great-circle distance on a sphere of that radius, as tables over the squared chord r² of unit
 * rows: a row x moves by rate · f(r²)·(x·cos θ − other), tangent to the sphere at x and of length θ at f = θ/sin θ.
 */
export function sphereForces(attraction: Law, repulsion: Law, radius: number): Forces {
  const onSphere = (law: Law) => (squaredChord: number) => {
    const angle = 2 * asin(Math.min(1, Math.sqrt(squaredChord) / 2));
    // sin θ = r·√(1 − r²/4) of the chord r.
    const sine = Math.sqrt(squaredChord * Math.max(0, 1 - squaredChord / 4));
    const ratio = angle < 1e-4 ? 1 : angle / Math.max(sine, LEAST_SINE * Math.min(1, angle));
    return law((radius * angle) ** 2) * ratio;
  };
  return forcesOf(onSphere(attraction), onSphere(repulsion));
}

/** What `edgeSteps` is, on the sphere: rows move in the tangent plane and are brought back by their length. */
export function sphereSteps(
  layout: Layout,
  sampler: EdgeSampler,
  given: EdgeForces,
  random: Random,
): (step: number, rate: number) => void {
  return stepsBy(moverOnSphere(layout, given), sampler, random);
}

function moverOnSphere(
  { data, rows: n, cols: m }: Layout,
  { forces: { attraction, repulsion }, negatives, negativesMove, clip }: EdgeForces,
): Mover {
  const bits = floatBits();
  const scale = n / 2 ** 32;
  const before = new Float64Array(m);
  return (heads, tails, count, rate, seed) => {
    let state = seed;
    const most = clip * rate;
    for (let e = 0; e < count; e++) {
      const head = heads[e];
      const tail = tails[e];
      for (let draw = 0; draw <= negatives; draw++) {
        let other = tail;
        if (draw > 0) {
          state ^= state << 13;
          state ^= state >>> 17;
          state ^= state << 5;
          other = ((state >>> 0) * scale) | 0;
          if (other === head || other === tail) continue;
        }
        let squared = 0;
        for (let c = 0; c < m; c++) {
          before[c] = data[m * head + c];
          squared += (before[c] - data[m * other + c]) ** 2;
        }
        const cosine = 1 - squared / 2;
        const force = rate * forceAt(draw > 0 ? repulsion : attraction, squared, bits);
        const length = Math.abs(force) * Math.sqrt(Math.max(0, 1 - cosine * cosine));
        const by = length > most ? (force * most) / length : force;
        stepInPlace(data, m * head, m, cosine, by, data, m * other);
        if (draw === 0 || negativesMove) stepInPlace(data, m * other, m, cosine, by, before, 0);
      }
    }
  };
}

/** x ← (x + by·(x·cosine − other)), scaled to length 1. */
function stepInPlace(
  data: Float64Array,
  at: number,
  m: number,
  cosine: number,
  by: number,
  others: Float64Array,
  from: number,
): void {
  let squares = 0;
  for (let c = 0; c < m; c++) {
    const x = data[at + c];
    const moved = x + by * (x * cosine - others[from + c]);
    data[at + c] = moved;
    squares += moved * moved;
  }
  const inverse = 1 / Math.sqrt(squares);
  for (let c = 0; c < m; c++) data[at + c] *= inverse;
}

/** Each row over its length, in place; a row of zeros becomes the first axis. */
export function unitRowsInPlace({ data, rows: n, cols: m }: Layout): void {
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let c = 0; c < m; c++) squares += data[i * m + c] ** 2;
    const length = Math.sqrt(squares);
    if (!(length > 0)) data[i * m] = 1;
    else for (let c = 0; c < m; c++) data[i * m + c] /= length;
  }
}
