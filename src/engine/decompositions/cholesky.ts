import type { Matrix } from '../../core/matrix.ts';
import {
  notPositiveDefinite,
  cholesky as plainCholesky,
  requireSymmetric,
} from '../../numerics/decompositions/cholesky.ts';
import type { Work } from '../engine.ts';
import { takeColumns } from './copies.ts';
import { updateTrailing } from './eigh.ts';
import { BLOCK, padded, Stages } from './stages.ts';
import type { Host } from './types.ts';

/** Below this the plain function is as fast. */
const SMALL = 64;

export async function cholesky(host: Host, a: Matrix, work?: Work): Promise<Matrix<Float64Array>> {
  if (a.rows < SMALL) return plainCholesky(a);
  const stages = new Stages(host, 'cholesky', work);
  requireSymmetric(a);
  const n = a.rows;
  const { memory } = stages;
  memory.reset(8 * padded(n) ** 2);
  const upper = stages.zeros(n, n);
  const { size, stride } = upper;
  const out = memory.doubles(upper.address, size * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) out[j * size + i] = a.data[i * n + j];
  }
  const left = memory.take(BLOCK * stride);
  const right = memory.take(BLOCK * stride);
  const panel = stages.describe([upper.address, stride, left, right, n, 0, 0, 0, 0, 0]);
  const update = stages.describe([0, stride, 0, 0, BLOCK, 0, size, 1]);
  for (let first = 0; first < n; first += BLOCK) {
    memory.integers(panel, 6)[5] = first;
    await stages.run('cholesky_panel', 1, panel, 0);
    const failed = memory.integers(panel, 7)[6];
    if (failed > 0) throw notPositiveDefinite(failed - 1, n, memory.doubles(panel + 32, 1)[0]);
    await updateTrailing(stages, update, upper, first + BLOCK, left, right, n);
    stages.report(first / n);
  }
  stages.report(1);
  for (let i = 0; i < n; i++) stages.row(upper, i, i).fill(0);
  return takeColumns(stages, upper, n, n);
}
