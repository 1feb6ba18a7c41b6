import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { householder } from './householder.ts';

const random = Random.fromSeed(1);
const tensor = (rows: number, cols: number) =>
  constant(normals(random.fork(`${rows} × ${cols}`), [rows, cols]), [rows, cols]);
const identity = (n: number) =>
  constant(
    Float64Array.from({ length: n * n }, (_, e) => (e % (n + 1) === 0 ? 1 : 0)),
    [n, n],
  );
const computed = (x: ReturnType<typeof householder>) => evaluate(x, new Workspace(referenceEngine));

/** The product of reflections as it is written: one after the other. */
function oneByOne(x: Float64Array, v: Float64Array, d: number, order: readonly number[]) {
  const y = x.slice();
  for (let row = 0; row < y.length; row += d) {
    for (const i of order) {
      let [along, square] = [0, 0];
      for (let c = 0; c < d; c++) {
        along += y[row + c] * v[i * d + c];
        square += v[i * d + c] ** 2;
      }
      for (let c = 0; c < d; c++) y[row + c] -= (2 * along * v[i * d + c]) / square;
    }
  }
  return y;
}

test.each([
  [false, [0, 1, 2, 3]],
  [true, [3, 2, 1, 0]],
])('the compact form equals reflections one by one; transposed: %s', async (transposed, order) => {
  const [x, v] = [tensor(3, 6), tensor(4, 6)];
  const found = await computed(householder(x, v, { transposed }));
  const wanted = oneByOne(x.data as Float64Array, v.data as Float64Array, 6, order);
  // Products of numbers near 1 over 6 columns and 4 reflections: some tens of roundings.
  for (const [e, y] of found.entries()) expect(Math.abs(y - wanted[e])).toBeLessThan(1e-14);
});

test('256 reflections in 256 columns make an orthogonal matrix to 1e-12, also of like vectors', async () => {
  const n = 256;
  const alike = normals(random.fork('alike'), [n, n]).map((x, e) => (e % n === 0 ? 10 : 0) + x);
  for (const v of [normals(random.fork('all'), [n, n]), alike]) {
    const q = await computed(householder(identity(n), constant(v, [n, n])));
    let worst = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = i === j ? -1 : 0;
        for (let c = 0; c < n; c++) sum += q[i * n + c] * q[j * n + c];
        worst = Math.max(worst, Math.abs(sum));
      }
    }
    expect(worst).toBeLessThan(1e-12);
  }
});

test('of 256 reflections the compact form equals the naive product', async () => {
  const n = 256;
  const v = normals(random.fork('naive'), [n, n]);
  const [some] = [normals(random.fork('some'), [2, n])];
  const found = await computed(householder(constant(some, [2, n]), constant(v, [n, n])));
  const order = Array.from({ length: n }, (_, i) => i);
  const wanted = oneByOne(some, v, n, order);
  for (const [e, y] of found.entries()) expect(Math.abs(y - wanted[e])).toBeLessThan(1e-12);
});

test.each([false, true])(
  'the gradient is that of the value; transposed: %s',
  async (transposed) => {
    const ratios = await gradientRatios(
      (x, v) => householder(x, v, { transposed }),
      [
        [3, 5],
        [4, 5],
      ],
    );
    expect(Math.min(...ratios)).toBeGreaterThan(3.8);
  },
);

test('lengths of the vectors change nothing, one reflection turns its own vector round', async () => {
  const x = constant(Float64Array.of(3, 4), [1, 2]);
  const found = await computed(householder(x, constant(Float64Array.of(6, 8), [1, 2])));
  for (const [c, y] of [-3, -4].entries()) expect(found[c]).toBeCloseTo(y, 14);
});

test('a vector of zeros and other shapes are refused in a sentence', async () => {
  const zero = householder(tensor(2, 3), constant(new Float64Array(3), [1, 3]));
  await expect(computed(zero)).rejects.toThrow(
    'householder: vector 0 is 0, and no reflection has it.',
  );
  expect(() => householder(tensor(2, 3), tensor(2, 4))).toThrow(
    'householder: expected vectors of 3 numbers, as the rows have; got 4.',
  );
  expect(() => householder(constant(new Float64Array(3)), tensor(1, 3))).toThrow(
    'householder: expected rows of two axes; got 3.',
  );
});
