import { expect, test } from 'vitest';
import { uniformRows } from '../../testing/points.ts';
import { mutualProximity } from './mutual-proximity.ts';

test('empirical: as many rows as lie within the distance of either, counted one by one', async () => {
  const [n, d] = [18, 3];
  const points = uniformRows(n, d, 2);
  const distance = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (points.data[i * d + c] - points.data[j * d + c]) ** 2;
    return Math.sqrt(sum);
  };
  const rows = [...Array(n).keys()];
  const within = (i: number, j: number) =>
    rows.filter(
      (m) =>
        (m !== i && distance(i, m) <= distance(i, j)) ||
        (m !== j && distance(j, m) <= distance(i, j)),
    );
  const { graph } = await mutualProximity(points, { k: n - 1, candidates: n - 1 });
  for (let i = 0; i < n; i++) {
    const list = [...graph.indices.subarray(i * (n - 1), (i + 1) * (n - 1))];
    // i and j themselves are within the distance of the other.
    const counts = list.map((j) => within(i, j).filter((m) => m !== i && m !== j).length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  }
});

test('normal: a row as near to both as their average other row has 1 − ½·½', async () => {
  // Of the rows of a square, neighbours have cosine 0 and opposite rows −1: mean −1/3.
  const square = { data: new Float64Array([1, 0, 0, 1, -1, 0, 0, -1]), rows: 4, cols: 2 };
  const { graph } = await mutualProximity(square, { k: 3, law: 'normal' });
  for (let i = 0; i < 4; i++) {
    expect(graph.indices[3 * i + 2]).toBe((i + 2) % 4);
    const [first, second] = graph.distances.subarray(3 * i, 3 * i + 2);
    expect(first).toBeCloseTo(second, 12);
    expect(first).toBeLessThan(0.75);
    expect(graph.distances[3 * i + 2]).toBeGreaterThan(0.75);
  }
});

test('both laws are symmetric: j is as far from i as i from j', async () => {
  const points = uniformRows(15, 4, 9);
  for (const law of ['empirical', 'normal'] as const) {
    const { graph } = await mutualProximity(points, { k: 14, candidates: 14, law });
    const far = new Map<string, number>();
    for (let at = 0; at < graph.indices.length; at++) {
      far.set(`${Math.floor(at / 14)} ${graph.indices[at]}`, graph.distances[at]);
    }
    for (const [pair, value] of far) {
      expect(far.get(pair.split(' ').reverse().join(' '))).toBeCloseTo(value, 9);
    }
  }
});
