import type { Matrix } from '../../core/matrix.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { requireFloat32 } from '../float32.ts';
import { after } from '../in-turns.ts';
import {
  type ArcForces,
  BLOCK_ROWS,
  COUNTED_CIRCLES,
  countedParts,
  requireArcForces,
  requireArcs,
} from '../kernels/circle-counts/contract.ts';
import { addedParts, anglesFromUnits } from '../kernels/circle-counts/reference.ts';
import type { KernelPool } from './pool.ts';

export function circleCounts(
  pool: KernelPool,
  projections: Matrix,
  arcs: number,
  work?: Work,
): MaybePromise<Float64Array> {
  requireArcs(projections, arcs);
  const { rows: n, cols } = projections;
  const circles = cols / 2;
  const width = circles * (arcs + 1);
  const parts = countedParts(n, width);
  const { memory } = pool;
  memory.reset();
  const address = memory.take(64);
  const columns = memory.put(requireFloat32('wasm', 'circle-counts', projections));
  const counts = memory.take(8 * parts * width);
  memory.doubles(counts, parts * width).fill(0);
  memory.integers(address, 7).set([columns, counts, 0, n, circles, arcs, parts]);
  memory.doubles(address + 32, 1)[0] = arcs / (2 * Math.PI);
  const job = {
    kernel: 'circle_counts',
    tasks: parts * Math.ceil(circles / COUNTED_CIRCLES),
    address,
    scratchBytes: 0,
    operations: 60 * circles * n,
  } as const;
  return after(pool.run('circle-counts', job, work), () =>
    anglesFromUnits(addedParts(memory.doubles(counts, parts * width), width), arcs),
  );
}

export function circleForcesInPlace(
  pool: KernelPool,
  projections: Matrix,
  forces: ArcForces,
  work?: Work,
): MaybePromise<number> {
  const arcs = requireArcForces(projections, forces);
  const { rows: n, cols } = projections;
  const values = requireFloat32('wasm', 'circle-forces', projections);
  const blocks = Math.ceil(n / BLOCK_ROWS);
  const { memory } = pool;
  memory.reset();
  const address = memory.take(64);
  const columns = memory.put(values);
  const table = memory.take(8 * forces.arcs.length);
  const sums = memory.take(8 * blocks);
  memory.doubles(table, forces.arcs.length).set(forces.arcs);
  memory.integers(address, 7).set([columns, table, sums, n, cols / 2, arcs, 0]);
  const numbers = [arcs / (2 * Math.PI), forces.scale, forces.inverseCap];
  memory.doubles(address + 32, 3).set(numbers);
  const job = {
    kernel: 'circle_forces',
    tasks: blocks,
    address,
    scratchBytes: 0,
    operations: 50 * cols * n,
  } as const;
  return after(pool.run('circle-forces', job, work), () => {
    values.set(memory.floats(columns, n * cols));
    return sumOf(memory.doubles(sums, blocks));
  });
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
