import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { contrastiveCertificate } from './certificate.ts';

/** n rows of d normal numbers, those of class c moved by c along the first axis. */
function planted(n: number, d: number, classes: Int32Array, seed: number) {
  const random = Random.fromSeed(seed);
  const data = Float64Array.from({ length: n * d }, (_, e) => {
    const i = Math.floor(e / d);
    return (e % d === 0 ? classes[i] : 0) + random.normal();
  });
  return matrix(data, n, d);
}

describe('the contrastive certificate', () => {
  const classes = Int32Array.from({ length: 30 }, (_, i) => (i % 5 === 0 ? 0 : i % 3));

  test.each(['hinge', 'logistic'] as const)('bounds the loss of class means: %s', (loss) => {
    for (let seed = 1; seed <= 20; seed++) {
      const points = planted(30, 4, classes, seed);
      const found = contrastiveCertificate(points, classes, { loss });
      expect(found.meanClassifierLoss).toBeLessThanOrEqual(found.bound);
    }
  });

  test('is tight where the rows of a class are one point', () => {
    const points = matrix(Float64Array.of(0, 0, 0.5, 0.5, 1, 1), 6, 1);
    const own = [0, 0, 1, 1, 2, 2];
    for (const loss of ['hinge', 'logistic'] as const) {
      const found = contrastiveCertificate(points, own, { loss });
      expect(found.collision).toBeCloseTo(1 / 3, 15);
      expect(found.bound).toBeCloseTo(found.meanClassifierLoss, 14);
    }
  });

  test('of classes that are told by a margin of 1 is 0, and not less', () => {
    const points = matrix(Float64Array.of(1.1, 1.1, 1.1, -1.1, -1.1, -1.1), 6, 1);
    const { bound, meanClassifierLoss } = contrastiveCertificate(points, [0, 0, 0, 1, 1, 1]);
    expect([bound, meanClassifierLoss]).toEqual([0, 0]);
  });

  test('rows that carry nothing have loss 1, bound 1 and an even chance', () => {
    const found = contrastiveCertificate(matrix(new Float64Array(8), 4, 2), [0, 0, 1, 1]);
    expect(found).toEqual({
      contrastiveLoss: 1,
      collision: 0.5,
      bound: 1,
      meanClassifierLoss: 1,
      meanClassifierAccuracy: 0.5,
    });
  });

  test('counts every triple', () => {
    const points = planted(12, 3, classes, 1);
    const own = Int32Array.from({ length: 12 }, (_, i) => i % 3);
    let sum = 0;
    const dot = (i: number, j: number) =>
      [0, 1, 2].reduce((all, c) => all + points.data[3 * i + c] * points.data[3 * j + c], 0);
    for (let i = 0; i < 12; i++)
      for (let p = 0; p < 12; p++)
        for (let q = 0; q < 12; q++) {
          if (p === i || q === i || own[p] !== own[i]) continue;
          // Three positives; a class drawn, then a row of it other than x.
          const rows = own[q] === own[i] ? 3 : 4;
          sum += Math.max(0, 1 - dot(i, p) + dot(i, q)) / (12 * 3 * 3 * rows);
        }
    expect(contrastiveCertificate(points, own).contrastiveLoss).toBeCloseTo(sum, 12);
  });

  test('takes means of other rows', () => {
    const points = matrix(Float64Array.of(1, 1, -1, -1), 4, 1);
    const means = { points: matrix(Float64Array.of(2, -1), 2, 1), classes: [0, 1] };
    const found = contrastiveCertificate(points, [0, 0, 1, 1], { means });
    // Margins 1 · (2 + 1) and −1 · (−1 − 2).
    expect([found.meanClassifierLoss, found.meanClassifierAccuracy]).toEqual([0, 1]);
  });

  test('says what does not fit', () => {
    const points = matrix(new Float64Array(4), 4, 1);
    expect(() => contrastiveCertificate(points, [0, 0, 1])).toThrow(
      'contrastiveCertificate: expected 4 classes; got 3.',
    );
    expect(() => contrastiveCertificate(points, [0, 0, 0, 1])).toThrow(
      'contrastiveCertificate: class 1 has one row; expected two at least, one to be compared with the other.',
    );
    expect(() => contrastiveCertificate(points, [0, 0, 0, 0])).toThrow(
      'contrastiveCertificate: expected two classes at least; got 1.',
    );
  });
});
