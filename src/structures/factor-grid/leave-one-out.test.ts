import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { createWasmEngine } from '../../engine/wasm/engine.ts';
import { factorGrid, gridDesign, idealWordsOf } from './index.ts';
import { leaveOneOut } from './leave-one-out.ts';

/** 20 things, one to three forms of each, and rows of no cell besides; each vector the sum of thing and form, and noise. */
function planted(noise: number) {
  const random = Random.fromSeed(3);
  const [n, d] = [80, 12];
  const draw = () => Float64Array.from({ length: d }, () => random.normal());
  const things = Array.from({ length: 20 }, draw);
  const forms = Array.from({ length: 3 }, draw);
  const data = new Float64Array(n * d);
  const columns = [
    { name: 'form', values: Array.from({ length: n }, (_, i) => (i < 60 ? `${i % 3}` : '')) },
    { name: 'thing', values: Array.from({ length: n }, (_, i) => (i < 60 ? `${i % 20}` : '')) },
  ];
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++)
      data[i * d + c] =
        i < 60 ? things[i % 20][c] + forms[i % 3][c] + noise * random.normal() : random.normal();
  return { points: matrix(data, n, d), columns };
}

function asked(points: Matrix, columns: Parameters<typeof factorGrid>[2], most = 1000) {
  const design = gridDesign('test', factorGrid('test', points, columns), 'uniform');
  const options = { most, random: Random.fromSeed(0), engine: referenceEngine };
  return leaveOneOut(design, idealWordsOf(design), points, options);
}

const share = (hits: Uint8Array) => hits.reduce((sum, hit) => sum + hit, 0) / hits.length;

test('of exact sums every cell is found by what the others say', async () => {
  const { points, columns } = planted(0);
  const found = await asked(points, columns);
  expect([found.cells.length, found.candidates]).toEqual([60, 80]);
  expect(share(found.idealWords)).toBe(1);
});

test('with noise, ideal words find more than one drawn analogy, and that more than the nearest row', async () => {
  const { points, columns } = planted(0.7);
  const { idealWords, threeCosAdd, nearest } = await asked(points, columns);
  expect(share(idealWords)).toBeGreaterThan(share(threeCosAdd));
  expect(share(threeCosAdd)).toBeGreaterThan(share(nearest));
});

test('the same seed asks the same cells; rows of one cell are asked for together', async () => {
  const { points, columns } = planted(0.7);
  const some = await asked(points, columns, 10);
  expect(await asked(points, columns, 10)).toEqual(some);
  expect(some.cells.length).toBe(10);
  // Of ten things, rows i and i + 30 are one cell.
  const repeated = [
    columns[0],
    { name: 'thing', values: columns[1].values.map((value) => value && `${Number(value) % 10}`) },
  ];
  expect((await asked(points, repeated)).candidates).toBe(30);
});

test('a grid whose cells share too little is not asked', async () => {
  const columns = [
    { name: 'a', values: ['x', 'y', 'z'] },
    { name: 'b', values: ['p', 'q', 'r'] },
  ];
  const found = await asked(matrix(new Float64Array(6).fill(1), 3, 2), columns);
  expect([found.cells.length, found.idealWords.length]).toEqual([0, 0]);
});

test('several float32 rows in a cell are asked for on an engine that takes float32 alone', async () => {
  const points = toFloat32(planted(0.1).points);
  const values = (period: number) => Array.from({ length: 80 }, (_, i) => `${i % period}`);
  const columns = [
    { name: 'form', values: values(2) },
    { name: 'thing', values: values(5) },
  ];
  const design = gridDesign('test', factorGrid('test', points, columns), 'uniform');
  const options = { most: 10, random: Random.fromSeed(0), engine: await createWasmEngine(1) };
  const { candidates } = await leaveOneOut(design, idealWordsOf(design), points, options);
  expect(candidates).toBe(10);
});
