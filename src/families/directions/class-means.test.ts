import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { classMeans } from './class-means.ts';

const points = matrix(Float64Array.of(0, 0, 0, 2, 3, 0, 3, 2, 9, 9), 5, 2);
const classes = ['a', 'a', 'b', 'b', 'c'];

describe('class means', () => {
  test('of two classes: one direction, 0 midway, of the mean of one side 1/2 the distance', async () => {
    const input = { points: matrix(points.data.slice(0, 8), 4, 2), classes: classes.slice(0, 4) };
    const { basis, names, origin } = (await classMeans(input)).directions;
    expect([names, basis.data, origin]).toEqual([
      ['a → b'],
      Float64Array.of(1, 0),
      Float64Array.of(1.5, 1),
    ]);
  });

  test('of three: each class from all others', async () => {
    const { basis, names } = (await classMeans({ points, classes })).directions;
    expect(names).toEqual(['a', 'b', 'c']);
    // (0, 1) less the mean of (3, 0), (3, 2), (9, 9)
    const [x, y] = [0 - 5, 1 - 11 / 3];
    expect(basis.data[0]).toBeCloseTo(x / Math.hypot(x, y), 14);
    expect(basis.data[1]).toBeCloseTo(y / Math.hypot(x, y), 14);
  });

  test('draws keep the classes whole, and tell how well the direction is known', async () => {
    const { draws, provenance } = (await classMeans({ points, classes }, { draws: 8 })).directions;
    expect(draws.rows).toBe(24);
    expect(provenance.facts['stability']).toBeGreaterThan(0.8);
    expect(provenance.facts['separation']).toBeGreaterThan(0.5);
  });

  test('one class, equal means, and classes of other rows are refused in a sentence', async () => {
    await expect(classMeans({ points, classes: Array(5).fill('a') })).rejects.toThrow(
      'class-means: every row is of the class "a"; a direction needs two classes or more.',
    );
    await expect(classMeans({ points, classes: ['a', 'b'] })).rejects.toThrow(
      'class-means: expected 5 classes, one a row; got 2.',
    );
    const same = matrix(Float64Array.of(1, 1, 1, 1), 4, 1);
    await expect(classMeans({ points: same, classes: ['a', 'a', 'b', 'b'] })).rejects.toThrow(
      'class-means: the direction "a → b" has length 0',
    );
    await expect(
      classMeans({ points: matrix(Float64Array.of(1, NaN), 2, 1), classes: ['a', 'b'] }),
    ).rejects.toThrow('class-means: row 1, column 0 is NaN');
  });
});
