import { expect, test } from 'vitest';
import { gathered, matrix, toFloat64 } from '../../core/matrix.ts';
import { fittedOf } from '../../learning/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { fromRows } from '../../testing/points.ts';
import { safree } from './safree.ts';
import { triggersIn } from './support/triggers.ts';

/** Five rows about four axes; the third is the concept, the first. */
const prompt = fromRows([
  [0.1, 1, 0, 0],
  [0.1, 0, 1, 0],
  [1, 0.1, 0.1, 0],
  [0, 0, 0.2, 1],
  [0.1, 1, 1, 0],
]);
const concepts = fromRows([
  [2, 0, 0, 0],
  [1, 0, 0, 0],
]);
const found = async (alpha = 0.01, rows = prompt, offsets = [0, prompt.rows]) => {
  const { model, rank } = await safree({ points: rows, concepts }, { alpha });
  const triggers = triggersIn(
    await fittedOf('erasure/safree', model),
    rows,
    Int32Array.from(offsets),
  );
  return { model, rank, ...triggers };
};

test('distances are those that the definition gives, row by row', async () => {
  const { distances, rank } = await found();
  expect(rank).toBe(1);
  for (let i = 0; i < prompt.rows; i++) {
    const others = gathered(
      prompt,
      [0, 1, 2, 3, 4].filter((j) => j !== i),
    );
    const mean = [0, 1, 2, 3].map((c) =>
      c === 0 ? 0 : [0, 1, 2, 3].reduce((sum, j) => sum + others.data[j * 4 + c], 0) / 4,
    );
    expect(distances[i]).toBeCloseTo(Math.hypot(...mean), 12);
  }
});

test('a trigger keeps what lies outside of the concept, the others all', async () => {
  const { model, flagged, shares } = await found(0.2);
  expect(Array.from(flagged)).toEqual([0, 0, 1, 0, 0]);
  expect(shares[2]).toBeCloseTo(1 / 1.02, 12);
  const { data } = await safree.transform(model, prompt);
  const wanted = prompt.data.slice();
  wanted[8] = 0;
  expect(Array.from(data)).toEqual(Array.from(wanted));
});

test('a larger α flags no row that a smaller one does not', async () => {
  const rows = normalMatrix(24, 4, 3);
  let before = (await found(0, rows, [0, 8, 16, 24])).flagged;
  for (const alpha of [0.01, 0.05, 0.2, 0.5]) {
    const { flagged } = await found(alpha, rows, [0, 8, 16, 24]);
    expect(flagged.every((one, i) => one <= before[i])).toBe(true);
    before = flagged;
  }
});

test('a row alone, rows of zeros and rows outside of the concept stay', async () => {
  const rows = matrix(new Float64Array([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0]), 4, 4);
  const { flagged, distances } = await found(0, rows, [0, 1, 4]);
  expect([flagged[0], distances[0]]).toEqual([0, Number.NaN]);
  expect([flagged[1], flagged[2]]).toEqual([0, 0]);
});

test('phrases of another width and phrases that are all 0 are refused', async () => {
  const points = toFloat64(prompt);
  await expect(safree({ points, concepts: normalMatrix(2, 3, 1) })).rejects.toThrow(
    'safree, concepts: expected rows of 4; got 3.',
  );
  await expect(safree({ points, concepts: matrix(new Float64Array(4), 1, 4) })).rejects.toThrow(
    'safree, concepts: all vectors are 0, and say of no direction that it is to go.',
  );
});
