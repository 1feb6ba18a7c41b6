import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { formula } from './formula.ts';

const points = matrix(Float64Array.of(1, 0, 1, 4, 3, 0, 3, 3), 4, 2);
const labels = ['man', 'woman', 'boy', 'girl'];

describe('formula', () => {
  test('a difference is a direction; other sums go from the mean row; nothing is drawn', async () => {
    const { directions } = await formula({
      points,
      labels,
      formulas: ['woman - man', 'girl', 'woman - man + boy'],
    });
    expect(directions.names).toEqual(['woman - man', 'girl', 'woman - man + boy']);
    expect(directions.basis.data.subarray(0, 2)).toEqual(Float64Array.of(0, 1));
    // The mean is (2, 7/4).
    expect(directions.basis.data[2] / directions.basis.data[3]).toBeCloseTo(4 / 5, 12);
    expect(directions.basis.data[4] / directions.basis.data[5]).toBeCloseTo(4 / 9, 12);
    expect(directions.draws.rows).toBe(0);
  });

  test('a translation of all rows leaves every direction as it is', async () => {
    const moved = matrix(
      points.data.map((x, e) => x + (e % 2 === 0 ? 7 : -2)),
      4,
      2,
    );
    const input = { labels, formulas: ['girl', 'woman - man + boy'] };
    const [a, b] = [
      await formula({ points, ...input }),
      await formula({ points: moved, ...input }),
    ];
    for (const [e, x] of a.directions.basis.data.entries())
      expect(b.directions.basis.data[e]).toBeCloseTo(x, 12);
  });

  test('words that are not there, repeated labels and rows without labels are refused', async () => {
    await expect(formula({ points, labels, formulas: ['king - man'] })).rejects.toThrow(
      'formula: no row has the label "king", which is in "king - man".',
    );
    const twice = ['man', 'man', 'boy', 'girl'];
    await expect(formula({ points, labels: twice, formulas: ['boy - man'] })).rejects.toThrow(
      'formula: several rows have the label "man".',
    );
    await expect(formula({ points, formulas: ['boy - man'] })).rejects.toThrow(
      'formula: expected labels of the rows, which are the words of the formulas; got none.',
    );
  });
});
