import type { KnnGraph } from '../../../core/graph.ts';
import { alike, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { Run } from '../../../core/run.ts';
import type { PlaceContext } from '../types.ts';
import { type Forces, floatBits, forceAt } from './layout-forces.ts';
import { unitRowsInPlace } from './sphere-steps.ts';

/** Fitted rows, at even distances in their order, that every new row is pushed from. */
const MOST_NEGATIVES = 256;
const STEPS = 40;
const RATE = 0.25;

export interface Placing {
  /** n × d fitted rows, and the n × m places of each. */
  readonly rows: Matrix;
  readonly layout: Matrix;
  readonly neighbors: number;
  /** What each neighbour of a list weighs, k for each; of that list alone. */
  readonly weightsOf: (graph: KnnGraph) => Float64Array;
  readonly forces: Forces;
  /** Rows drawn for each edge when the layout was made. */
  readonly negatives: number;
  readonly clip: number;
  /** Whether places are unit rows, forces those of `sphereForces`. */
  readonly onSphere?: boolean;
}

/**
 * Where new rows lie among fitted ones, r × m: from where its nearest fitted rows lie, steps down the gradient of
 * each row's own loss. The fitted rows stay, and all rows are pushed from the same ones of them, so
 * that a row's place is its own.
 */
export async function placedAmong(
  { rows, layout, neighbors, weightsOf, onSphere = false, ...given }: Placing,
  queries: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const { rows: n, cols: m } = layout;
  const k = Math.min(neighbors, n);
  const graph = await engine.nearestAmong(queries, alike(rows, queries), k, work);
  const weights = weightsOf(graph);
  const fixed = evenRows(layout, Math.min(n, MOST_NEGATIVES));
  const out = zeros64(queries.rows, m);
  const { signal, onProgress } = work;
  const run = new Run({ signal, onProgress: ({ done }) => onProgress?.(done) });
  for (let q = 0; q < queries.rows; q++) {
    const near = graph.indices.subarray(q * k, (q + 1) * k);
    const own = sharesOf(weights.subarray(q * k, (q + 1) * k));
    const place = out.data.subarray(q * m, (q + 1) * m);
    descendInPlace({ layout, near, own, fixed, onSphere, ...given }, place);
    if (q % 16 === 0) await run.tick({ stage: 'placing', done: q / queries.rows });
  }
  return alike(out, queries);
}

/** From its start, a fixed number of steps down the gradient. */
function descendInPlace(loss: OwnLoss, place: Float64Array): void {
  const { clip, onSphere } = loss;
  const asMatrix = { data: place, rows: 1, cols: place.length };
  startInPlace(loss, place);
  if (onSphere) unitRowsInPlace(asMatrix);
  const move = new Float64Array(place.length);
  for (let step = 0; step < STEPS; step++) {
    gradient(loss, place, move);
    const rate = RATE * (1 - step / STEPS);
    for (let c = 0; c < place.length; c++)
      place[c] += rate * Math.max(-clip, Math.min(clip, move[c]));
    if (onSphere) unitRowsInPlace(asMatrix);
  }
}

interface OwnLoss {
  readonly layout: Matrix;
  readonly near: Int32Array;
  readonly own: Float64Array;
  readonly fixed: Matrix<Float64Array>;
  readonly forces: Forces;
  readonly negatives: number;
  readonly clip: number;
  readonly onSphere: boolean;
}

const bits = floatBits();

/** How a row at `place` is drawn to its neighbours and pushed from the fixed rows. */
function gradient(
  { layout, near, own, fixed, forces, negatives, onSphere }: OwnLoss,
  place: Float64Array,
  out: Float64Array,
): void {
  out.fill(0);
  for (let r = 0; r < near.length; r++) {
    if (near[r] >= 0)
      addForce(layout.data, near[r], forces.attraction, own[r], onSphere, place, out);
  }
  const share = negatives / fixed.rows;
  for (let s = 0; s < fixed.rows; s++) {
    // 1 − w is 0 for the nearest row: the loss does not push from it.
    if (rowOfFixed(s, fixed.rows, layout.rows) === near[0]) continue;
    addForce(fixed.data, s, forces.repulsion, share, onSphere, place, out);
  }
}

function addForce(
  data: Matrix['data'],
  other: number,
  law: Float64Array,
  weight: number,
  onSphere: boolean,
  place: Float64Array,
  out: Float64Array,
): void {
  const m = place.length;
  let squared = 0;
  for (let c = 0; c < m; c++) squared += (place[c] - data[other * m + c]) ** 2;
  const force = weight * forceAt(law, squared, bits);
  // On the sphere, x·cos θ − other is the tangent part of x − other.
  const own = onSphere ? 1 - squared / 2 : 1;
  for (let c = 0; c < m; c++) out[c] += force * (own * place[c] - data[other * m + c]);
}

/** Weights with sum 1; equal ones where all are 0. */
function sharesOf(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

/**
 * Writes the weighted mean of the neighbours; or the place of the nearest, where that lies nearer to the others: where the
 * map has torn what is one neighbourhood in the data, the mean lies in the gap.
 */
function startInPlace({ layout, near, own }: OwnLoss, out: Float64Array): void {
  const m = out.length;
  out.fill(0);
  for (let r = 0; r < near.length; r++) {
    if (near[r] < 0) continue;
    for (let c = 0; c < m; c++) out[c] += own[r] * layout.data[near[r] * m + c];
  }
  const nearest = Float64Array.from(layout.data.subarray(near[0] * m, (near[0] + 1) * m));
  if (apart(layout, near, own, nearest) < apart(layout, near, own, out)) out.set(nearest);
}

/** Σ of the neighbours' weights, each as far as the neighbour is apart: d²/(1 + d²). */
function apart(layout: Matrix, near: Int32Array, own: Float64Array, place: Float64Array): number {
  const m = place.length;
  let sum = 0;
  for (let r = 0; r < near.length; r++) {
    if (near[r] < 0) continue;
    let squared = 0;
    for (let c = 0; c < m; c++) squared += (place[c] - layout.data[near[r] * m + c]) ** 2;
    sum += (own[r] * squared) / (1 + squared);
  }
  return sum;
}

/** The fitted row that is the s-th of `count` fixed ones. */
const rowOfFixed = (s: number, count: number, n: number) => Math.floor((s * n) / count);

function evenRows({ data, rows: n, cols: m }: Matrix, count: number): Matrix<Float64Array> {
  const out = zeros64(count, m);
  for (let s = 0; s < count; s++) {
    const i = rowOfFixed(s, count, n);
    out.data.set(data.subarray(i * m, (i + 1) * m), s * m);
  }
  return out;
}
