import { expect, test } from 'vitest';
import { encode, read } from './index.ts';

const points = [
  [1, 2],
  [3, 4],
];

test('float64 points, lists and tensors are written as the float32 table they are', async () => {
  const data = Float64Array.of(1, 2, 3, 4);
  const expected = await encode(
    { points: { data: Float32Array.from(data), rows: 2, cols: 2 } },
    { format: 'npy' },
  );
  for (const given of [points, { data, dims: [2, 2] }, { points: { data, rows: 2, cols: 2 } }]) {
    expect(await encode(given, { format: 'npy' })).toEqual(expected);
  }
});

test('a column of plain numbers comes back as numbers', async () => {
  const given = { points, columns: { weight: [0.5, 1e300] as never } };
  const { columns } = await read(await encode(given, { format: 'npz' }));
  expect(columns).toEqual({ weight: Float64Array.of(0.5, 1e300) });
});

test('labels and columns that are no text are refused with their row', async () => {
  const labels = ['a', 7] as never;
  await expect(encode({ points, labels }, { format: 'csv' })).rejects.toThrow(
    'expected text in labels; got number in row 1',
  );
  const columns = { note: ['a', null] as never };
  await expect(encode({ points, columns }, { format: 'csv' })).rejects.toThrow(
    'expected text in column "note"; got object in row 1',
  );
});
