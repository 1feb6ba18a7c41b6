import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { uniformRows } from '../../../testing/points.ts';
import { successiveCosine } from './successive-cosine.ts';

/** A walk that keeps a share of its direction at each step. */
function walk(n: number, d: number, kept: number, random: Random) {
  const rows = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const before = i > 0 ? rows[(i - 1) * d + c] : random.normal();
      rows[i * d + c] = kept * before + Math.sqrt(1 - kept * kept) * random.normal();
    }
  }
  return matrix(rows, n, d);
}

describe('successive-cosine', () => {
  test('the null has the mean and the deviation of all orders of six rows', async () => {
    const points = uniformRows(6, 3, 4);
    const values: number[] = [];
    const visit = (order: number[]) => {
      if (order.length === 6) {
        let sum = 0;
        for (let i = 1; i < 6; i++) {
          for (let c = 0; c < 3; c++) {
            sum += points.data[order[i - 1] * 3 + c] * points.data[order[i] * 3 + c];
          }
        }
        values.push(sum / 5);
        return;
      }
      for (let i = 0; i < 6; i++) if (!order.includes(i)) visit([...order, i]);
    };
    visit([]);
    const mean = values.reduce((a, b) => a + b, 0) / 720;
    const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 720);
    const { null: expected } = await successiveCosine(points);
    expect(expected?.value).toBeCloseTo(mean, 12);
    expect((expected?.high ?? 0) - mean).toBeCloseTo(1.959963984540054 * sd, 10);
  });

  test('a walk that keeps 0.8 of its direction reads 0.8, beyond chance', async () => {
    const {
      value,
      low = NaN,
      high = NaN,
      null: expected,
    } = await successiveCosine(walk(2000, 50, 0.8, Random.fromSeed(1)));
    expect(value).toBeCloseTo(0.8, 1);
    expect(high - low).toBeLessThan(0.03);
    expect(expected?.pValue).toBeLessThan(1e-6);
  });

  test('rows in random order are within the null about as often as it says', async () => {
    const text = walk(120, 10, 0.9, Random.fromSeed(2));
    let outside = 0;
    for (let r = 0; r < 200; r++) {
      const shuffled = gathered(text, Random.fromSeed(3).fork(r).sample(120));
      const { null: expected } = await successiveCosine(shuffled);
      if ((expected?.pValue ?? 0) < 0.05) outside += 1;
    }
    expect(outside).toBeLessThan(20);
    expect(outside).toBeGreaterThan(2);
  });

  test('the rows least like those before them come first', async () => {
    const rows = [1, 0, 1, 0.1, 0, 1, 0.1, 1, 1, -1];
    const { rows: first = [], series } = await successiveCosine(
      matrix(Float64Array.from(rows), 5, 2),
    );
    expect(first.slice(0, 2)).toEqual([4, 2]);
    expect(series?.y).toHaveLength(4);
  });

  test('one row has no next one', async () => {
    expect((await successiveCosine(uniformRows(1, 3, 1))).value).toBeNaN();
  });
});

describeMetricLaws(successiveCosine, { order: false });
