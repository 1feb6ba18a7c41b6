import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { classMeans } from './class-means.ts';
import { lda } from './lda.ts';

const random = Random.fromSeed(1);
const points = matrix(
  Float64Array.from(
    { length: 40 * 3 },
    (_, e) => random.normal() * (1 + (e % 3)) + (e % 6 < 3 ? 1 : 0),
  ),
  40,
  3,
);
const classes = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'high' : 'low'));
const options = { draws: 0 };

describe('linear discriminants', () => {
  test('without shrinking the within-class covariance takes them to the gap of the means', async () => {
    const { basis } = (await lda({ points, classes }, { ...options, shrinkage: 0 })).directions;
    const gap = (await classMeans({ points, classes }, options)).directions.basis.data;
    const means = [0, 1].map((own) =>
      [0, 1, 2].map((c) => {
        const rows = Array.from(classes.keys()).filter((i) => i % 2 === own);
        return rows.reduce((sum, i) => sum + points.data[3 * i + c] / 20, 0);
      }),
    );
    const image = [0, 1, 2].map((a) => {
      let sum = 0;
      for (let i = 0; i < 40; i++) {
        const along = [0, 1, 2].reduce(
          (s, b) => s + (points.data[3 * i + b] - means[i % 2][b]) * basis.data[b],
          0,
        );
        sum += along * (points.data[3 * i + a] - means[i % 2][a]);
      }
      return sum;
    });
    const length = Math.hypot(...image);
    for (let c = 0; c < 3; c++) expect(image[c] / length).toBeCloseTo(gap[c], 6);
  });

  test('wholly shrunk they are the differences of class means', async () => {
    const { basis } = (await lda({ points, classes }, { ...options, shrinkage: 1 })).directions;
    const gap = (await classMeans({ points, classes }, options)).directions.basis.data;
    for (let c = 0; c < 3; c++) expect(basis.data[c]).toBeCloseTo(gap[c], 12);
  });

  test('the shrinkage is between 0 and 1, larger with fewer rows, and told', async () => {
    const shrinkage = async (n: number) => {
      const part = matrix(points.data.slice(0, 3 * n), n, 3);
      const input = { points: part, classes: classes.slice(0, n) };
      return (await lda(input, options)).directions.provenance.facts['shrinkage'];
    };
    const [few, many] = [await shrinkage(6), await shrinkage(40)];
    expect(many).toBeGreaterThan(0);
    expect(few).toBeLessThanOrEqual(1);
    expect(few).toBeGreaterThan(many);
  });

  test('fewer rows than columns, and rows that vary between the classes alone, give a direction', async () => {
    const wide = matrix(points.data.slice(0, 24), 4, 6);
    const { basis } = (await lda({ points: wide, classes: classes.slice(0, 4) })).directions;
    expect(basis.data.every(Number.isFinite)).toBe(true);
    const apart = matrix(Float64Array.of(0, 0, 3, 4), 2, 2);
    const { directions } = await lda({ points: apart, classes: ['a', 'b'] });
    expect(Array.from(directions.basis.data)).toEqual([0.6, 0.8]);
  });
});
