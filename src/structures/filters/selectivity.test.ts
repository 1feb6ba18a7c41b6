import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { preparedFilter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { countedSelectivity, sampledSelectivity } from './selectivity.ts';

const filter = preparedFilter(parseFilter('x < 0.1'), { x: 'numbers' });
const reader = (x: Float64Array) => (from: number, to: number) => ({ x: x.subarray(from, to) });

describe('how many rows pass', () => {
  test('counted, the interval is a point', () => {
    expect(countedSelectivity(Uint8Array.of(1, 0, 0, 1))).toEqual({
      share: 0.5,
      low: 0.5,
      high: 0.5,
      rows: 4,
    });
    expect(countedSelectivity(new Uint8Array(0)).share).toBe(0);
  });

  test('few rows are all counted', async () => {
    const x = Float64Array.of(0, 1, 0, 1, 1);
    expect(await sampledSelectivity(filter, reader(x), 5)).toMatchObject({
      share: 0.4,
      low: 0.4,
      rows: 5,
    });
  });

  test('of many rows a sample is read, the last among them, and its interval holds the truth', async () => {
    const random = Random.fromSeed(3);
    const x = Float64Array.from({ length: 100_000 }, () => random.uniform());
    const ends: number[] = [];
    const read = (from: number, to: number) => {
      ends.push(to);
      return reader(x)(from, to);
    };
    const { share, low, high, rows } = await sampledSelectivity(filter, read, x.length);
    const truth = x.filter((own) => own < 0.1).length / x.length;
    expect(rows).toBe(64 * 256);
    expect(ends.at(-1)).toBe(100_000);
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
    // Ten percent of 16,384 rows have a standard error of 0.23 %: five of them.
    expect(Math.abs(share - truth)).toBeLessThan(0.012);
  });

  test('a sorted file has an interval as wide as its stretches are apart', async () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => i / 100_000);
    const { low, high } = await sampledSelectivity(filter, reader(x), x.length);
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(0.1);
    expect(high - low).toBeGreaterThan(0.1);
  });

  test('where nothing passed it may still be a share', async () => {
    const none = await sampledSelectivity(filter, reader(new Float64Array(50_000).fill(1)), 50_000);
    expect([none.share, none.low, none.high]).toEqual([0, 0, 3 / 64]);
  });
});
