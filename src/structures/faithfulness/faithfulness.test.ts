import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { faithfulness, rowsWithout } from './faithfulness.ts';

const random = Random.fromSeed(1);
const own = Float64Array.of(5, 1, 1, 1, 1, 1, 1, 1, 1, 4);
const sumWithout = ([left]: readonly Int32Array[]) =>
  rowsWithout(own.length, left).reduce((sum, i) => sum + own[i], 0);

describe('faithfulness', () => {
  test('of a sum: leaving out the largest parts loses their contributions, others their mean', async () => {
    const found = await faithfulness([own], 17, sumWithout, { draws: 400, random });
    expect(found?.changed).toEqual([2]);
    expect(found?.top).toBe(9);
    // Two of ten parts of mean 1.7; the standard error of 400 draws is 0.1.
    expect(Math.abs((found?.random.value ?? 0) - 3.4)).toBeLessThan(0.4);
    expect(found?.random.low).toBeGreaterThanOrEqual(2);
    expect(found?.random.high).toBeLessThanOrEqual(9);
  });

  test('a list of one part is left alone; one part at least is changed, never all', async () => {
    const seen: number[][] = [];
    const lists = [Float64Array.of(1), Float64Array.of(1, 2), Float64Array.of(3, 2, 1)];
    const found = await faithfulness(
      lists,
      0,
      (changed) => {
        seen.push(changed.map(({ length }) => length));
        return 0;
      },
      { share: 0.99, draws: 2, random },
    );
    expect(found?.changed).toEqual([0, 1, 2]);
    expect(seen).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(await faithfulness([Float64Array.of(1)], 1, () => 0, { random })).toBeNull();
  });

  test('the same stream draws the same parts', async () => {
    const twice = [1, 2].map(() =>
      faithfulness([own], 17, sumWithout, { random: Random.fromSeed(4) }),
    );
    expect(await twice[0]).toEqual(await twice[1]);
  });
});
