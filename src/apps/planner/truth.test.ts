import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { corpusInMemory } from './corpus.ts';
import { farRows, ranksByCodes, type Truth, truthOf } from './truth.ts';

const unit = uniformPoints(400, 6, Random.fromSeed(1));
const queries = matrix(unit.data.slice(0, 20 * 6), 20, 6);
const self = Int32Array.from({ length: 20 }, (_, i) => i);
const corpus = corpusInMemory(unit);
const common = { engine: referenceEngine, k: 5, work: {} };
const far = farRows(400, 60, 120, Random.fromSeed(2));

function scoresFor({ rows, nearest, sample }: Truth) {
  const { data, cols } = disturbed(rows);
  return {
    nearest: nearest.map((own, q) => Float32Array.from(own, (place) => data[q * cols + place])),
    sample: matrix(
      Float32Array.from({ length: 20 * sample.length }, (_, e) => {
        const q = Math.floor(e / sample.length);
        return data[q * cols + sample[e % sample.length]];
      }),
      20,
      sample.length,
    ),
  };
}

/** Cosines of queries and rows, disturbed as codes would: 20 × rows. */
function disturbed(rows: Int32Array) {
  const noise = Random.fromSeed(9);
  const all = Float32Array.from({ length: 20 * 400 }, () => 0.2 * noise.normal());
  const data = new Float32Array(20 * rows.length);
  for (let q = 0; q < 20; q++) {
    rows.forEach((row, place) => {
      let cosine = 0;
      for (let c = 0; c < 6; c++) cosine += unit.data[q * 6 + c] * unit.data[row * 6 + c];
      data[q * rows.length + place] = cosine + all[q * 400 + row];
    });
  }
  return matrix(data, 20, rows.length);
}

/** Ranks among all others than the query itself, by counting. */
function countedRanks(): number[] {
  const all = disturbed(Int32Array.from({ length: 400 }, (_, i) => i));
  const cosines = (q: number, i: number) => {
    let cosine = 0;
    for (let c = 0; c < 6; c++) cosine += unit.data[q * 6 + c] * unit.data[i * 6 + c];
    return cosine;
  };
  return Array.from({ length: 20 }, (_, q) => {
    const others = Array.from({ length: 400 }, (__, i) => i).filter((i) => i !== q);
    const nearest = others.toSorted((a, b) => cosines(q, b) - cosines(q, a)).slice(0, 5);
    const score = (i: number) => all.data[q * 400 + i];
    return nearest.map((t) => others.filter((i) => score(i) > score(t)).length);
  }).flat();
}

describe('truth', () => {
  test('where all rows are coded, ranks are those of counting', async () => {
    const truth = await truthOf(corpus, queries, self, { ...common, near: 50 });
    expect(truth.rows.length).toBe(400);
    expect([...ranksByCodes(truth, 5, scoresFor(truth))]).toEqual(countedRanks());
  });

  test('where a sample stands for the others, ranks are right on average', async () => {
    const truth = await truthOf(corpus, queries, self, { ...common, near: 60, far });
    expect(truth.rows.length).toBeLessThan(400);
    const found = ranksByCodes(truth, 5, scoresFor(truth));
    const wanted = countedRanks();
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
    // 100 ranks about 60 with a spread near 10 each: their mean is known within 4 at any such sample.
    expect(Math.abs(mean(found) - mean(wanted))).toBeLessThan(4);
  });

  test('where few of the near rows are coded, each stands for its neighbors in rank', async () => {
    const truth = await truthOf(corpus, queries, self, { ...common, near: 63, far, most: 0 });
    // All of the first 20, then one in four of 43: ten for four each, one for three.
    expect([...truth.stands]).toEqual([...Array(20).fill(1), ...Array(10).fill(4), 3]);
    expect(truth.nearest.every((own) => own.length === 31)).toBe(true);
    const found = ranksByCodes(truth, 5, scoresFor(truth));
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
    // 100 ranks about 60, near ones counted by four: a spread near 15 each.
    expect(Math.abs(mean(found) - mean(countedRanks()))).toBeLessThan(5);
  });

  test('reach is the cosine of the k-th nearest other row', async () => {
    const truth = await truthOf(corpus, queries, self, { ...common, near: 50 });
    const place = truth.nearest[3][4];
    let cosine = 0;
    for (let c = 0; c < 6; c++) cosine += unit.data[3 * 6 + c] * unit.data[place * 6 + c];
    expect(truth.reach[3]).toBeCloseTo(cosine, 5);
  });
});
