import { describe, expect, test } from 'vitest';
import { matrix, row } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { spearman } from '../../core/ranks.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { fde } from './fde.ts';
import { maxSim } from './max-sim.ts';
import { fixedEncodings } from './public.ts';
import { chamferScores } from './support/chamfer.ts';
import { drawnEncoder, type EncoderShape } from './support/fixed-encoder.ts';
import { encodedSets } from './support/fixed-encoding.ts';

const DOCUMENTS = 60;
const PER_DOCUMENT = 12;
const D = 16;

/** Documents whose vectors lie around their own center, and queries of some of these vectors, moved a little. */
function planted() {
  const random = Random.fromSeed(4);
  const centers = uniformPoints(DOCUMENTS, D, random.fork('centers'));
  const near = (center: Float32Array, noise: number) =>
    Float32Array.from(center, (x) => x + noise * random.normal());
  const rows = Array.from({ length: DOCUMENTS * PER_DOCUMENT }, (_, e) =>
    near(row(centers, Math.floor(e / PER_DOCUMENT)) as Float32Array, 0.25),
  );
  const asked = [3, 17, 41].flatMap((i) =>
    [0, 5].map((p) => near(rows[i * PER_DOCUMENT + p], 0.02)),
  );
  const flat = (list: readonly Float32Array[]) =>
    matrix(Float32Array.from(list.flatMap((own) => [...own])), list.length, D);
  const every = (count: number, size: number) =>
    Int32Array.from({ length: count + 1 }, (_, i) => i * size);
  return {
    documents: { points: flat(rows), offsets: every(DOCUMENTS, PER_DOCUMENT) },
    queries: { points: flat(asked), offsets: every(3, 2) },
  };
}
const { documents, queries } = planted();

async function products(shape: Partial<EncoderShape>, isFilled = true, seed = 1) {
  const encoder = drawnEncoder(
    { d: D, repetitions: 1, bits: 0, bucketDim: D, finalDim: 0, ...shape },
    Random.fromSeed(seed),
  );
  const engine = referenceEngine;
  const context = { engine, work: {} };
  const a = await encodedSets(queries, encoder, 'query', context);
  const b = await encodedSets(
    documents,
    encoder,
    isFilled ? 'filled document' : 'document',
    context,
  );
  const { data } = await engine.matmul(a, b, true);
  const exact = await chamferScores(queries, documents, context);
  return { encoder, a, b, data: [...data], exact: [...exact.data] };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('fde', () => {
  test('the example of its page', async () => {
    const points = matrix(new Float32Array([1, 0, 0, 1, 0.6, 0.8]), 3, 2);
    const { index } = await fde({ points, offsets: Int32Array.of(0, 2, 3) });
    const asked = {
      points: [
        [1, 0],
        [0, 1],
      ],
      offsets: Int32Array.of(0, 2),
    };
    const { rows } = await fde.search(index, asked, { k: 2, effort: 2 });
    expect([...rows].join(' ')).toBe('0 1');
  });

  test('without hyperplanes a query is its sum and a document its mean', async () => {
    const { a, b } = await products({});
    for (let c = 0; c < D; c++) {
      expect(a.data[c]).toBeCloseTo(queries.points.data[c] + queries.points.data[D + c], 6);
      const column = Array.from(
        { length: PER_DOCUMENT },
        (_, p) => documents.points.data[p * D + c],
      );
      expect(b.data[c]).toBeCloseTo(mean(column), 6);
    }
  });

  test('a vector stands in the bucket of the hyperplanes that it lies beyond', async () => {
    const { encoder, a } = await products({ bits: 2 });
    const vector = row(queries.points, 0);
    const beyond = [0, 1].map((plane) => {
      let product = 0;
      for (let c = 0; c < D; c++) product += vector[c] * encoder.hyperplanes.data[plane * D + c];
      return product > 0 ? 1 : 0;
    });
    const bucket = beyond[0] + 2 * beyond[1];
    const other = row(queries.points, 1);
    const cell = a.data.subarray(bucket * D, (bucket + 1) * D);
    const both = Array.from(cell, (x, c) => Math.abs(x - vector[c] - other[c]));
    const alone = Array.from(cell, (x, c) => Math.abs(x - vector[c]));
    expect(Math.min(Math.max(...both), Math.max(...alone))).toBeLessThan(1e-6);
  });

  test('a document of one vector fills every bucket with it, a query but one', async () => {
    const points = uniformPoints(1, D, Random.fromSeed(8));
    const one = { points, offsets: Int32Array.of(0, 1) };
    const shape = { d: D, repetitions: 1, bits: 3, bucketDim: D, finalDim: 0 };
    const encoder = drawnEncoder(shape, Random.fromSeed(1));
    const context = { engine: referenceEngine, work: {} };
    const filled = await encodedSets(one, encoder, 'filled document', context);
    const plain = await encodedSets(one, encoder, 'document', context);
    for (let bucket = 0; bucket < 8; bucket++)
      expect(filled.data.subarray(bucket * D, (bucket + 1) * D)).toEqual(points.data);
    expect(plain.data.filter((x) => x !== 0).length).toBe(D);
  });

  test('an empty bucket gets the vector of the fewest other bits', async () => {
    // Hyperplanes are drawn, so vectors are placed by them: one on the far side of both, one on the near side of one.
    const shape = { d: 2, repetitions: 1, bits: 2, bucketDim: 2, finalDim: 0 };
    const drawn = drawnEncoder(shape, Random.fromSeed(1));
    const encoder = { ...drawn, hyperplanes: matrix(new Float32Array([1, 0, 0, 1]), 2, 2) };
    const points = matrix(new Float32Array([-1, -2, 3, 4]), 2, 2);
    const context = { engine: referenceEngine, work: {} };
    const sets = { points, offsets: Int32Array.of(0, 2) };
    const { data } = await encodedSets(sets, encoder, 'filled document', context);
    // Buckets 00 and 11 have one vector each; 01 and 10 are as near to both, and the first is taken.
    expect([...data]).toEqual([-1, -2, -1, -2, -1, -2, 3, 4]);
  });

  test('filled documents are never scored above the exact sum when no vector is projected', async () => {
    // A mean of products is at most their largest.
    const { data, exact } = await products({ repetitions: 3, bits: 3 });
    for (const [e, estimate] of data.entries())
      expect(estimate).toBeLessThanOrEqual(exact[e] + 1e-5);
  });

  test('more bits make the estimate less too low', async () => {
    const gaps = [];
    for (const bits of [0, 2, 5]) {
      const { data, exact } = await products({ repetitions: 10, bits });
      gaps.push(mean(exact.map((score, e) => score - data[e])));
    }
    expect(gaps[1]).toBeLessThan(gaps[0]);
    expect(gaps[2]).toBeLessThan(gaps[1]);
  });

  test('more repetitions bring the order nearer to the exact one', async () => {
    const agreement = async (repetitions: number) => {
      const each = [];
      for (const seed of [1, 2, 3, 4]) {
        const { data, exact } = await products({ repetitions, bits: 4 }, true, seed);
        each.push(spearman(data, exact));
      }
      return mean(each);
    };
    expect(await agreement(20)).toBeGreaterThan(await agreement(1));
  });

  test('the projection and the last sketch keep products on average', async () => {
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    const whole: number[] = [];
    const projected: number[] = [];
    const sketched: number[] = [];
    for (const seed of seeds) {
      whole.push((await products({ bits: 1 }, true, seed)).data[3]);
      projected.push((await products({ bits: 1, bucketDim: 8 }, true, seed)).data[3]);
      sketched.push((await products({ bits: 1, finalDim: 16 }, true, seed)).data[3]);
    }
    const truth = mean(whole);
    for (const drawn of [projected, sketched]) {
      const deviation = Math.sqrt(mean(drawn.map((x, i) => (x - whole[i]) ** 2)) / seeds.length);
      // Five standard errors of the mean.
      expect(Math.abs(mean(drawn) - truth)).toBeLessThan(5 * deviation);
    }
  });

  test('finds the planted documents with few scored, and says how many', async () => {
    const { index, facts } = await fde(documents);
    expect(facts).toEqual({ vectors: DOCUMENTS * PER_DOCUMENT, encodingDims: 20 * 32 * 16 });
    const found = await fde.search(index, queries, { k: 1, effort: 5 });
    expect([...found.rows]).toEqual([3, 17, 41]);
    expect(found.exact).toBe(false);
    expect([...found.scanned]).toEqual([5, 5, 5]);
  });

  test('what is found has the exact score', async () => {
    const { index } = await fde(documents, { finalDim: 256 });
    const exact = await maxSim(documents);
    const all = await maxSim.search(exact.index, queries, { k: DOCUMENTS });
    const found = await fde.search(index, queries, { k: 4, effort: 9 });
    for (const [at, document] of found.rows.entries()) {
      const q = Math.floor(at / 4);
      const place = all.rows.subarray(q * DOCUMENTS, (q + 1) * DOCUMENTS).indexOf(document);
      expect(found.scores[at]).toBe(all.scores[q * DOCUMENTS + place]);
    }
  });

  test('with an effort of all documents, or few that are allowed, it is exact', async () => {
    const { index } = await fde(documents);
    const all = await fde.search(index, queries, { k: 3, effort: DOCUMENTS });
    expect(all.exact).toBe(true);
    const allowed = new Uint8Array(DOCUMENTS).fill(1, 10, 20);
    const few = await fde.search(index, queries, { k: 3, effort: 10, allowed });
    expect(few.exact).toBe(true);
    expect([...few.scanned]).toEqual([10, 10, 10]);
    const some = await fde.search(index, queries, { k: 3, effort: 9, allowed });
    expect(some.exact).toBe(false);
    for (const document of some.rows) expect(allowed[document]).toBe(1);
  });

  test('the encodings for a store of one’s own are those of the index', async () => {
    const options = { repetitions: 3, finalDim: 64, seed: 5 };
    const { index } = await fde(documents, options);
    const rows = await fixedEncodings(documents, 'document', options);
    expect([rows.rows, rows.cols]).toEqual([DOCUMENTS, 64]);
    expect(rows.data).toEqual(await index.arrays.whole('encodings'));
    const asked = await fixedEncodings(queries, 'query', options);
    expect([asked.rows, asked.cols]).toEqual([3, 64]);
  });

  test('encodings that no memory holds are refused', async () => {
    const given = { repetitions: 1000, bits: 16, projectionDim: 0 };
    await expect(fde(documents, given)).rejects.toThrow('(finalDim shortens them)');
  });
});

test('an index says the recall of its own vectors for each effort, and other queries of few vectors find about that', async () => {
  const many = 600;
  const random = Random.fromSeed(9);
  const centers = uniformPoints(many, D, random.fork('centers'));
  const data = new Float32Array(many * 4 * D);
  for (let e = 0; e < data.length; e++)
    data[e] = centers.data[Math.floor(e / (4 * D)) * D + (e % D)] + 0.35 * random.normal();
  const corpus = {
    points: matrix(data, many * 4, D),
    offsets: Int32Array.from({ length: many + 1 }, (_, i) => 4 * i),
  };
  const { index } = await fde(corpus, { repetitions: 4, bits: 3 });
  const curve = index.settings['curve'] as {
    effort: number;
    recall: number;
    low: number;
    high: number;
  }[];
  expect(curve.length).toBeGreaterThan(2);
  // Fewer than the ten that are wanted, and itself, are never asked for.
  const at = curve.find(({ effort }) => effort === 16);
  const asked = Array.from({ length: 100 }, (_, q) => 6 * q);
  const points = matrix(
    Float32Array.from(asked.flatMap((i) => [...data.subarray(4 * i * D, (4 * i + 4) * D)])).map(
      (x, e) => x + 0.01 * Math.sin(e),
    ),
    400,
    D,
  );
  const offsets = Int32Array.from({ length: 101 }, (_, i) => 4 * i);
  const own = { points, offsets };
  const found = await fde.search(index, own, { k: 10, effort: 16 });
  const truth = await fde.search(index, own, { k: 10, exactly: true });
  let hits = 0;
  for (let q = 0; q < 100; q++) {
    const wanted = new Set(truth.rows.subarray(10 * q, 10 * q + 10));
    hits += found.rows.subarray(10 * q, 10 * q + 10).filter((row) => wanted.has(row)).length;
  }
  // Beside the curve's interval 100 queries have one of their own, and here each finds itself among the ten.
  expect(hits / 1000).toBeGreaterThan((at?.low ?? 1) - 0.05);
  expect(hits / 1000).toBeLessThan((at?.high ?? 0) + 0.12);
});
