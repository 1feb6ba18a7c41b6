import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { affine } from './affine.ts';
import { lowRank } from './low-rank.ts';

const a = normalMatrix(300, 6, 1);
const random = Random.fromSeed(2);
/** Two numbers of each row of A in five columns, with noise. */
const b = matrix(
  Float64Array.from({ length: 1500 }, (_, at) => {
    const row = a.data.subarray(6 * Math.floor(at / 5));
    const clean = [row[0], row[1], row[0] + row[1], row[0] - row[1], 2 * row[0]][at % 5];
    return clean + 0.5 * random.normal();
  }),
  300,
  5,
);

test('pairs held out find the rank that was planted', async () => {
  const { facts } = await lowRank({ a, b });
  expect(facts['rank']).toBe(2);
});

test('at full rank it is the affine map', async () => {
  const ridge = 0.01;
  const whole = await affine.transform((await affine({ a, b }, { ridge })).model, a);
  const { model } = await lowRank({ a, b }, { rank: 5, ridge });
  const { data } = await lowRank.transform(model, a);
  expect(data.every((y, e) => Math.abs(y - whole.data[e]) < 1e-12)).toBe(true);
});

test('rank 1 is the map along the first axis of what affine predicts', async () => {
  const ridge = 1e-9;
  const { model } = await lowRank({ a, b }, { rank: 1, ridge });
  const { data } = await lowRank.transform(model, a);
  const mean = [0, 1, 2, 3, 4].map((c) =>
    b.data.reduce((sum, y, e) => sum + (e % 5 === c ? y / 300 : 0), 0),
  );
  // All rows lie on one line: every 2 × 2 minor is 0.
  for (let i = 1; i < 300; i++) {
    const [x, y] = [data[0] - mean[0], data[1] - mean[1]];
    const [u, v] = [data[5 * i] - mean[0], data[5 * i + 1] - mean[1]];
    expect(Math.abs(x * v - y * u)).toBeLessThan(1e-10);
  }
});

test('more rank than there is gives all, in a sentence', async () => {
  const { facts, warnings } = await lowRank({ a, b }, { rank: 9 });
  expect(facts['rank']).toBe(5);
  expect(warnings).toEqual(['A map between 6 and 5 dimensions has rank 5 at most: it has that.']);
});
