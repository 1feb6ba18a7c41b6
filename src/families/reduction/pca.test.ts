import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { pca } from './pca.ts';

/** A cloud three times as wide along (1, 2, 2)/3 as across. */
function cloud() {
  const random = Random.fromSeed(4);
  const axis = [1 / 3, 2 / 3, 2 / 3];
  const data = new Float64Array(200 * 3);
  for (let i = 0; i < 200; i++) {
    const along = 3 * random.normal();
    for (let c = 0; c < 3; c++) data[i * 3 + c] = 5 + along * axis[c] + 0.1 * random.normal();
  }
  return matrix(data, 200, 3);
}

test('the first axis is the one along which the rows vary most, whatever their mean', async () => {
  const { model, facts } = await pca(cloud(), { dim: 1 });
  const axes = model.parameters.find(({ name }) => name === 'axes');
  const [x, y, z] = axes?.data ?? [];
  expect(Math.abs((x + 2 * y + 2 * z) / 3)).toBeGreaterThan(0.999);
  expect(facts['explained']).toBeGreaterThan(0.99);
});

test('with all columns it is a rotation about the mean: distances stay', async () => {
  const points = cloud();
  const { points: turned, facts } = await pca(points, { dim: 3 });
  const distance = ({ data }: typeof points, i: number, j: number) =>
    Math.hypot(...[0, 1, 2].map((c) => data[i * 3 + c] - data[j * 3 + c]));
  for (const [i, j] of [
    [0, 1],
    [3, 99],
    [150, 7],
  ])
    expect(distance(turned as typeof points, i, j)).toBeCloseTo(distance(points, i, j), 10);
  expect(facts['explained']).toBeCloseTo(1, 12);
});
