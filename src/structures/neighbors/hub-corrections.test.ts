import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { unitRows } from '../../core/rows.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { skewness } from '../../numerics/statistics/averages.ts';
import { uniformRows } from '../../testing/points.ts';
import { cosineMoments } from './cosine-moments.ts';
import {
  csls,
  empiricalMutualProximity,
  localScaling,
  mutualProximity,
  replacedShare,
  reranked,
} from './hub-corrections.ts';
import { antiHubShare, occurrences, robinHoodIndex } from './occurrences.ts';
import { rankToNormal } from './rank-to-normal.ts';

const fixture = JSON.parse(
  readFileSync(new URL('./fixtures/neighbors.fixture.json', import.meta.url), 'utf8'),
);
const raw = matrix(Float64Array.from(fixture.data), fixture.n, fixture.d);
const { points } = unitRows('fixture', raw);

describe('60 rows as scikit-hubness and scipy see them', async () => {
  const graph = await referenceEngine.nearest(points, 20);
  const firsts = (scores: Float64Array) => Array.from({ length: 60 }, (_, i) => scores[i * 20]);

  test('counts, Robin Hood index, anti-hubs and skewness', () => {
    const counts = occurrences(graph, fixture.k);
    expect([...counts]).toEqual(fixture.counts);
    expect(robinHoodIndex(counts)).toBeCloseTo(fixture.robinHood, 12);
    expect(antiHubShare(counts)).toBe(fixture.antiHubs);
    expect(skewness(counts)).toBeCloseTo(fixture.skewness, 12);
  });

  test('local scaling', () => {
    const affinities = firsts(localScaling(graph, fixture.k)).map((score) => 1 - Math.exp(-score));
    for (const [i, value] of fixture.localScaling.entries()) {
      expect(affinities[i]).toBeCloseTo(value, 12);
    }
  });

  test('mutual proximity, normal', async () => {
    const gram = await referenceEngine.gram(points);
    const moments = await cosineMoments(points, gram, referenceEngine);
    const scores = firsts(mutualProximity(graph, moments));
    for (const [i, value] of fixture.mutualProximity.entries()) {
      expect(scores[i]).toBeCloseTo(value, 12);
    }
  });
});

test('empirical mutual proximity counts the rows that are nearer to either', async () => {
  const n = 12;
  const rows = uniformRows(n, 3, 8);
  const graph = await referenceEngine.nearest(rows, n - 1);
  const scores = empiricalMutualProximity(graph);
  const distance = (i: number, j: number) =>
    Math.hypot(...[0, 1, 2].map((c) => rows.data[i * 3 + c] - rows.data[j * 3 + c]));
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < n - 1; r++) {
      const j = graph.indices[i * (n - 1) + r];
      const own = distance(i, j) * (1 + 1e-12);
      let nearer = 0;
      for (let other = 0; other < n; other++) {
        if (other !== i && other !== j) {
          if (distance(i, other) <= own || distance(j, other) <= own) nearer += 1;
        }
      }
      // j is nearer to i and i to j.
      expect(scores[i * (n - 1) + r]).toBe(nearer + 2);
    }
  }
});

test('CSLS is −(2c − r(i) − r(j))', async () => {
  const graph = await referenceEngine.nearest(uniformRows(6, 3, 2), 5);
  const cosine = (at: number) => 1 - graph.distances[at] ** 2 / 2;
  const mean = (i: number) => (cosine(i * 5) + cosine(i * 5 + 1)) / 2;
  const scores = csls(graph, 2);
  for (let at = 0; at < 30; at++) {
    const wanted = mean(Math.floor(at / 5)) + mean(graph.indices[at]) - 2 * cosine(at);
    expect(scores[at]).toBeCloseTo(wanted, 14);
  }
});

test('re-ranking sorts the lists and replaces nothing when the order stays', async () => {
  const graph = await referenceEngine.nearest(uniformRows(30, 4, 1), 10);
  expect(reranked(graph, graph.distances)).toEqual(graph);
  const turned = reranked(
    graph,
    graph.distances.map((r) => -r),
  );
  expect(turned.indices[0]).toBe(graph.indices[9]);
  expect(replacedShare(graph, graph, 5)).toBe(0);
  expect(replacedShare(graph, turned, 5)).toBe(1);
});

describe('rank to normal', () => {
  test('gives columns the normal quantiles of their ranks, equal values their mean rank', async () => {
    const rows = matrix(new Float64Array([5, 1, 7, 1, 7, 2, 9, 3]), 4, 2);
    const { points: normal, kept } = await rankToNormal(rows, referenceEngine);
    expect(kept).toBe(0);
    const q = [-1.1503493803760079, 0, 0, 1.1503493803760079];
    const p = [-0.6744897501960817, -0.6744897501960817, 0.31863936396437514, 1.1503493803760079];
    for (let i = 0; i < 4; i++) {
      const length = Math.hypot(q[i], p[i]);
      expect(normal.data[2 * i]).toBeCloseTo(q[i] / length, 12);
      expect(normal.data[2 * i + 1]).toBeCloseTo(p[i] / length, 12);
    }
  });

  test('leaves a column alone of which most values are equal', async () => {
    const rows = matrix(new Float64Array([0, 1, 0, 3, 0, 2, 4, 5]), 4, 2);
    const { kept, points: normal } = await rankToNormal(rows, referenceEngine);
    expect(kept).toBe(1);
    expect(normal.data[6]).toBeGreaterThan(0);
  });
});
