import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { cayleyDicksonTable } from './cayley-dickson.ts';

function product(s: ArrayLike<number>, x: ArrayLike<number>): number[] {
  const n = s.length;
  const table = cayleyDicksonTable(n);
  const out = new Array<number>(n).fill(0);
  for (let i = 0; i < n; i++)
    for (let p = 0; p < n; p++)
      for (let q = 0; q < n; q++) out[p] += table[(i * n + p) * n + q] * s[i] * x[q];
  return out;
}

const unit = (n: number, at: number) => Array.from({ length: n }, (_, e) => (e === at ? 1 : 0));
const lengthOf = (x: readonly number[]) => Math.hypot(...x);

test('one part is a number, two are a complex number', () => {
  expect(product([3], [5])).toEqual([15]);
  expect(product([1, 2], [3, 4])).toEqual([-5, 10]);
});

test('of quaternions i·j is k, j·k is i, k·i is j, in the other order the negative, and squares are −1', () => {
  const [one, i, j, k] = [0, 1, 2, 3].map((at) => unit(4, at));
  const minus = (x: readonly number[]) => x.map((value) => 0 - value);
  expect(product(i, j)).toEqual(k);
  expect(product(j, k)).toEqual(i);
  expect(product(k, i)).toEqual(j);
  expect(product(j, i)).toEqual(minus(k));
  for (const square of [i, j, k].map((x) => product(x, x))) expect(square).toEqual(minus(one));
});

test.each([1, 2, 4, 8])('lengths of numbers of %i parts multiply', (n) => {
  const random = Random.fromSeed(n);
  const drawn = () => Array.from({ length: n }, () => random.normal());
  const [s, x] = [drawn(), drawn()];
  expect(lengthOf(product(s, x))).toBeCloseTo(lengthOf(s) * lengthOf(x), 12);
});

test('octonions do not associate', () => {
  const [a, b, c] = [1, 2, 4].map((at) => unit(8, at));
  expect(product(product(a, b), c)).not.toEqual(product(a, product(b, c)));
});

test('three parts are refused', () => {
  expect(() => cayleyDicksonTable(3)).toThrow('option "n" must be a power of two; got 3.');
});
