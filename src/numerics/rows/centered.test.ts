import { expect, test } from 'vitest';
import { toFloat32 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normalMatrix, relativeDifference } from '../../testing/matrices.ts';
import {
  centered,
  centeredGram,
  doublyCentered,
  lessRow,
  meanRow,
  standardized,
} from './centered.ts';

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

test('standardized rows have mean zero and mean square length one, at any scale', () => {
  const large = { ...rows, data: rows.data.map((x) => 1e200 * (x + 3)) };
  const { data } = standardized(large);
  expect(data.reduce((sum, x) => sum + x * x, 0) / 9).toBeCloseTo(1, 12);
  for (const mean of meanRow({ ...rows, data })) expect(mean).toBeCloseTo(0, 12);
  const same = { ...rows, data: rows.data.map(() => 2) };
  expect(standardized(same).data.every((x) => x === 0)).toBe(true);
});
