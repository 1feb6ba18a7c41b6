import type { JointProbabilities } from './joint-probabilities.ts';
import type { SneTarget } from './sne-layout.ts';
import {
  exactRepulsion,
  type Repulsion,
  studentAttraction,
  studentDivergence,
} from './student-kernel.ts';
import { createStudentMesh } from './student-mesh.ts';
import { treeRepulsion } from './student-tree.ts';

/** Up to so many rows all pairs are summed: no approximation costs much less. */
const EXACT_ROWS = { 1: 600, 2: 4000, 3: 3000 };
/** Longest step of a row, in the unit of the kernel. */
const LONGEST_STEP = 5;
const LEAST_GAIN = 0.01;

/** How the repulsion of n rows in `dim` dimensions is summed. */
export function repulsionFor(n: number, dim: 1 | 2 | 3): Repulsion {
  if (n <= EXACT_ROWS[dim]) return exactRepulsion(dim);
  if (dim === 3) return treeRepulsion;
  const mesh = createStudentMesh(dim);
  return (places, forces) => {
    mesh.fill(places);
    return mesh.read(places, forces) - n;
  };
}

/** Flat output: the kernel of Student's t with one degree of freedom, momentum and a gain for each coordinate. */
export function planeTarget(
  joint: JointProbabilities,
  start: Float64Array,
  dim: 1 | 2 | 3,
): SneTarget {
  const { n } = joint;
  const state = {
    places: start,
    velocities: new Float64Array(start.length),
    gains: new Float64Array(start.length).fill(1),
  };
  const repulsion = repulsionFor(n, dim);
  const pull = new Float64Array(start.length);
  const push = new Float64Array(start.length);
  return {
    dim,
    state,
    step(exaggeration, momentum, rate, isEarly, isFirst) {
      // Gains of the other exaggeration are wrong by its factor: kept, they leave maps with a KL 1 to 3 % higher.
      if (isFirst && !isEarly) rest(state);
      const total = repulsion(start, push);
      studentAttraction(joint, start, dim, pull);
      for (let at = 0; at < pull.length; at++)
        pull[at] = exaggeration * pull[at] - push[at] / total;
      move(state, pull, dim, momentum, rate);
      center(start, dim);
    },
    divergence: () => studentDivergence(joint, start, dim, repulsion(start, push)),
  };
}

/** As at the start: no velocity, gains of 1. */
function rest({ velocities, gains }: Readonly<Record<'velocities' | 'gains', Float64Array>>): void {
  velocities.fill(0);
  gains.fill(1);
}

/** Delta-bar-delta: a gain grows while gradient and velocity agree on where to go. */
function move(
  { places, velocities, gains }: Readonly<Record<'places' | 'velocities' | 'gains', Float64Array>>,
  gradient: Float64Array,
  dim: number,
  momentum: number,
  rate: number,
): void {
  for (let at = 0; at < places.length; at += dim) {
    let squared = 0;
    for (let e = at; e < at + dim; e++) {
      const agree = velocities[e] * gradient[e] < 0;
      gains[e] = agree ? gains[e] + 0.2 : Math.max(LEAST_GAIN, gains[e] * 0.8);
      velocities[e] = momentum * velocities[e] - rate * gains[e] * gradient[e];
      squared += velocities[e] * velocities[e];
    }
    const scale = squared > LONGEST_STEP * LONGEST_STEP ? LONGEST_STEP / Math.sqrt(squared) : 1;
    for (let e = at; e < at + dim; e++) {
      velocities[e] *= scale;
      places[e] += velocities[e];
    }
  }
}

function center(places: Float64Array, dim: number): void {
  for (let c = 0; c < dim; c++) {
    let sum = 0;
    for (let at = c; at < places.length; at += dim) sum += places[at];
    const mean = (sum * dim) / places.length;
    for (let at = c; at < places.length; at += dim) places[at] -= mean;
  }
}
