import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import {
  crossProduct,
  learnedTableError,
  octonionProduct,
  quaternionProduct,
  tableError,
} from './hypercomplex-rules.ts';

test('products are those of Hamilton, of octonions and of space', () => {
  expect(quaternionProduct([1, 2, 3, 4], [5, 6, 7, 8])).toEqual([-60, 12, 30, 24]);
  const [i, l] = [1, 4].map((at) => Array.from({ length: 8 }, (_, e) => Number(e === at)));
  expect(octonionProduct(i, l).map((e) => e + 0)).toEqual([0, 0, 0, 0, 0, 1, 0, 0]);
  expect(crossProduct([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
});

test('a table of another product is as wrong as it is', async () => {
  const random = Random.fromSeed(2);
  expect(await tableError(4, quaternionProduct, random)).toBeLessThan(1e-12);
  const other = (s: Iterable<number>, x: Iterable<number>) => quaternionProduct(x, s);
  expect(await tableError(4, other, random)).toBeGreaterThan(0.1);
});

test('more steps learn a table better', async () => {
  const after = (steps: number) =>
    learnedTableError(3, crossProduct, { pairs: 60, steps, random: Random.fromSeed(4) });
  expect(await after(200)).toBeLessThan(0.1 * (await after(10)));
});
