import { describe, expect, test } from 'vitest';
import { lateInteraction } from './late-interaction.ts';

describe('late-interaction', () => {
  const a = [
    [1, 0],
    [0, 1],
  ];
  const b = [
    [0, 2],
    [3, 3],
  ];

  test('by hand: each part of the query with its best match', async () => {
    const { score, contributions } = await lateInteraction({ a, b }, { similarity: 'product' });
    expect(score).toBe(6);
    expect([...contributions.values]).toEqual([3, 3]);
    expect([...contributions.b]).toEqual([1, 1]);
  });

  test('a document against itself has a point for each part', async () => {
    const { score, contributions } = await lateInteraction({ a, b: a });
    expect(score).toBe(2);
    expect([...contributions.b]).toEqual([0, 1]);
  });

  test('of equal matches the first, and negative ones count', async () => {
    const twins = await lateInteraction({
      a: [[1, 0]],
      b: [
        [1, 0],
        [1, 0],
      ],
    });
    expect([...twins.contributions.b]).toEqual([0]);
    const away = await lateInteraction({ a: [[1, 0]], b: [[-1, 0]] });
    expect(away.score).toBe(-1);
  });
});
