import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { shifted } from '../../structures/directions/index.ts';
import { idealWords } from './ideal-words.ts';

const points = matrix(Float64Array.of(1, 1, 1, 3, 5, 1, 5, 3), 4, 2);
const factors = {
  color: ['red', 'red', 'blue', 'blue'],
  size: ['small', 'big', 'small', 'big'],
};

describe('ideal words', () => {
  test('of a complete grid: the mean of a value’s cells less the mean of all', async () => {
    const { directions } = await idealWords({ points, factors });
    expect(directions.names).toEqual(['color=red', 'color=blue', 'size=small', 'size=big']);
    expect(directions.basis.data).toEqual(Float64Array.of(-1, 0, 1, 0, 0, -1, 0, 1));
    expect(directions.origin).toEqual(Float64Array.of(3, 2));
    const { facts } = directions.provenance;
    expect([facts['length of color=red'], facts['length of size=big']]).toEqual([2, 1]);
    expect(facts['explained']).toBeCloseTo(1, 14);
  });

  test('a row moved from value to value becomes the row of the other cell', async () => {
    const { directions } = await idealWords({ points, factors });
    const moved = shifted(directions, matrix(Float64Array.of(1, 1), 1, 2), {
      'color=red': -1,
      'color=blue': 1,
    });
    expect(moved.data).toEqual(Float64Array.of(5, 1));
  });

  test('a missing combination follows from the others; an empty value leaves a row out', async () => {
    const input = {
      points: matrix(Float64Array.of(1, 1, 1, 3, 5, 1, 100, 100), 4, 2),
      factors: { color: ['red', 'red', 'blue', ''], size: ['small', 'big', 'small', 'big'] },
    };
    const { directions, warnings } = await idealWords(input);
    const { data } = shifted(directions, matrix(directions.origin, 1, 2), {
      'color=blue': 1,
      'size=big': 1,
    });
    expect([data[0], data[1]]).toEqual([expect.closeTo(5, 13), expect.closeTo(3, 13)]);
    expect(warnings).toEqual([]);
  });

  test('a grid in parts says what is lacking', async () => {
    const input = {
      points: matrix(Float64Array.of(1, 1, 1, 3, 5, 1, 5, 9, 2, 8, 7, 1, 3, 0, 9, 4), 8, 2),
      factors: {
        color: ['red', 'red', 'blue', 'blue', 'white', 'white', 'black', 'black'],
        size: ['a', 'b', 'a', 'b', 'c', 'd', 'c', 'd'],
      },
    };
    const { warnings } = await idealWords(input);
    expect(warnings).toEqual([
      'The cells do not say all ideal words: 1 more combination would join the parts of the grid that share no value.',
    ]);
  });

  test('one factor, one value and a factor that changes nothing are refused in a sentence', async () => {
    await expect(idealWords({ points, factors: { color: factors.color } })).rejects.toThrow(
      'ideal-words: a grid needs two factors or more; there is 1.',
    );
    await expect(
      idealWords({ points, factors: { ...factors, size: Array(4).fill('big') } }),
    ).rejects.toThrow('ideal-words: the factor "size" has one value among the rows');
    const same = matrix(Float64Array.of(1, 1, 1, 1, 5, 1, 5, 1), 4, 2);
    await expect(idealWords({ points: same, factors })).rejects.toThrow(
      'ideal-words: the direction "size=small" has length 0',
    );
  });
});
