import { OptionError } from '../../../core/errors.ts';
import { gathered, type Matrix, toFloat32 } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import { binaryRotation } from '../../../structures/retrieval/binary-rotation.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import type { BuildContext, CheckedCorpus } from '../types.ts';
import { type HashPlanes, randomPlanes, thresholdsAt } from './planes.ts';
import { regressedCodes } from './regressed-codes.ts';

/** Rows that a rotation is fitted to at most. */
const ENOUGH = 10_000;
/** Bits where nothing is said, as far as the columns go. */
const USUAL_BITS = 256;

export type HashMethod = 'lsh' | 'itq' | 'supervised' | 'signs';

/** The planes of a method for compared rows. */
export async function hashPlanes(
  method: HashMethod,
  points: Matrix<Float32Array>,
  bits: number,
  corpus: CheckedCorpus,
  context: BuildContext,
): Promise<HashPlanes> {
  const d = points.cols;
  const isBounded = method === 'itq' || method === 'signs';
  if (isBounded && bits > d)
    throw new OptionError(
      'hash',
      'bits',
      `at most ${d}, the columns, for ${method} (lsh has no limit)`,
      bits,
    );
  if (method === 'signs' && bits > 0 && bits < d)
    throw new OptionError('hash', 'bits', `0 or ${d} for signs, one for each column`, bits);
  if (method === 'signs') return { thresholds: new Float32Array(d) };
  const count = bits || (method === 'itq' ? Math.min(d, USUAL_BITS) : USUAL_BITS);
  const mean = meanRow(points);
  const middle = toFloat32(lessRow(points, mean));
  if (method === 'supervised') return regressedCodes(middle, mean, count, corpus, context);
  const planes =
    method === 'lsh'
      ? randomPlanes(count, d, context.random.fork('planes'))
      : await quantizedAxes(middle, count, context);
  return { planes, thresholds: thresholdsAt(planes, mean) };
}

/** The leading principal axes, turned so that rows lie near corners of a cube. */
async function quantizedAxes(
  middle: Matrix<Float32Array>,
  count: number,
  { engine, random, work }: BuildContext,
): Promise<Matrix<Float32Array>> {
  const { signal } = work;
  const some = random.fork('rows').sample(middle.rows).subarray(0, ENOUGH);
  const { vectors } = await principalAxes(middle, count, engine, { signal });
  const axes = toFloat32(vectors);
  const sample = toFloat32(await engine.matmul(gathered(middle, some), axes, true, { signal }));
  const normals = randomPlanes(count, count, random.fork('rotation'));
  const { q } = await engine.linalg.qr(normals, { signal });
  const start = toFloat32(transposed(q));
  const { rotation } = await binaryRotation(sample, start, { engine, work });
  return toFloat32(await engine.matmul(rotation, axes, {}, { signal }));
}
