import { log } from '../../../core/numeric.ts';
import type { JointProbabilities } from './joint-probabilities.ts';

/** Σ_{i≠j} k(yᵢ, yⱼ) over n × dim places, and Σⱼ k(yᵢ, yⱼ)²(yᵢ − yⱼ) into row i of `forces`. */
export type Repulsion = (places: Float64Array, forces: Float64Array) => number;

/** The repulsion of k = 1/(1 + ‖yᵢ − yⱼ‖²) over all pairs, O(n²). */
export function exactRepulsion(dim: number): Repulsion {
  if (dim === 2) return exactInPlane;
  return (places, forces) => exactAnywhere(places, forces, dim);
}

function exactInPlane(places: Float64Array, forces: Float64Array): number {
  const end = places.length;
  let total = 0;
  forces.fill(0);
  for (let i = 0; i < end; i += 2) {
    const [x, y] = [places[i], places[i + 1]];
    let [forceX, forceY] = [0, 0];
    for (let j = 0; j < i; j += 2) {
      const dx = x - places[j];
      const dy = y - places[j + 1];
      const kernel = 1 / (1 + dx * dx + dy * dy);
      total += kernel;
      const squared = kernel * kernel;
      forceX += squared * dx;
      forceY += squared * dy;
      forces[j] -= squared * dx;
      forces[j + 1] -= squared * dy;
    }
    forces[i] += forceX;
    forces[i + 1] += forceY;
  }
  return 2 * total;
}

function exactAnywhere(places: Float64Array, forces: Float64Array, dim: number): number {
  const end = places.length;
  let total = 0;
  forces.fill(0);
  for (let i = 0; i < end; i += dim) {
    for (let j = 0; j < i; j += dim) {
      let gap = 1;
      for (let c = 0; c < dim; c++) gap += (places[i + c] - places[j + c]) ** 2;
      const kernel = 1 / gap;
      total += kernel;
      const squared = kernel * kernel;
      for (let c = 0; c < dim; c++) {
        const force = squared * (places[i + c] - places[j + c]);
        forces[i + c] += force;
        forces[j + c] -= force;
      }
    }
  }
  return 2 * total;
}

/** Σⱼ p(i, j)·k(yᵢ, yⱼ)·(yᵢ − yⱼ) into row i of `forces`. */
export function studentAttraction(
  { n, starts, columns, values }: JointProbabilities,
  places: Float64Array,
  dim: number,
  forces: Float64Array,
): void {
  if (dim === 2) {
    for (let i = 0; i < n; i++) {
      const [x, y] = [places[2 * i], places[2 * i + 1]];
      let [forceX, forceY] = [0, 0];
      for (let r = starts[i]; r < starts[i + 1]; r++) {
        const j = 2 * columns[r];
        const dx = x - places[j];
        const dy = y - places[j + 1];
        const pull = values[r] / (1 + dx * dx + dy * dy);
        forceX += pull * dx;
        forceY += pull * dy;
      }
      forces[2 * i] = forceX;
      forces[2 * i + 1] = forceY;
    }
    return;
  }
  forces.fill(0);
  for (let i = 0; i < n; i++) {
    for (let r = starts[i]; r < starts[i + 1]; r++) {
      const pull = values[r] / (1 + squaredGap(places, i, columns[r], dim));
      for (let c = 0; c < dim; c++)
        forces[i * dim + c] += pull * (places[i * dim + c] - places[columns[r] * dim + c]);
    }
  }
}

/** KL(P‖Q) = Σ p ln(p/q) with q = k/Z. */
export function studentDivergence(
  { n, starts, columns, values }: JointProbabilities,
  places: Float64Array,
  dim: number,
  total: number,
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let r = starts[i]; r < starts[i + 1]; r++) {
      if (!(values[r] > 0)) continue;
      sum += values[r] * log(values[r] * total * (1 + squaredGap(places, i, columns[r], dim)));
    }
  }
  return sum;
}

function squaredGap(places: Float64Array, i: number, j: number, dim: number): number {
  let sum = 0;
  for (let c = 0; c < dim; c++) sum += (places[i * dim + c] - places[j * dim + c]) ** 2;
  return sum;
}
