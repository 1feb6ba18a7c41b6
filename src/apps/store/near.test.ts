import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { loadGlove } from '../../io/datasets/glove.ts';
import { joinStores, tableStore } from './table-store.ts';
import { dot, unit } from './vectors.ts';

const glove = tableStore(await loadGlove(), 'glove');
const labelsNear = async (...asked: Parameters<typeof glove.near>) =>
  (await glove.near(...asked)).neighbors.map(({ label }) => label);

describe('near a question', () => {
  test('a word is left out of its own answer', async () => {
    const labels = await labelsNear({ label: 'king' }, { k: 10 });
    expect(labels).toHaveLength(10);
    expect(labels).toContain('queen');
    expect(labels).not.toContain('king');
    expect(await labelsNear({ row: (await glove.rowOf('king')) ?? -1 })).toEqual(labels);
  });

  test('king − man + woman is queen, as a sum and as a product', async () => {
    const formula = 'king - man + woman';
    const sum = await glove.near({ formula }, { k: 3 });
    expect(sum.neighbors[0].label).toBe('queen');
    expect(sum.neighbors[0].score).toBeUndefined();
    const product = await glove.near({ formula }, { k: 3, multiply: true });
    expect(product.neighbors[0].label).toBe('queen');
    const [a, b] = product.neighbors.map(({ score }) => score ?? 0);
    expect(a).toBeGreaterThan(b);
    // The cosine stays that with the sum.
    expect(product.neighbors[0].cosine).toBeCloseTo(sum.neighbors[0].cosine, 5);
  });

  test('a weight of a formula is how often its word counts', async () => {
    expect(await labelsNear({ formula: '2 * paris + rome' })).toEqual(
      await labelsNear({ formula: 'paris + rome + paris' }),
    );
  });

  test('a vector finds its own row first, whatever its length', async () => {
    const vector = (await glove.vector('river')).map((x) => 7 * x);
    expect((await labelsNear({ vector }, { k: 1 }))[0]).toBe('river');
  });

  test('a text is the mean of its words’ unit vectors, and keeps them in its answer', async () => {
    const { neighbors } = await glove.near({ text: 'cat, dog' }, { k: 2 });
    expect(new Set(neighbors.map(({ label }) => label))).toEqual(new Set(['cat', 'dog']));
    const [cat, dog, comma] = (await glove.words(['cat', 'dog', ','])).map(({ vector }) =>
      unit(vector),
    );
    const mean = unit(cat.map((x, c) => x + dog[c] + comma[c]));
    expect(neighbors.find(({ label }) => label === 'cat')?.cosine).toBeCloseTo(dot(mean, cat), 5);
  });

  test('an unknown word says from which known ones its vector comes', async () => {
    const { neighbors, unknown } = await glove.near({ label: 'govermnent' }, { k: 1 });
    expect(neighbors[0].label).toBe('government');
    expect(unknown).toHaveLength(1);
    expect(unknown[0]).toMatchObject({
      word: 'govermnent',
      from: [{ label: 'government' }, {}, {}],
    });
    expect((await glove.near({ label: 'king' })).unknown).toEqual([]);
  });

  test('every answer is exact, says how many rows it compared and why there are fewer than k', async () => {
    const asked = await glove.near({ label: 'king' });
    expect([asked.exact, asked.scanned, asked.reason]).toEqual([true, glove.rows, undefined]);
    const small = tableStore({
      points: matrix(Float32Array.of(1, 0, 0, 1), 2, 2),
      labels: ['a', 'b'],
    });
    expect(await small.near({ label: 'a' })).toMatchObject({
      neighbors: [{ label: 'b' }],
      reason: "there are 2 rows, of which 1 is the question's own.",
    });
  });

  test('what has no direction or another length is refused', async () => {
    const near = (...asked: Parameters<typeof glove.near>) => glove.near(...asked);
    await expect(near({ vector: new Float32Array(100) })).rejects.toThrow('has length zero');
    await expect(near({ vector: [1, 2] })).rejects.toThrow(
      'expected a vector of 100 numbers; got 2',
    );
    await expect(near({ vector: Array(100).fill(Number.NaN) })).rejects.toThrow('not finite');
    await expect(near({ text: '  ' })).rejects.toThrow('has no words');
    await expect(near({ label: 'king' }, { k: 0 })).rejects.toThrow('option "k"');
    await expect(near({ label: 'king' }, { multiply: true })).rejects.toThrow('"multiply"');
  });
});

describe('words', () => {
  test('a similarity is the cosine of their vectors', async () => {
    const [a, b] = (await glove.words(['king', 'queen'])).map(({ vector }) => unit(vector));
    const { cosine, unknown } = await glove.similarity('king', 'queen');
    expect(cosine).toBe(dot(a, b));
    expect(unknown).toEqual([]);
  });

  test('cereal does not match meals', async () => {
    const { word, cosines } = await glove.doesNotMatch(['breakfast', 'cereal', 'dinner', 'lunch']);
    expect(word).toBe('cereal');
    expect(cosines).toHaveLength(4);
    await expect(glove.doesNotMatch(['a', 'b'])).rejects.toThrow('at least 3 words');
  });
});

describe('joined stores', () => {
  const one = tableStore(
    { points: matrix(Float32Array.of(3, 0, 0, 2, 1, 1), 3, 2), labels: ['a', 'b', 'c'] },
    'one',
  );
  const two = tableStore(
    { points: matrix(Float32Array.of(5, -4, 1), 3, 1), labels: ['c', 'a', 'd'] },
    'two',
  );

  test('have the shared labels in the order of the first, with their unit vectors side by side', async () => {
    const joined = await joinStores([one, two]);
    expect([joined.rows, joined.cols]).toEqual([2, 3]);
    expect(joined.name).toBe('one + two');
    expect(joined.leftOut).toEqual([1, 1]);
    expect(await joined.vector('a')).toEqual(Float32Array.of(1, 0, -1));
    const half = Math.fround(Math.SQRT1_2);
    expect(await joined.vector('c')).toEqual(Float32Array.of(half, half, 1));
    const { cosine } = await joined.similarity('a', 'c');
    const parts = await Promise.all([one.similarity('a', 'c'), two.similarity('a', 'c')]);
    expect(cosine).toBeCloseTo((parts[0].cosine + parts[1].cosine) / 2, 6);
  });

  test('without a shared label, or without labels, are refused', async () => {
    const other = tableStore({ points: matrix(Float32Array.of(1), 1, 1), labels: ['z'] }, 'other');
    await expect(joinStores([one, other])).rejects.toThrow('one + other: no label is in all');
    const bare = tableStore({ points: matrix(Float32Array.of(1), 1, 1) }, 'bare');
    await expect(joinStores([one, bare])).rejects.toThrow('bare: the vectors have no labels');
  });
});
