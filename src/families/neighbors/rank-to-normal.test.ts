import { expect, test } from 'vitest';
import { copied } from '../../core/matrix.ts';
import { uniformRows } from '../../testing/points.ts';
import { rankToNormal } from './rank-to-normal.ts';

test('signs of columns: turning a column round turns its quantiles round, and keeps the neighbours', async () => {
  const points = uniformRows(40, 3, 8);
  const turned = copied(points);
  for (let i = 0; i < 40; i++) turned.data[3 * i + 1] *= -1;
  const options = { k: 5, candidates: 39, mutualProximity: false };
  const { graph } = await rankToNormal(turned, options);
  const plain = await rankToNormal(points, options);
  expect(graph.indices).toEqual(plain.graph.indices);
});

test('columns with one value in most rows are named', async () => {
  const points = uniformRows(30, 3, 1);
  for (let i = 0; i < 30; i++) points.data[3 * i + 2] = i === 0 ? 0.5 : 0;
  const { warnings } = await rankToNormal(points, { k: 3 });
  expect(warnings).toEqual(['1 column has one value in most rows: ranks say little there.']);
});
