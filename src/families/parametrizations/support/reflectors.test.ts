import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { constant, evaluate, householder, Workspace } from '../../../learning/index.ts';
import { qr } from '../../../numerics/decompositions/qr.ts';
import { reflectorsOf } from './reflectors.ts';

/** The first columns of the product of the reflections, as rows. */
async function firstColumns({ vectors }: ReturnType<typeof reflectorsOf>) {
  const { data, rows: r, cols: d } = vectors;
  const first = Float64Array.from({ length: r * d }, (_, e) =>
    e % d === Math.floor(e / d) ? 1 : 0,
  );
  const x = householder(constant(first, [r, d]), constant(data, [r, d]), { transposed: true });
  return evaluate(x, new Workspace(referenceEngine));
}

async function expectFrame(frame: Matrix) {
  const found = reflectorsOf(frame);
  const rows = await firstColumns(found);
  for (let i = 0; i < frame.cols; i++) {
    for (let c = 0; c < frame.rows; c++) {
      const wanted = found.signs[i] * frame.data[c * frame.cols + i];
      expect(Math.abs(rows[i * frame.rows + c] - wanted)).toBeLessThan(1e-14);
    }
  }
}

test('the product begins with the columns of the frame, up to signs', async () => {
  const random = Random.fromSeed(1);
  const drawn = matrix(
    Float64Array.from({ length: 7 * 3 }, () => random.normal()),
    7,
    3,
  );
  await expectFrame(qr(drawn).q);
});

test('axes that stand already, turned round or not, have a reflection too', async () => {
  await expectFrame(matrix(Float64Array.of(1, 0, 0, -1, 0, 0), 3, 2));
  await expectFrame(matrix(Float64Array.of(0, 1, 1, 0), 2, 2));
  await expectFrame(matrix(Float64Array.of(1), 1, 1));
});
