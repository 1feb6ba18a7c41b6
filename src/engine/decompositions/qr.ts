import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { largestElement, powerOfTwo } from '../../numerics/decompositions/checks.ts';
import { qr as plainQr, type Qr } from '../../numerics/decompositions/qr.ts';
import type { Work } from '../engine.ts';
import { putColumns, takeColumns } from './copies.ts';
import { applyBlock, blockForms, formBasis, type StoredReflections } from './reflections.ts';
import { BLOCK, padded, Stages, type Stored } from './stages.ts';
import type { Host } from './types.ts';

/** Below so many elements the plain function is as fast. */
const SMALL = 1000;

export async function qr(host: Host, a: Matrix, work?: Work): Promise<Qr> {
  if (a.data.length < SMALL) return plainQr(a);
  const stages = new Stages(host, 'qr', work);
  const scale = powerOfTwo(largestElement('qr', a));
  const { rows: n, cols: d } = a;
  stages.memory.reset(8 * padded(n) * padded(d) * 4);
  const columns = stages.zeros(d, n);
  putColumns(stages, a, scale, columns);
  const { reflections, diagonal } = await triangularized(stages, columns, n, d);
  stages.report(0.5);
  const k = reflections.count;
  const basis = stages.zeros(k, n);
  await formBasis(stages, reflections, basis, k);
  stages.report(1);
  const q = takeColumns(stages, basis, k, n);
  const r = zeros64(k, d);
  for (let j = 0; j < d; j++) {
    const column = stages.row(columns, j, k);
    for (let i = 0; i < Math.min(j, k); i++) {
      r.data[i * d + j] = (diagonal[i] < 0 ? -scale : scale) * column[i];
    }
    if (j < k) r.data[j * d + j] = Math.abs(diagonal[j]) * scale;
  }
  for (let i = 0; i < k; i++) {
    if (diagonal[i] < 0) for (let j = i; j < q.data.length; j += k) q.data[j] = -q.data[j];
  }
  return { q, r };
}

/** The d columns of length n made triangular: row j keeps column j of R left of place j. */
export async function triangularized(
  stages: Stages,
  columns: Stored,
  n: number,
  d: number,
): Promise<{ readonly reflections: StoredReflections; readonly diagonal: Float64Array }> {
  const { memory } = stages;
  const count = Math.min(n, d);
  const vectors = stages.zeros(count, n);
  const diagonal = memory.take(8 * padded(count));
  const tau = memory.take(8 * padded(count));
  const reflections = { vectors, tau, count, offset: 0 };
  const forms = blockForms(stages, vectors.size);
  const address = [columns.address, vectors.address, columns.stride, diagonal, tau, n];
  for (let first = 0; first < count; first += BLOCK) {
    const size = Math.min(BLOCK, count - first);
    const panel = stages.describe([...address, first, size]);
    await stages.run('triangular_panel', 1, panel, 64);
    const rest = { rows: columns, from: first + size, to: d };
    await applyBlock(stages, reflections, first, forms, rest, true);
  }
  return { reflections, diagonal: memory.doubles(diagonal, count).slice() };
}
