import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { relative } from './relative.ts';

const a = normalMatrix(60, 3, 1);
/** Columns moved on by one, times a factor, and moved. */
const turned = (factor: number, shift: number) =>
  matrix(
    a.data.map((_, e) => factor * a.data[e - (e % 3) + ((e + 1) % 3)] + shift),
    60,
    3,
  );

async function largestGap(b: ReturnType<typeof turned>, options = {}): Promise<number> {
  const { model } = await relative({ a, b }, { anchors: 20, ...options });
  const x = (await relative.transform(model, a)).data;
  const y = (await relative.transform(model, b, 'b')).data;
  return Math.max(...Array.from(x, (value, e) => Math.abs(value - y[e])));
}

test('a space that was turned, stretched and moved has the same representations', async () => {
  expect(await largestGap(turned(3, 5))).toBeLessThan(1e-12);
  for (const choose of ['k-center', 'clusters'] as const)
    expect(await largestGap(turned(3, 5), { choose })).toBeLessThan(1e-12);
});

test('about the origin a turn leaves them as they are, and a shift does not', async () => {
  expect(await largestGap(turned(3, 0), { centered: false })).toBeLessThan(1e-12);
  expect(await largestGap(turned(3, 5), { centered: false })).toBeGreaterThan(0.1);
});

test('an anchor is itself by a cosine of 1', async () => {
  const { model, facts } = await relative({ a, b: a }, { anchors: 100 });
  expect(facts['anchors']).toBe(60);
  const { data } = await relative.transform(model, a);
  for (let i = 0; i < 60; i++) expect(data[i * 60 + i]).toBeCloseTo(1, 12);
});

test('k-center takes each the farthest: with two clumps, one anchor in each', async () => {
  const clumps = matrix(
    Float64Array.from({ length: 40 }, (_, e) => (e % 2 ? 0.01 * Math.sin(e) : e < 20 ? 1 : -1)),
    20,
    2,
  );
  const { model } = await relative(
    { a: clumps, b: clumps },
    { anchors: 2, choose: 'k-center', centered: false },
  );
  const anchors = model.parameters.find(({ name }) => name === 'a')?.data ?? [];
  expect(Math.sign(anchors[0]) * Math.sign(anchors[2])).toBe(-1);
});

test('anchors that do not reach all dimensions are told', async () => {
  const flat = matrix(
    a.data.map((x, e) => (e % 3 === 2 ? a.data[e - 1] : x)),
    60,
    3,
  );
  const { warnings } = await relative({ a: flat, b: a });
  expect(warnings).toEqual([
    'The 60 anchors vary in 2 of 3 dimensions of A: rows that differ in the others alone look the same.',
  ]);
});

test('a row of zeros about the mean has no direction: all its cosines are 0', async () => {
  const { model } = await relative({ a, b: a }, { centered: false });
  const { data } = await relative.transform(model, matrix(new Float64Array(3), 1, 3));
  expect(data.every((x) => x === 0)).toBe(true);
});
