import { type Matrix, row } from '../../../core/matrix.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import type { SphereSample } from '../../report/contract.ts';

const MOST_POINTS = 2000;
const ITERATIONS = 60;

/**
 * Every ⌈n/2000⌉-th row, seen along the three leading singular directions of the rows before and
 * scaled to length 1. Not centered: points that crowd together on the sphere are seen to.
 */
export function sphereSample(
  before: Matrix,
  after: Matrix | undefined,
  labelOf: (row: number) => string,
): SphereSample | undefined {
  if (before.cols < 3) return undefined;
  const every = Math.ceil(before.rows / MOST_POINTS);
  const chosen = Array.from({ length: Math.ceil(before.rows / every) }, (_, i) => i * every);
  const axes = leadingDirections(before, chosen, 3);
  const first = projected(before, chosen, axes);
  const second = after && projected(after, chosen, axes);
  return {
    labels: chosen.map(labelOf),
    before: first.points,
    after: second?.points,
    projection: `the three leading singular directions of the points${after ? ' before' : ''}`,
    keptBefore: first.kept,
    keptAfter: second?.kept,
  };
}

/** The k leading right singular vectors of the chosen rows, by orthogonal iteration; k × d. */
export function leadingDirections(
  points: Matrix,
  chosen: readonly number[],
  k: number,
): Float64Array[] {
  const d = points.cols;
  // A fixed start without symmetry: no axis of the data is orthogonal to it but by accident.
  let axes: Float64Array[] = Array.from({ length: k }, (_, a) =>
    Float64Array.from({ length: d }, (_, c) => 1 / (1 + (((c + 1) * (2 * a + 3)) % (d + a + 1)))),
  );
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = axes.map(() => new Float64Array(d));
    for (const i of chosen) {
      const x = row(points, i);
      for (let a = 0; a < k; a++) {
        const along = dot(x, axes[a]);
        for (let c = 0; c < d; c++) next[a][c] += along * x[c];
      }
    }
    axes = orthonormalized(next);
  }
  return axes;
}

/** Gram and Schmidt, twice; a vector that vanishes is replaced by a coordinate axis. */
function orthonormalized(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const candidates = [vector, ...vector.keys()];
    for (const candidate of candidates) {
      const v =
        typeof candidate === 'number' ? unitVector(vector.length, candidate) : vector.slice();
      const before = Math.sqrt(dot(v, v));
      for (const basis of [...done, ...done]) {
        const along = dot(v, basis);
        for (let c = 0; c < v.length; c++) v[c] -= along * basis[c];
      }
      const length = Math.sqrt(dot(v, v));
      if (!(length > 1e-12 * before) || length === 0) continue;
      done.push(v.map((x) => x / length));
      break;
    }
  }
  return done;
}

function unitVector(d: number, axis: number): Float64Array {
  const v = new Float64Array(d);
  v[axis] = 1;
  return v;
}

/** The chosen rows along the axes, at length 1, and the share of the squared length that was kept. */
function projected(points: Matrix, chosen: readonly number[], axes: readonly Float64Array[]) {
  const out = new Float64Array(3 * chosen.length);
  let kept = 0;
  for (const [k, i] of chosen.entries()) {
    const x = row(points, i);
    const along = axes.map((axis) => dot(x, axis));
    const squared = along.reduce((sum, a) => sum + a * a, 0);
    kept += squared / chosen.length;
    const length = Math.sqrt(squared);
    for (let a = 0; a < 3; a++) out[3 * k + a] = length > 0 ? along[a] / length : Number(a === 0);
  }
  return { points: out, kept: Math.min(1, kept) };
}
