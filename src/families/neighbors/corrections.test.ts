import { describe, expect, test } from 'vitest';
import type { KnnGraph } from '../../core/graph.ts';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { skewness } from '../../numerics/statistics/averages.ts';
import { antiHubShare, occurrences } from '../../structures/neighbors/occurrences.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { centering, csls, localScaling, mutualProximity, rankToNormal } from './index.ts';

const corrections = [centering, localScaling, csls, mutualProximity, rankToNormal];
const run = { engine: referenceEngine };

/** Normal rows about a mean far from 0, whose nearest to the mean are hubs. */
function withHubs() {
  const random = Random.fromSeed(3);
  const data = Float64Array.from(
    { length: 300 * 40 },
    (_, e) => random.normal() + (e % 40 === 0 ? 6 : 0),
  );
  return matrix(data, 300, 40);
}

const hubness = (graph: KnnGraph) => skewness(occurrences(graph, 10));

describe('corrections against hubs', () => {
  test('each lowers the skewness of hubs, and local scaling and CSLS the share of anti-hubs', async () => {
    const points = withHubs();
    const unit = await referenceEngine.nearest(
      matrix(Float64Array.from(scaled(points)), 300, 40),
      10,
    );
    for (const correction of corrections) {
      const { graph } = await correction(points, {}, run);
      expect([graph.n, graph.k]).toEqual([300, 10]);
      expect(hubness(graph), correction.spec.id).toBeLessThan(hubness(unit));
    }
    const before = antiHubShare(occurrences(unit, 10));
    for (const correction of [localScaling, csls]) {
      const { graph } = await correction(points, {}, run);
      expect(antiHubShare(occurrences(graph, 10))).toBeLessThan(before / 2);
    }
  });

  test('lists are of other rows, each once, in the order of the corrected distance', async () => {
    for (const correction of corrections) {
      const { graph } = await correction(uniformRows(60, 5, 1), { k: 7 }, run);
      for (let i = 0; i < 60; i++) {
        const list = [...graph.indices.subarray(7 * i, 7 * i + 7)];
        expect(new Set([...list, i]).size).toBe(8);
        const distances = [...graph.distances.subarray(7 * i, 7 * i + 7)];
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      }
    }
  });

  test('with all rows as candidates, centring gives the neighbours of the centred rows', async () => {
    const points = uniformRows(30, 4, 2);
    const mean = Array.from({ length: 4 }, (_, c) => {
      let sum = 0;
      for (let i = 0; i < 30; i++) sum += points.data[4 * i + c];
      return sum / 30;
    });
    const rows = Array.from({ length: 30 }, (_, i) =>
      mean.map((m, c) => points.data[4 * i + c] - m),
    );
    const centred = matrix(Float64Array.from(scaled(fromRows(rows))), 30, 4);
    const { graph } = await centering(points, { k: 5 }, run);
    expect(graph.indices).toEqual((await referenceEngine.nearest(centred, 5)).indices);
  });

  test('lists found before are used where they are long enough', async () => {
    const points = uniformRows(40, 4, 5);
    const neighbors = await referenceEngine.nearest(points, 39);
    const { graph } = await csls(points, { k: 3 }, { ...run, neighbors });
    const found = await csls(points, { k: 3 }, run);
    expect(graph.indices).toEqual(found.graph.indices);
    const short = await referenceEngine.nearest(points, 2);
    const again = await csls(points, { k: 3 }, { ...run, neighbors: short });
    expect(again).toEqual(found);
  });

  test('few rows: as many neighbours as there are others; one row has none', async () => {
    for (const correction of corrections) {
      expect((await correction(uniformRows(3, 2, 1), {}, run)).graph.k).toBe(2);
      const { graph } = await correction(uniformRows(1, 2, 1), {}, run);
      expect([...graph.indices]).toEqual([-1]);
    }
  });
});

/** The values of the rows scaled to unit length. */
function scaled({ data, rows, cols }: { data: ArrayLike<number>; rows: number; cols: number }) {
  const out: number[] = [];
  for (let i = 0; i < rows; i++) {
    const row = Array.from({ length: cols }, (_, c) => data[i * cols + c]);
    const norm = Math.hypot(...row);
    out.push(...row.map((x) => x / norm));
  }
  return out;
}
