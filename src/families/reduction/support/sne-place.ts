import type { KnnGraph } from '../../../core/graph.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { perplexityWeights } from './perplexity.ts';
import { spaceTree } from './space-tree.ts';
import { createStudentMesh } from './student-mesh.ts';
import { studentField } from './student-tree.ts';

/** Neighbours decide where a new row goes: fewer than for the map. */
const PERPLEXITY = 5;
const STEPS = 250;
const EXAGGERATION = 1.5;
const MOMENTUM = 0.8;
const RATE = 0.1;
const LONGEST_GRADIENT = 0.25;
/** How far around the map its potential is tabulated. */
const MARGIN = 5;

/** How many neighbours a new row is placed by, of n fitted ones, and their perplexity. */
export function placingNeighborhood(n: number, perplexity: number) {
  const own = Math.max(1, Math.min(PERPLEXITY, perplexity, n / 3));
  return { k: Math.min(n, Math.max(1, Math.floor(3 * own))), perplexity: own };
}

/** Σⱼ k over the map at a place, and Σⱼ k²(y − yⱼ) into `force`. */
type Field = (place: Float64Array, force: Float64Array) => number;

/**
 * Places new rows in a flat map that stays as it is: each begins at the weighted mean of its neighbours' places, and
 * descends KL(pᵢ‖qᵢ) with qᵢ(j) = k(y, yⱼ)/Σⱼ k(y, yⱼ), in 250 steps.
 *
 * @param graph for each new row its neighbours among the fitted rows
 */
export function placedInPlane(
  graph: KnnGraph,
  map: Matrix<Float64Array>,
  perplexity: number,
  factors?: Float64Array,
): Matrix<Float64Array> {
  const { indices, n, k } = graph;
  const { cols: dim } = map;
  const weights = perplexityWeights(graph, perplexity, factors);
  const field = fieldOf(map);
  const out = weightedMeans(indices, weights, n, k, map);
  const place = new Float64Array(dim);
  const force = new Float64Array(dim);
  const velocity = new Float64Array(dim);
  for (let i = 0; i < n; i++) {
    place.set(out.data.subarray(i * dim, (i + 1) * dim));
    velocity.fill(0);
    for (let step = 0; step < STEPS; step++) {
      const total = field(place, force);
      for (let c = 0; c < dim; c++) force[c] /= -total;
      attract(indices, weights, i * k, (i + 1) * k, map, place, force);
      descend(place, velocity, force);
    }
    out.data.set(place, i * dim);
  }
  return out;
}

function fieldOf({ data, rows: n, cols: dim }: Matrix<Float64Array>): Field {
  if (dim === 3) {
    const tree = spaceTree(data);
    return (place, force) => studentField(tree, place[0], place[1], place[2], force);
  }
  const mesh = createStudentMesh(dim as 1 | 2);
  mesh.fill(data, MARGIN);
  const beyond: Field = (place, force) => {
    let total = 0;
    force.fill(0);
    for (let j = 0; j < n; j++) {
      const kernel = kernelAt(data, j, place);
      total += kernel;
      for (let c = 0; c < dim; c++) force[c] += kernel * kernel * (place[c] - data[j * dim + c]);
    }
    return total;
  };
  return (place, force) => (mesh.covers(place, 0) ? mesh.read(place, force) : beyond(place, force));
}

function kernelAt(data: Float64Array, j: number, place: Float64Array): number {
  let gap = 1;
  for (let c = 0; c < place.length; c++) gap += (place[c] - data[j * place.length + c]) ** 2;
  return 1 / gap;
}

function attract(
  indices: Int32Array,
  weights: Float64Array,
  from: number,
  to: number,
  { data }: Matrix<Float64Array>,
  place: Float64Array,
  gradient: Float64Array,
): void {
  const dim = place.length;
  for (let r = from; r < to; r++) {
    if (!(weights[r] > 0)) continue;
    const pull = EXAGGERATION * weights[r] * kernelAt(data, indices[r], place);
    for (let c = 0; c < dim; c++) gradient[c] += pull * (place[c] - data[indices[r] * dim + c]);
  }
}

function descend(place: Float64Array, velocity: Float64Array, gradient: Float64Array): void {
  let squared = 0;
  for (let c = 0; c < place.length; c++) squared += gradient[c] * gradient[c];
  const scale = squared > LONGEST_GRADIENT ** 2 ? LONGEST_GRADIENT / Math.sqrt(squared) : 1;
  for (let c = 0; c < place.length; c++) {
    velocity[c] = MOMENTUM * velocity[c] - RATE * scale * gradient[c];
    place[c] += velocity[c];
  }
}

/** Σⱼ p(j|i)·yⱼ, a row for each list. */
export function weightedMeans(
  indices: Int32Array,
  weights: Float64Array,
  n: number,
  k: number,
  { data, cols: dim }: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const out = new Float64Array(n * dim);
  for (let i = 0; i < n; i++) {
    for (let r = i * k; r < (i + 1) * k; r++) {
      if (!(weights[r] > 0)) continue;
      for (let c = 0; c < dim; c++) out[i * dim + c] += weights[r] * data[indices[r] * dim + c];
    }
  }
  return matrix(out, n, dim);
}
