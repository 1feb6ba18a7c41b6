import type { KnnGraph } from '../../../core/graph.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import { sphere } from '../../../manifolds/sphere.ts';
import type { JointProbabilities } from './joint-probabilities.ts';
import { perplexityWeights } from './perplexity.ts';
import type { SneTarget } from './sne-layout.ts';
import { weightedMeans } from './sne-place.ts';

/** Longest step of a row, in units of 1/√κ, and in radians. */
const LONGEST_STEP = 5;
const LONGEST_ANGLE = 0.5;
const LEAST_GAIN = 0.01;
/** Share by which ln κ follows its gradient at each step. */
const CONCENTRATION_RATE = 0.05;
const PLACING_STEPS = 100;
const PLACING_RATE = 0.1;
const PLACING_LONGEST = 0.25;
const PLACING_EXAGGERATION = 1.5;

/** exp(−x) at multiples of 1/64 below 40; beyond, it counts as 0. */
const TABLE = /* @__PURE__ */ Float64Array.from({ length: 40 * 64 + 1 }, (_, i) => exp(-i / 64));

/** exp(−x), x ≥ 0, to 1e-11: the same bits everywhere, and fast in sums over all pairs. */
function decay(x: number): number {
  if (!(x < 40)) return 0;
  const i = Math.floor(x * 64);
  const t = x - i / 64;
  return TABLE[i] * (1 - t * (1 - (t / 2) * (1 - (t / 3) * (1 - t / 4))));
}

/**
 * The concentration κ at which exp(−κ‖y − y′‖²) over n points spread evenly on S² reaches as many as the perplexity:
 * n·e/4κ of them.
 */
export function evenConcentration(n: number, perplexity: number): number {
  return (n * Math.E) / (4 * perplexity);
}

/**
 * Output on S²: the kernel exp(−κ‖yᵢ − yⱼ‖²) of von Mises and Fisher, steps along geodesics with the velocity carried
 * along, a gain for each row; after the early steps κ descends the divergence as well. P is not exaggerated at first: this
 * kernel has no tail to hold rows apart, and the start is spread over the sphere already.
 */
export function sphereTarget(
  joint: JointProbabilities,
  start: Float64Array,
  concentration: number,
): SneTarget & { concentration(): number } {
  const { n } = joint;
  const state = {
    places: start,
    velocities: new Float64Array(3 * n),
    gains: new Float64Array(n).fill(1),
    concentration: Float64Array.of(concentration),
  };
  const pull = new Float64Array(3 * n);
  const push = new Float64Array(3 * n);
  return {
    dim: 3,
    state,
    concentration: () => state.concentration[0],
    step(exaggeration, momentum, rate, isEarly) {
      const [kappa] = state.concentration;
      const repelled = repulsion(start, kappa, push);
      const pulled = attraction(joint, start, pull);
      for (let at = 0; at < pull.length; at++)
        pull[at] = (isEarly ? 1 : exaggeration) * pull[at] - push[at] / repelled.total;
      moveOnSphere(state, pull, kappa, momentum, rate);
      if (isEarly) return;
      const slope = kappa * (pulled - repelled.squares / repelled.total);
      state.concentration[0] = kappa * exp(-CONCENTRATION_RATE * Math.max(-1, Math.min(1, slope)));
    },
    divergence() {
      const [kappa] = state.concentration;
      const { total } = repulsion(start, kappa, push);
      const entropy = joint.values.reduce((sum, p) => (p > 0 ? sum + p * log(p) : sum), 0);
      return entropy + log(total) + kappa * attraction(joint, start, pull);
    },
  };
}

/** Z = Σ_{i≠j} k, Σ k‖yᵢ − yⱼ‖², and Σⱼ k·(yᵢ − yⱼ) into row i of `forces`. */
function repulsion(places: Float64Array, kappa: number, forces: Float64Array) {
  const end = places.length;
  let [total, squares] = [0, 0];
  forces.fill(0);
  for (let i = 0; i < end; i += 3) {
    const x = places[i];
    const y = places[i + 1];
    const z = places[i + 2];
    let [forceX, forceY, forceZ] = [0, 0, 0];
    for (let j = 0; j < i; j += 3) {
      const dx = x - places[j];
      const dy = y - places[j + 1];
      const dz = z - places[j + 2];
      const gap = dx * dx + dy * dy + dz * dz;
      const kernel = decay(kappa * gap);
      total += kernel;
      squares += kernel * gap;
      forceX += kernel * dx;
      forceY += kernel * dy;
      forceZ += kernel * dz;
      forces[j] -= kernel * dx;
      forces[j + 1] -= kernel * dy;
      forces[j + 2] -= kernel * dz;
    }
    forces[i] += forceX;
    forces[i + 1] += forceY;
    forces[i + 2] += forceZ;
  }
  // Concentrations that leave all pairs without weight would divide by zero.
  return { total: Math.max(2 * total, 1e-300), squares: 2 * squares };
}

/** Σⱼ p(i, j)·(yᵢ − yⱼ) into row i of `forces`; returns Σ p(i, j)‖yᵢ − yⱼ‖². */
function attraction(
  { n, starts, columns, values }: JointProbabilities,
  places: Float64Array,
  forces: Float64Array,
): number {
  let squares = 0;
  forces.fill(0);
  for (let i = 0; i < n; i++) {
    for (let r = starts[i]; r < starts[i + 1]; r++) {
      for (let c = 0; c < 3; c++) {
        const gap = places[3 * i + c] - places[3 * columns[r] + c];
        forces[3 * i + c] += values[r] * gap;
        squares += values[r] * gap * gap;
      }
    }
  }
  return squares;
}

interface Moving {
  readonly places: Float64Array;
  readonly velocities: Float64Array;
  readonly gains: Float64Array;
}

function moveOnSphere(
  { places, velocities, gains }: Moving,
  gradient: Float64Array,
  kappa: number,
  momentum: number,
  rate: number,
): void {
  const longest = Math.min(LONGEST_ANGLE, LONGEST_STEP / Math.sqrt(kappa));
  for (let i = 0; i < gains.length; i++) {
    const [place, velocity, slope] = [places, velocities, gradient].map((of) =>
      of.subarray(3 * i, 3 * i + 3),
    );
    sphere.toRiemannianGradient(place, slope, slope);
    const agree = sphere.inner(place, velocity, slope) < 0;
    gains[i] = agree ? gains[i] + 0.2 : Math.max(LEAST_GAIN, gains[i] * 0.8);
    for (let c = 0; c < 3; c++) velocity[c] = momentum * velocity[c] - rate * gains[i] * slope[c];
    shorten(velocity, longest);
    sphere.flowInPlace(place, velocity, 1);
  }
}

function shorten(vector: Float64Array, longest: number): void {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  if (length > longest) for (let c = 0; c < vector.length; c++) vector[c] *= longest / length;
}

/**
 * Places new rows in a map on S² that stays as it is, as `placedInPlane` does: from the direction of the weighted mean of
 * their neighbours' places.
 */
export function placedOnSphere(
  graph: KnnGraph,
  map: Matrix<Float64Array>,
  perplexity: number,
  kappa: number,
  factors?: Float64Array,
): Matrix<Float64Array> {
  const { indices, n, k } = graph;
  const weights = perplexityWeights(graph, perplexity, factors);
  const { data } = weightedMeans(indices, weights, n, k, map);
  const [velocity, slope] = [new Float64Array(3), new Float64Array(3)];
  const longest = PLACING_LONGEST / Math.sqrt(kappa);
  for (let i = 0; i < n; i++) {
    const place = data.subarray(3 * i, 3 * i + 3);
    // Neighbours that lie opposite one another have no mean direction: the nearest decides.
    if (Math.sqrt(sphere.inner(place, place, place)) < 1e-9)
      place.set(map.data.subarray(3 * indices[i * k], 3 * indices[i * k] + 3));
    sphere.projectPoint(place, place);
    velocity.fill(0);
    for (let step = 0; step < PLACING_STEPS; step++) {
      repelFrom(map.data, place, kappa, slope);
      for (let r = i * k; r < (i + 1) * k; r++) {
        for (let c = 0; c < 3; c++)
          slope[c] += PLACING_EXAGGERATION * weights[r] * (place[c] - map.data[3 * indices[r] + c]);
      }
      sphere.toRiemannianGradient(place, slope, slope);
      shorten(slope, longest);
      for (let c = 0; c < 3; c++) velocity[c] = 0.8 * velocity[c] - PLACING_RATE * slope[c];
      sphere.flowInPlace(place, velocity, 1);
    }
  }
  return matrix(data, n, 3);
}

/** −(1/Z) Σⱼ k·(y − yⱼ) into `slope`. */
function repelFrom(
  map: Float64Array,
  place: Float64Array,
  kappa: number,
  slope: Float64Array,
): void {
  const [x, y, z] = place;
  let [total, sumX, sumY, sumZ] = [1e-300, 0, 0, 0];
  for (let j = 0; j < map.length; j += 3) {
    const dx = x - map[j];
    const dy = y - map[j + 1];
    const dz = z - map[j + 2];
    const kernel = decay(kappa * (dx * dx + dy * dy + dz * dz));
    total += kernel;
    sumX += kernel * dx;
    sumY += kernel * dy;
    sumZ += kernel * dz;
  }
  slope[0] = -sumX / total;
  slope[1] = -sumY / total;
  slope[2] = -sumZ / total;
}
