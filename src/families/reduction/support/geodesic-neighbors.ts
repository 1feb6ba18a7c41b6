import { AbortedError, InputError } from '../../../core/errors.ts';
import type { KnnGraph } from '../../../core/graph.ts';
import { alike, type Matrix, row } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import { rowNorms, unitRows } from '../../../core/rows.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { yieldToEventLoop } from '../../../engine/yield.ts';
import type { Manifold } from '../../../manifolds/contract.ts';
import { euclidean } from '../../../manifolds/euclidean.ts';
import { poincareBall } from '../../../manifolds/poincare-ball.ts';
import { sphere } from '../../../manifolds/sphere.ts';
import { neighborGraph, tooShort } from '../../../structures/neighbors/neighbor-graph.ts';
import type { FitContext } from '../types.ts';

/** Where rows lie. */
export type Geometry = 'euclidean' | 'sphere' | 'poincare-ball';

const BALL = poincareBall(1);
const MANIFOLDS: Readonly<Record<Geometry, Manifold>> = {
  euclidean,
  sphere,
  'poincare-ball': BALL,
};
/** Rows between two looks at the event loop. */
const ROWS_PER_TURN = 64;

/** Neighbours by geodesic distance, and what multiplies the Gaussian of each: nothing where it is 1. */
export interface GeodesicNeighbors {
  readonly graph: KnnGraph;
  readonly factors?: Float64Array | undefined;
  /** What to say of lists that were given. */
  readonly warnings?: readonly string[] | undefined;
}

/** The rows as points of the manifold: directions on the sphere; refuses what lies outside the ball, in a sentence. */
export function pointsOn(id: string, geometry: Geometry, rows: Matrix): Matrix {
  if (geometry === 'euclidean') return rows;
  if (geometry === 'sphere') return unitRows(id, rows).points;
  for (const [i, length] of rowNorms(rows).entries()) {
    if (!(length < 1))
      throw new InputError(
        id,
        `row ${i} has length ${length}; points of the Poincaré ball are shorter than 1. Take another \`manifold\`, or scale them.`,
      );
  }
  return rows;
}

/** The nearest other rows of each row. */
export async function geodesicNeighbors(
  geometry: Geometry,
  points: Matrix,
  k: number,
  { engine, random, run, work }: FitContext,
): Promise<GeodesicNeighbors> {
  const { neighbors } = run.options;
  const isKnown = neighbors !== undefined && neighbors.k >= k;
  if (geometry === 'poincare-ball' && !isKnown) {
    const warnings = neighbors ? [tooShort(neighbors, k)] : [];
    const graph = await nearestInBall(points, points, k, true, work);
    return { ...measured(geometry, graph, points, points), warnings };
  }
  const found = await neighborGraph(points, k, { engine, random, neighbors, ...work });
  // Lists of the ball are by its own distances, and these are measured anew.
  const warnings = geometry === 'poincare-ball' ? [] : found.warnings;
  return { ...measured(geometry, found.graph, points, points), warnings };
}

/** The nearest fitted points of each row. */
export async function geodesicNeighborsAmong(
  geometry: Geometry,
  rows: Matrix,
  points: Matrix,
  k: number,
  engine: Engine,
  work: Work,
): Promise<GeodesicNeighbors> {
  const graph =
    geometry === 'poincare-ball'
      ? await nearestInBall(rows, points, k, false, work)
      : await engine.nearestAmong(rows, alike(points, rows), k, work);
  return measured(geometry, graph, rows, points);
}

function measured(
  geometry: Geometry,
  graph: KnnGraph,
  rows: Matrix,
  points: Matrix,
): GeodesicNeighbors {
  if (geometry === 'euclidean') return { graph };
  const { indices, n, k } = graph;
  const { distance } = MANIFOLDS[geometry];
  const distances = Float64Array.from(indices, (j, at) =>
    j < 0 ? Infinity : distance(row(rows, Math.floor(at / k)), row(points, j)),
  );
  const geodesic = { ...graph, distances };
  if (geometry === 'sphere') return { graph: geodesic };
  return { graph: geodesic, factors: volumeFactors(distances, n, k, rows.cols) };
}

/**
 * (r/sinh r)^((d−1)/2), the leading coefficient of the heat kernel of hyperbolic space, relative to the largest of each
 * list: only ratios matter, and far from one another the factors themselves would underflow.
 */
function volumeFactors(distances: Float64Array, n: number, k: number, d: number): Float64Array {
  const factors = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (let at = i * k; at < (i + 1) * k; at++) {
      if (!(distances[at] < Infinity)) continue;
      factors[at] = (-(d - 1) / 2) * logSinhRatio(distances[at]);
      most = Math.max(most, factors[at]);
    }
    for (let at = i * k; at < (i + 1) * k; at++)
      factors[at] = distances[at] < Infinity ? exp(factors[at] - most) : 0;
  }
  return factors;
}

/** ln(sinh r/r), r ≥ 0. */
function logSinhRatio(r: number): number {
  if (r < 1e-2) return (r * r) / 6 - r ** 4 / 180;
  return r + log((1 - exp(-2 * r)) / (2 * r));
}

/** Nearest by the number that hyperbolic distance grows with, over all pairs. */
async function nearestInBall(
  rows: Matrix,
  points: Matrix,
  k: number,
  areSame: boolean,
  { signal }: Work,
): Promise<KnnGraph> {
  const { rows: n } = rows;
  const indices = new Int32Array(n * k).fill(-1);
  const distances = new Float64Array(n * k).fill(Infinity);
  const complements = complementsOf(points);
  const ofRows = areSame ? complements : complementsOf(rows);
  for (let i = 0; i < n; i++) {
    if (i % ROWS_PER_TURN === 0) {
      await yieldToEventLoop();
      if (signal?.aborted) throw new AbortedError('neighbors');
    }
    nearestOfRow(rows, i, ofRows[i], points, complements, k, areSame, indices, distances);
  }
  return { indices, distances, n, k };
}

/** 1 − ‖x‖² of each row. */
function complementsOf({ data, rows: n, cols: d }: Matrix): Float64Array {
  const out = new Float64Array(n).fill(1);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) out[i] -= data[i * d + c] * data[i * d + c];
  }
  return out;
}

/** Keeps the k nearest in order while it goes over all points; `keys` holds what they are ordered by. */
function nearestOfRow(
  { data, cols: d }: Matrix,
  i: number,
  complement: number,
  { data: of, rows: n }: Matrix,
  complements: Float64Array,
  k: number,
  areSame: boolean,
  indices: Int32Array,
  keys: Float64Array,
): void {
  const first = i * k;
  const last = first + k - 1;
  for (let j = 0; j < n; j++) {
    if (areSame && j === i) continue;
    let gap = 0;
    for (let c = 0; c < d; c++) {
      const difference = data[i * d + c] - of[j * d + c];
      gap += difference * difference;
    }
    const key = gap / (complement * complements[j]);
    if (!(key < keys[last])) continue;
    let at = last;
    while (at > first && keys[at - 1] > key) {
      keys[at] = keys[at - 1];
      indices[at] = indices[at - 1];
      at -= 1;
    }
    keys[at] = key;
    indices[at] = j;
  }
}
