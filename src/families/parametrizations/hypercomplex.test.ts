import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { evaluateAll, mlp, parameter, Workspace } from '../../learning/index.ts';
import { hypercomplex } from './hypercomplex.ts';

const numbers = (length: number, from = 0) =>
  Float64Array.from({ length }, (_, e) => Math.sin(e + 1 + from));

/** Σ A_i ⊗ S_i, A_i n × n, S_i high × wide. */
function sumOf(n: number, [high, wide]: readonly number[], terms: number): Float64Array {
  const whole = new Float64Array(n * high * n * wide);
  for (let i = 0; i < terms; i++) {
    const [a, s] = [numbers(n * n, 17 * i), numbers(high * wide, 29 * i + 5)];
    for (let row = 0; row < n * high; row++)
      for (let col = 0; col < n * wide; col++)
        whole[row * n * wide + col] +=
          a[Math.floor(row / high) * n + Math.floor(col / wide)] *
          s[(row % high) * wide + (col % wide)];
  }
  return whole;
}

async function weightOf(data: Float64Array, shape: readonly number[], parts: number) {
  const found = await hypercomplex.bind({ parts }).over([parameter('w', data, shape)]);
  const [values] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
  return { values, found };
}

test('of the example: 4³ + 64·32/4 numbers and all others as they are', async () => {
  const { parameters } = mlp({ name: 'net', sizes: [64, 32, 10] });
  const { trained, of, warnings } = await hypercomplex(parameters, { parts: 4 });
  expect([trained, of]).toEqual([64 + 512 + 32 + 320 + 10, 2410]);
  expect(warnings).toEqual([
    'net.1.weight is 10 × 32: no matrix that 4 divides; all of its numbers are trained.',
  ]);
});

test('a sum of n Kronecker products is found again', async () => {
  const whole = sumOf(3, [2, 4], 3);
  const { values } = await weightOf(whole, [6, 12], 3);
  values.forEach((value, e) => {
    expect(value).toBeCloseTo(whole[e], 12);
  });
});

test('of other weights it begins nearer than 0 and nearer than fewer products', async () => {
  const whole = numbers(8 * 16).map((x) => x ** 3);
  const errorOf = (values: ArrayLike<number>) =>
    whole.reduce((sum, x, e) => sum + (x - values[e]) ** 2, 0);
  const { values, found } = await weightOf(whole, [8, 16], 4);
  const before = errorOf(values);
  const [table, kernel] = found.parameters;
  for (let e = 0; e < 16; e++) table.data[4 * e + 3] = 0;
  kernel.data.fill(0, 3 * 8);
  const [fewer] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
  expect(before).toBeLessThan(errorOf(fewer));
  expect(errorOf(fewer)).toBeLessThan(errorOf(new Float64Array(128)));
});

test('one part is the weight itself', async () => {
  const { values, found } = await weightOf(numbers(6), [2, 3], 1);
  values.forEach((value, e) => {
    expect(value).toBeCloseTo(numbers(6)[e], 14);
  });
  expect(found.warnings).toEqual([
    'hypercomplex trains 7 numbers in the place of 6: nothing is saved; a lower rank, or fewer directions, would save.',
  ]);
});

test('more parts than a block has numbers leave the others 0', async () => {
  const { values } = await weightOf(numbers(16), [4, 4], 4);
  const { found } = await weightOf(numbers(16), [4, 4], 4);
  expect(found.parameters.map(({ shape }) => shape)).toEqual([
    [16, 4],
    [4, 1],
  ]);
  values.forEach((value, e) => {
    expect(value).toBeCloseTo(numbers(16)[e], 12);
  });
});

test('weights of zeros begin as zeros, and can be trained', async () => {
  const { values, found } = await weightOf(new Float64Array(16), [4, 4], 2);
  expect([...values].every((value) => value === 0)).toBe(true);
  expect(found.parameters[0].data.some((value) => value !== 0)).toBe(true);
});

test('parts that divide no weight are refused in a sentence', async () => {
  await expect(hypercomplex([parameter('w', numbers(6), [2, 3])], { parts: 4 })).rejects.toThrow(
    'hypercomplex: option "parts" must be a number that divides both sides of some weight of two axes; got 4.',
  );
});
