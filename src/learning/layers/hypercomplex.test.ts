import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { cayleyDicksonTable } from '../../numerics/algebra/cayley-dickson.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { hypercomplex } from './hypercomplex.ts';

const drawn = (length: number, seed: number) => {
  const random = Random.fromSeed(seed);
  return Float64Array.from({ length }, () => random.normal());
};

/** H of the layer: Σ A_i ⊗ S_i, formed. */
function wholeOf(
  table: ArrayLike<number>,
  kernel: ArrayLike<number>,
  [k, d, n]: readonly number[],
) {
  const [high, wide] = [k / n, d / n];
  const whole = new Float64Array(k * d);
  for (let row = 0; row < k; row++)
    for (let col = 0; col < d; col++)
      for (let i = 0; i < n; i++) {
        const rule = table[(i * n + Math.floor(row / high)) * n + Math.floor(col / wide)];
        whole[row * d + col] += rule * kernel[(row % high) * d + i * wide + (col % wide)];
      }
  return whole;
}

test.each([
  [6, 9, 3],
  [8, 4, 4],
  [5, 7, 1],
])(
  '%i outputs and %i inputs in %i parts: is H·x + b with H the sum of Kronecker products',
  async (k, d, n) => {
    const net = hypercomplex({ name: 'h', inputs: d, outputs: k, parts: n, float64: true });
    const [table, kernel, bias] = net.parameters;
    bias.data.set(drawn(k, 2));
    const x = drawn(2 * d, 3);
    const y = await evaluate(net(constant(x, [2, d])));
    const whole = wholeOf(table.data, kernel.data, [k, d, n]);
    y.forEach((value, e) => {
      const [r, row] = [Math.floor(e / k), e % k];
      let sum = bias.data[row];
      for (let col = 0; col < d; col++) sum += whole[row * d + col] * x[r * d + col];
      expect(value).toBeCloseTo(sum, 12);
    });
  },
);

test('trains n³ + k·d/n numbers and the bias, by name', () => {
  const { parameters } = hypercomplex({ name: 'h', inputs: 12, outputs: 8, parts: 4 });
  expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ['h.table', [4, 4, 4]],
    ['h.kernel', [2, 12]],
    ['h.bias', [8]],
  ]);
});

test('with the table of the quaternions it multiplies by one, and the table stays', async () => {
  const table = cayleyDicksonTable(4);
  const options = { name: 'h', inputs: 4, outputs: 4, parts: 4, table, bias: false, float64: true };
  const net = hypercomplex(options);
  expect(net.parameters.map(({ name }) => name)).toEqual(['h.kernel']);
  net.parameters[0].data.set([0, 1, 0, 0]);
  const y = await evaluate(net(constant(Float64Array.of(0, 0, 1, 0), [1, 4])));
  expect([...y].map((value) => value + 0)).toEqual([0, 0, 0, 1]);
});

test('has the gradients of its value', async () => {
  const net = hypercomplex({ name: 'h', inputs: 6, outputs: 9, parts: 3, float64: true });
  const ratios = await gradientRatios((x) => net(x), [[4, 6], ...net.parameters]);
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('entries of H begin with the variance of the dense layer, to five standard errors', () => {
  const [k, d, n] = [64, 128, 4];
  const options = { name: 'h', inputs: d, outputs: k, parts: n, initial: 'he' as const };
  let squares = 0;
  for (let seed = 0; seed < 50; seed++) {
    const [table, kernel] = hypercomplex({ ...options, seed }).parameters;
    for (const value of wholeOf(table.data, kernel.data, [k, d, n])) squares += value * value;
  }
  // Of the table's 64 squares the mean deviates by √(2/64), over 50 seeds by 2.5 %.
  expect(Math.abs((squares / (50 * k * d)) * (d / 2) - 1)).toBeLessThan(5 * 0.025);
});

test('parts that do not divide both sides, and a table of another size, are refused', () => {
  const options = { name: 'h', inputs: 8, outputs: 6 };
  expect(() => hypercomplex({ ...options, parts: 4 })).toThrow(
    'hypercomplex: option "parts" must be a whole number that divides 8 inputs and 6 outputs; got 4.',
  );
  expect(() => hypercomplex({ ...options, parts: 2, table: new Float64Array(4) })).toThrow(
    'option "table" must be 8 numbers',
  );
});
