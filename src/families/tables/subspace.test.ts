import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { subspace } from './subspace.ts';
import type { Table } from './types.ts';

const words = (size: number, vectors?: Matrix) => ({ fields: [{ name: 'word', size, vectors }] });

/** How many different vectors the ids have. */
async function distinct(table: Table): Promise<number> {
  const { data, rows, cols } = await table.vectors(0);
  return new Set(
    Array.from({ length: rows }, (_, i) => data.subarray(i * cols, (i + 1) * cols).join(' ')),
  ).size;
}

function normal(rows: number, cols: number, seed = 1): Matrix<Float32Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float32Array.from({ length: rows * cols }, () => random.normal()),
    rows,
    cols,
  );
}

/** Σ‖x − s·y‖²/Σ‖x‖² with the best s. */
async function lost(table: Table, { data: x }: Matrix): Promise<number> {
  const { data: y } = await table.vectors(0);
  let [xx, xy, yy] = [0, 0, 0];
  for (let e = 0; e < x.length; e++) {
    xx += x[e] * x[e];
    xy += x[e] * y[e];
    yy += y[e] * y[e];
  }
  return 1 - xy ** 2 / (xx * yy);
}

test('of the example: 5 % of 1,000 rows are 50 pieces a part', async () => {
  const table = await subspace(words(1000), { dim: 8, parts: 2, budget: 0.05 });
  expect([table.bytes, table.facts['pieces']]).toEqual([1600, 50]);
});

test('parts that do not divide the columns differ in width by one', async () => {
  const table = await subspace(words(1000), { dim: 7, parts: 3, budget: 0.05 });
  expect(table.network.parameters.map(({ shape }) => shape)).toEqual([
    [50, 2],
    [50, 2],
    [50, 3],
  ]);
});

test.each([
  [1000, 0.1, 3],
  [1000, 0.032, 2],
  [997, 0.0331, 2],
  [729, 9 / 729, 3],
  [300, 1, 4],
])('by digits no two of %i ids are alike where pieces suffice', async (size, budget, parts) => {
  const table = await subspace(words(size), { dim: 8, parts, budget });
  expect(table.facts['pieces'] ** parts).toBeGreaterThanOrEqual(size);
  expect(await distinct(table)).toBe(size);
});

test('by digits of too few pieces N, Nᶠ vectors differ', async () => {
  const table = await subspace(words(1000), { dim: 8, parts: 2, budget: 0.005 });
  expect(table.facts['pieces']).toBe(5);
  expect(await distinct(table)).toBe(25);
});

test('by digits every piece has ids', async () => {
  const table = await subspace(words(1000), { dim: 4, parts: 2, budget: 0.1 });
  const { data } = await table.vectors(0);
  for (const part of [0, 1]) {
    const seen = new Set(Array.from({ length: 1000 }, (_, i) => data[4 * i + 2 * part]));
    expect(seen.size).toBe(100);
  }
});

test('by hashes ids share pieces of each part by chance, and the seed decides which', async () => {
  const table = await subspace(words(1000), { dim: 4, parts: 2, budget: 0.1, assign: 'hash' });
  // Of 100² pairs of pieces, 1,000 ids take 10,000·(1 − e^−0.1) = 951.6 on average, with a deviation below 7.
  expect(Math.abs((await distinct(table)) - 951.6)).toBeLessThan(28);
  const places = async (seed: number) => {
    const made = await subspace(words(1000), {
      ...{ dim: 4, parts: 2, budget: 0.1, assign: 'hash', seed },
    });
    const { data } = await made.vectors(0);
    return Array.from({ length: 999 }, (_, i) => data[4 * i] === data[4 * i + 4]);
  };
  expect(await places(1)).toEqual(await places(1));
  expect(await places(1)).not.toEqual(await places(2));
});

test('clusters give back vectors that are put together of few pieces, up to the scale', async () => {
  const [left, right] = [normal(4, 3, 2), normal(4, 3, 3)];
  const data = Float32Array.from({ length: 16 * 6 }, (_, e) => {
    const [id, c] = [Math.floor(e / 6), e % 6];
    return c < 3 ? left.data[3 * (id % 4) + c] : right.data[3 * Math.floor(id / 4) + c - 3];
  });
  const vectors = matrix(data, 16, 6);
  // 4 pieces of 24 bytes and 16·2·2 bits are 104 bytes.
  const options = {
    dim: 6,
    parts: 2,
    keep: 0,
    budget: 104 / (16 * 24),
    assign: 'cluster',
  } as const;
  const table = await subspace(words(16, vectors), options);
  expect([table.facts['pieces'], table.bytes]).toEqual([4, 104]);
  expect(await distinct(table)).toBe(16);
  // float32 rounds each number by 6e-8 of it.
  expect(await lost(table, vectors)).toBeLessThan(1e-12);
});

test('pieces begin as means, so that clusters lose less than hashes of as many pieces', async () => {
  const random = Random.fromSeed(4);
  const centers = normal(10, 8, 5);
  const near = Float32Array.from(
    { length: 600 * 8 },
    (_, e) => centers.data[8 * (Math.floor(e / 8) % 10) + (e % 8)] + 0.1 * random.normal(),
  );
  const vectors = matrix(near, 600, 8);
  const of = async (assign: 'radix' | 'hash' | 'cluster') => {
    const table = await subspace(words(600, vectors), { dim: 8, parts: 2, budget: 0.1, assign });
    return lost(table, vectors);
  };
  // Of a variance of 1.01, the noise about ten centers is 0.01.
  expect(await of('cluster')).toBeLessThan(0.02);
  expect(await of('hash')).toBeGreaterThan(0.5);
});

test('the vectors begin with the deviation, also where known ones are much longer', async () => {
  const vectors = matrix(
    normal(300, 8).data.map((x) => 1000 * x),
    300,
    8,
  );
  const options = { dim: 8, parts: 4, budget: 0.2, deviation: 0.1, assign: 'cluster' } as const;
  const { data } = await (await subspace(words(300, vectors), options)).vectors(0);
  const mean = Array.from(data).reduce((sum, x) => sum + x * x, 0) / data.length;
  // Scaled to it: what is left is the rounding of float32.
  expect(Math.abs(Math.sqrt(mean) - 0.1)).toBeLessThan(1e-6);
});

test('known vectors of other columns say which ids are alike, and nothing else', async () => {
  const vectors = normal(300, 20);
  const options = { dim: 8, parts: 2, budget: 0.2, assign: 'cluster' } as const;
  const table = await subspace(words(300, vectors), options);
  const random = await subspace(words(300), { ...options, assign: 'radix' });
  const [pieces] = table.network.parameters;
  const [others] = random.network.parameters;
  expect(pieces.data).toEqual(others.data.slice(0, pieces.data.length));
  expect(await distinct(table)).toBeGreaterThan(100);
});

test('equal rows, and rows of zeros, share all pieces', async () => {
  const zeros = matrix(new Float32Array(300 * 8), 300, 8);
  const table = await subspace(words(300, zeros), { dim: 8, budget: 0.2, assign: 'cluster' });
  expect(await distinct(table)).toBe(1);
});

test('what it cannot use is refused in a sentence', async () => {
  const cluster = { dim: 8, budget: 0.2, assign: 'cluster' } as const;
  await expect(subspace(words(300), cluster)).rejects.toThrow(
    'subspace: known vectors of the field "word" are needed for clusters; assign "radix" or "hash" needs none.',
  );
  await expect(subspace(words(300, normal(300, 3)), cluster)).rejects.toThrow(
    'option "parts" must be at most 3, the columns of the known vectors of the field "word"; got 4.',
  );
  await expect(subspace(words(300), { dim: 2, parts: 3 })).rejects.toThrow(
    'option "parts" must be at most 2, the columns (dim); got 3.',
  );
  const bad = normal(300, 8);
  bad.data[17] = NaN;
  await expect(subspace(words(300, bad), cluster)).rejects.toThrow(
    'row 2, column 1 is NaN; expected finite numbers.',
  );
  await expect(subspace(words(300), { dim: 8, budget: 0.001 })).rejects.toThrow(
    'option "budget" must be enough for 32 bytes',
  );
});

test('a snapshot without the codes is refused', async () => {
  // 32 pieces: 300·4 codes of 5 bits.
  const options = { dim: 8, budget: 0.2, assign: 'cluster' } as const;
  const table = await subspace(words(300, normal(300, 8)), options);
  const without = table.snapshot().filter(({ name }) => name !== 'word.codes');
  expect(() => table.take(without)).toThrow(
    'the snapshot has nothing for word.codes; 750 are expected.',
  );
});
