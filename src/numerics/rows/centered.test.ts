import { expect, test } from 'vitest';
import { toFloat32 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normalMatrix, relativeDifference } from '../../testing/matrices.ts';
import { centered, centeredGram, doublyCentered, lessRow, meanRow } from './centered.ts';

const rows = normalMatrix(9, 4, 1);

test('centred rows have mean zero and keep the type of the rows', () => {
  for (const mean of meanRow(centered(rows))) expect(mean).toBeCloseTo(0, 15);
  expect(centered(toFloat32(rows)).data).toBeInstanceOf(Float32Array);
  expect(lessRow(rows, meanRow(rows))).toEqual(centered(rows));
});

test('products of centred rows follow from those of the rows', async () => {
  const middle = centered(rows);
  const inner = centeredGram(await referenceEngine.gram(rows), rows.rows, meanRow(rows));
  expect(relativeDifference(inner, await referenceEngine.gram(middle))).toBeLessThan(1e-14);
  const outer = doublyCentered(await referenceEngine.gram(transposed(rows)));
  expect(relativeDifference(outer, await referenceEngine.gram(transposed(middle)))).toBeLessThan(
    1e-14,
  );
});
