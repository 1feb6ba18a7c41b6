import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { MethodRun } from '../../../method/method.ts';
import { sampledCenters } from './centers.ts';

const context = (seed: number) => ({
  engine: referenceEngine,
  random: Random.fromSeed(seed),
  run: new MethodRun({}),
  work: {},
});

/** Three groups of rows about (0, 0), (10, 0) and (0, 10), 20 each; the mean of each is its middle. */
const groups = matrix(
  Float32Array.from({ length: 120 }, (_, e) => {
    const [row, c] = [e >> 1, e & 1];
    const middle = [
      [0, 0],
      [10, 0],
      [0, 10],
    ][row % 3][c];
    return middle + (row % 2 === 0 ? 0.5 : -0.5);
  }),
  60,
  2,
);

test.each([1, 2, 3])('groups that lie apart have their means as centers, seed %s', async (seed) => {
  const { data, rows } = await sampledCenters(groups, 3, context(seed));
  const found = Array.from({ length: rows }, (_, c) => [...data.subarray(2 * c, 2 * c + 2)].join());
  expect(found.toSorted()).toEqual(['0,0', '0,10', '10,0']);
});

test('the same seed gives the same centers, another may not', async () => {
  const at = async (seed: number) => [...(await sampledCenters(groups, 7, context(seed))).data];
  expect(await at(1)).toEqual(await at(1));
  expect(await at(1)).not.toEqual(await at(2));
});

test('no more centers than rows that differ', async () => {
  const twins = matrix(Float32Array.of(1, 1, 2, 2, 1, 1, 2, 2), 4, 2);
  expect((await sampledCenters(twins, 4, context(1))).rows).toBe(2);
});
