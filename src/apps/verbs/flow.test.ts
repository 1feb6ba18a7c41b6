import { describe, expect, test } from 'vitest';
import { plantedSegments } from '../../testing/segments.ts';
import { flow } from './flow.ts';

describe('flow', () => {
  const { points, classes } = plantedSegments([30, 25, 40, 30, 35], 20, 0.7, 1);

  test('finds planted segments, numbers them, and judges them by the parts', async () => {
    const found = await flow(points, { parts: classes });
    expect(found.boundaries.value).toBe(4);
    expect(found.starts).toHaveLength(4);
    expect(found.error?.value).toBeLessThan(0.05);
    expect(found.successive.value).toBeGreaterThan(found.successive.null?.high ?? 1);
    expect(Math.max(...found.segments)).toBe(4);
    for (const [at, start] of found.starts.entries()) {
      expect([found.segments[start - 1], found.segments[start]]).toEqual([at, at + 1]);
    }
    expect(found.cosines[0]).toBeNaN();
    expect(found.cosines).toHaveLength(160);
  });

  test('cuts as many segments as are asked for, and has no error where no parts are known', async () => {
    const found = await flow(points, { segments: 3 });
    expect(found.starts).toHaveLength(2);
    expect(found.error).toBeNull();
  });

  test('parts of another length are refused in one sentence', async () => {
    await expect(flow(points, { parts: ['a'] })).rejects.toThrow(
      'measure flow: expected parts, one for each of the 160 rows; got 1.',
    );
  });
});
