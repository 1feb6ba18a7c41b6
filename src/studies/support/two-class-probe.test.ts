import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { accuracyOf, f1Of, twoClassProbe } from './two-class-probe.ts';

describe('a probe of two classes', () => {
  test('the slope of the loss is zero at its end, for any scale of the columns', () => {
    const random = Random.fromSeed(1);
    const n = 60;
    const x = Float64Array.from({ length: 2 * n }, () => random.normal());
    const isFirst = Array.from({ length: n }, (_, i) => x[2 * i] + random.normal() > 0);
    const scores = twoClassProbe(matrix(x, n, 2), isFirst)(matrix(x, n, 2));
    // The intercept has no penalty: the weighted shares of both classes are met exactly.
    const first = isFirst.filter(Boolean).length;
    const gap = scores.reduce((sum, score, i) => {
      const share = 1 / (1 + Math.exp(-score));
      return sum + (isFirst[i] ? (1 - share) / first : -share / (n - first));
    }, 0);
    expect(gap).toBeCloseTo(0, 9);
    const wide = matrix(
      x.map((value, at) => (at % 2 === 0 ? 1000 * value + 5 : value)),
      n,
      2,
    );
    const again = twoClassProbe(wide, isFirst)(wide);
    again.forEach((score, i) => {
      expect(score).toBeCloseTo(scores[i], 9);
    });
  });

  test('one column of two values gives the log-odds, shrunk by the penalty', () => {
    const x = matrix(Float64Array.of(1, 1, 1, -1, -1, -1), 6, 1);
    const isFirst = [true, true, false, false, false, true];
    const [score] = twoClassProbe(x, isFirst, 1e-9)(x);
    expect(score).toBeCloseTo(Math.log(2), 6);
  });

  test('F1 and accuracy by hand', () => {
    const scores = Float64Array.of(1, 2, -1, -2, 3);
    const isFirst = [true, false, true, false, true];
    expect(f1Of(scores, isFirst)).toBeCloseTo(4 / 6, 12);
    expect(accuracyOf(scores, isFirst)).toBeCloseTo(3 / 5, 12);
  });
});
