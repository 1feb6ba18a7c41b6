import { describe, expect, test } from 'vitest';
import { equalErrorRate, foldedAccuracy, validationRate } from './verification.ts';

const different = Array.from({ length: 100 }, (_, i) => 1 + i / 100);

describe('the validation rate', () => {
  test('is the share below the threshold that lets the asked share of others pass', () => {
    // Two in a hundred others may pass: 1 and 1.01; the third stands at 1.02.
    const same = [0.5, 1.015, 1.02, 3];
    expect(validationRate({ same, different }, 0.02)).toEqual({
      rate: 0.5,
      falseAcceptRate: 0.02,
      threshold: 1.02,
    });
  });

  test('with too few others lets none of them pass', () => {
    const { rate, falseAcceptRate } = validationRate({ same: [0.9, 1, 1.1], different }, 1e-3);
    expect([rate, falseAcceptRate]).toEqual([1 / 3, 0]);
  });

  test('equal distances are refused together', () => {
    const tied = { same: [1, 1], different: [1, 1, 2, 2] };
    expect(validationRate(tied, 0.25)).toEqual({ rate: 0, falseAcceptRate: 0, threshold: 1 });
  });

  test('is 1 where all may pass', () => {
    expect(validationRate({ same: [5], different: [1] }, 1).rate).toBe(1);
  });
});

describe('the equal error rate', () => {
  test('is 0 where a threshold tells all, 1 where every pair is the wrong way round', () => {
    expect(equalErrorRate({ same: [0, 1], different: [2, 3] })).toBe(0);
    expect(equalErrorRate({ same: [2, 3], different: [0, 1] })).toBe(1);
  });

  test('is one half of distances that say nothing', () => {
    expect(equalErrorRate({ same: [1, 2, 3, 4], different: [1, 2, 3, 4] })).toBe(0.5);
    expect(equalErrorRate({ same: [7, 7], different: [7, 7, 7] })).toBe(0.5);
  });

  test('counts one exchanged pair in four on either side', () => {
    expect(equalErrorRate({ same: [1, 2, 3, 5], different: [4, 6, 7, 8] })).toBe(0.25);
  });

  test('does not exist without pairs of both kinds', () => {
    expect(equalErrorRate({ same: [], different: [1] })).toBeNaN();
  });
});

describe('the accuracy over folds', () => {
  test('is 1 where a threshold between the two tells every pair', () => {
    const same = Array.from({ length: 20 }, (_, i) => i / 100);
    expect(foldedAccuracy({ same, different }, 10)).toBe(1);
  });

  test('is that of pairs which did not choose the threshold', () => {
    // One of each four pairs of one thing lies among the others: lost in its own fold too.
    const same = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 5 : 0.1));
    expect(foldedAccuracy({ same, different }, 10)).toBeCloseTo((0.75 + 1) / 2, 12);
  });

  test('takes as many parts as there are pairs of the rarer kind', () => {
    expect(foldedAccuracy({ same: [0.1, 0.2, 0.3], different })).toBe(1);
    expect(foldedAccuracy({ same: [0.1], different })).toBeNaN();
  });
});
