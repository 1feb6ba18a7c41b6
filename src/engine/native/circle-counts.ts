import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import {
  type ArcForces,
  BLOCK_ROWS,
  countedParts,
  requireArcForces,
  requireArcs,
} from '../kernels/circle-counts/contract.ts';
import { addedParts, anglesFromUnits } from '../kernels/circle-counts/reference.ts';
import type { NativePool } from './pool.ts';

export function circleCounts(
  pool: NativePool,
  projections: Matrix,
  arcs: number,
  work?: Work,
): MaybePromise<Float64Array> {
  requireArcs(projections, arcs);
  const { rows: n, cols } = projections;
  const circles = cols / 2;
  const width = circles * (arcs + 1);
  const parts = countedParts(n, width);
  const counts = new Float64Array(parts * width);
  const job = {
    kernel: 'circle_counts',
    numbers: [n, circles, arcs, parts, arcs / (2 * Math.PI)],
    arrays: [requireFloat32('native', 'circle-counts', projections), counts],
    operations: 60 * circles * n,
  };
  return after(pool.run('circle-counts', job, work), () =>
    anglesFromUnits(addedParts(counts, width), arcs),
  );
}

export function circleForcesInPlace(
  pool: NativePool,
  projections: Matrix,
  forces: ArcForces,
  work?: Work,
): MaybePromise<number> {
  const arcs = requireArcForces(projections, forces);
  const { rows: n, cols } = projections;
  const sums = new Float64Array(Math.ceil(n / BLOCK_ROWS));
  const { scale, inverseCap } = forces;
  const job = {
    kernel: 'circle_forces',
    numbers: [n, cols / 2, arcs, arcs / (2 * Math.PI), scale, inverseCap],
    arrays: [requireFloat32('native', 'circle-forces', projections), forces.arcs, sums],
    operations: 50 * cols * n,
  };
  return after(pool.run('circle-forces', job, work), () =>
    sums.reduce((sum, value) => sum + value, 0),
  );
}
