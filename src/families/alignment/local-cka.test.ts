import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { linearCka } from '../comparisons/index.ts';
import { localCka } from './local-cka.ts';

const a = normalMatrix(30, 3, 1);
const b = normalMatrix(30, 4, 2);
/** B from A, with noise. */
const related = matrix(
  b.data.map((noise, e) => 0.3 * noise + a.data[3 * Math.floor(e / 4) + (e % 3)]),
  30,
  4,
);
const rowOf = (data: ArrayLike<number>, i: number, f: number) =>
  Array.from({ length: f }, (_, c) => data[i * f + c]);

test('the cosine of two moved rows is the CKA of the anchors with that pair among them', async () => {
  const pairs = {
    a: Array.from({ length: 20 }, (_, i) => i),
    b: Array.from({ length: 20 }, (_, i) => i),
  };
  const { model } = await localCka({ a, b: related, pairs }, { directions: 0 });
  const [x, y] = [
    (await localCka.transform(model, a)).data,
    (await localCka.transform(model, related, 'b')).data,
  ];
  for (const [i, j] of [
    [20, 20],
    [20, 25],
    [27, 21],
  ]) {
    const [p, q] = [rowOf(x, i, 23), rowOf(y, j, 23)];
    const dot = (u: number[], v: number[]) => u.reduce((sum, value, c) => sum + value * v[c], 0);
    const cosine = dot(p, q) / Math.sqrt(dot(p, p) * dot(q, q));
    const withPair = (data: Float64Array, d: number, row: number) =>
      matrix(Float64Array.from([...data.subarray(0, 20 * d), ...rowOf(data, row, d)]), 21, d);
    const { value } = await linearCka(
      { a: withPair(a.data, 3, i), b: withPair(related.data, 4, j) },
      { estimator: 'biased' },
    );
    expect(cosine).toBeCloseTo(value, 10);
  }
});

test('a space that was turned matches row for row', async () => {
  const turned = matrix(
    a.data.map((_, e) => 2 * a.data[e - (e % 3) + ((e + 1) % 3)] + 1),
    30,
    3,
  );
  const { model, facts } = await localCka({ a, b: turned }, { directions: 0 });
  expect(facts['cka']).toBeCloseTo(1, 12);
  const [x, y] = [
    (await localCka.transform(model, a)).data,
    (await localCka.transform(model, turned, 'b')).data,
  ];
  expect(x.every((value, e) => Math.abs(value - y[e]) < 1e-7)).toBe(true);
});

test('it is fitted in no more directions than there are', async () => {
  const { model } = await localCka({ a, b: related }, { directions: 50 });
  const anchors = model.parameters.find(({ name }) => name === 'anchors-a');
  expect(anchors?.shape).toEqual([30, 3]);
});
