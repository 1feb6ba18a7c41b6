import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { evolvedWidths } from './evolved-widths.ts';

/** The distance from widths that are best. */
const best = [3, 8, 1, 5];
const lossOf = async (widths: readonly number[]) =>
  widths.reduce((sum, width, f) => sum + Math.abs(width - best[f]), 0);
const search = (generations: number, seed = 1) =>
  evolvedWidths({ fields: 4, dim: 8, generations, random: Random.fromSeed(seed), lossOf });

test('finds the best of 8⁴ widths in 40 generations', async () => {
  const found = await search(40);
  expect(found.widths).toEqual(best);
  expect(found.loss).toBe(0);
  // 4 × the mean distance of 1 … 8 from 3, 8, 1 and 5: 2.25 + 3.5 + 3.5 + 2 = 11.25; 20 draws, deviation 4 each.
  expect(Math.abs(found.drawnLoss - 11.25)).toBeLessThan(5 * (4 / Math.sqrt(20)));
});

test('is no worse than the full widths, which are among the first', async () => {
  const narrow = async (widths: readonly number[]) =>
    widths.reduce((sum, width) => sum + 8 - width, 0);
  const random = Random.fromSeed(2);
  const found = await evolvedWidths({ fields: 4, dim: 8, generations: 0, random, lossOf: narrow });
  expect(found.widths).toEqual([8, 8, 8, 8]);
});

test('asks for no widths twice, and gives the same for the same seed', async () => {
  const asked: string[] = [];
  await evolvedWidths({
    fields: 2,
    dim: 3,
    generations: 10,
    random: Random.fromSeed(3),
    lossOf: (widths) => {
      asked.push(widths.join());
      return lossOf(widths);
    },
  });
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(9);
  expect(await search(5)).toEqual(await search(5));
});
