import { expect, test } from 'vitest';
import { robe } from './robe.ts';

const fields = [
  { name: 'user', size: 300 },
  { name: 'item', size: 1000 },
];

/** The array is 1, 2, …: what is read says from where. */
async function placesOf(chunk: number) {
  const table = await robe({ fields }, { dim: 6, budget: 0.1, chunk });
  const [{ data: array }] = table.network.parameters;
  array.set(array.map((_, place) => place + 1));
  const { data } = await table.vectors('item');
  return { data, m: array.length };
}

test('all fields read from one array of as many numbers as fit', async () => {
  const table = await robe({ fields }, { dim: 6, budget: 0.1 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([[780, 1]]);
  expect(table.bytes).toBe(0.1 * table.fullBytes);
});

test('the numbers of a chunk follow one another around the circle', async () => {
  const { data, m } = await placesOf(3);
  let around = 0;
  for (let e = 0; e < data.length; e += 3) {
    const [a, b, c] = [0, 1, 2].map((i) => Math.abs(data[e + i]) - 1);
    expect(b).toBe((a + 1) % m);
    expect(c).toBe((b + 1) % m);
    if (c < a) around++;
  }
  // Two of 780 starts go around the end: of 2,000 chunks 5.1 ± 2.3.
  expect(around).toBeGreaterThan(0);
});

test('places are spread over the array, and half of the signs are minus', async () => {
  const { data, m } = await placesOf(1);
  const counts = new Array(m).fill(0);
  for (const value of data) counts[Math.abs(value) - 1] += 1;
  // χ² with m − 1 = 779 degrees of freedom: 779 ± 39.5.
  const expected = data.length / m;
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(Math.abs(chi - (m - 1))).toBeLessThan(5 * Math.sqrt(2 * (m - 1)));
  const minus = data.filter((value) => value < 0).length;
  // 6,000 signs: 3,000 ± 38.7.
  expect(Math.abs(minus - 3000)).toBeLessThan(5 * 38.7);
});

test('a chunk is at most as long as a vector', async () => {
  const options = { dim: 6, budget: 0.1 };
  const long = await robe({ fields }, { ...options, chunk: 99 });
  const whole = await robe({ fields }, { ...options, chunk: 6 });
  expect(await long.vectors('item')).toEqual(await whole.vectors('item'));
});

test('fewer bytes than a vector has are refused', async () => {
  await expect(robe({ fields }, { dim: 6, budget: 0.0005 })).rejects.toThrow(
    'robe: option "budget" must be enough for 24 bytes',
  );
});

test('as printed in the example: 800 numbers', async () => {
  const table = await robe({ fields: [fields[1]] }, { dim: 8, budget: 0.1 });
  expect(table.facts).toEqual({ numbers: 800 });
});
