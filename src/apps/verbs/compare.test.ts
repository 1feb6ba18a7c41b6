import { describe, expect, test } from 'vitest';
import { gathered, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { independentPair, relatedPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { rotation, turned } from '../../testing/points.ts';
import { allComparisons, compare, compareInDetail } from './compare.ts';
import { matchedRows } from './matched-rows.ts';

const table = (n: number, d: number, seed: number, labels?: readonly string[]) => ({
  points: toFloat32(normalMatrix(n, d, seed)),
  labels,
});

describe('compare', () => {
  test('a space with itself: the same vectors', async () => {
    const a = normalMatrix(60, 4, 1);
    const { sentence, comparisons, rows } = await compare(a, a);
    expect(sentence).toBe('The same vectors: the mean row cosine is 1.00000.');
    expect(rows.matched).toBe('position');
    for (const { id, kind, value } of comparisons) {
      expect(value, id).toBeCloseTo(kind === 'similarity' ? 1 : 0, 6);
    }
  });

  test('a rotated space: the same in other coordinates', async () => {
    const a = normalMatrix(80, 5, 2);
    const { sentence } = await compare(a, turned(a, rotation(5, 3)));
    expect(sentence).toMatch(/^The same space in other coordinates: 1\.000 mean row cosine/);
  });

  test('a plan is made where it is asked for, from rows that correspond', async () => {
    const a = normalMatrix(60, 4, 1);
    const { plan } = await compare(a, a, { plan: 0.1 });
    expect(plan?.accuracy).toBe(0.1);
    expect(plan?.rows).toBe(60);
    expect((await compare(a, a)).plan).toBeUndefined();
    await expect(compare(a, a, { plan: 0.1, rows: 'none' })).rejects.toThrow('for a plan');
  });

  test('independent rows: nothing in common; related ones: something', async () => {
    const { a, b } = independentPair(150, 6, 8, 4);
    expect((await compare(a, b)).sentence).toMatch(/^Nothing in common beyond chance: /);
    const related = relatedPair(150, 6, 8, 4);
    const { sentence, comparisons } = await compare(related.a, related.b);
    expect(sentence).toMatch(/in common, in other coordinates or other models: /);
    expect(comparisons.map(({ id }) => id)).not.toContain('mean-row-cosine');
  });

  test('sets of unequal size are compared as two samples', async () => {
    const { comparisons, sentence, rows } = await compare(
      normalMatrix(60, 4, 1),
      normalMatrix(80, 4, 2),
    );
    expect(rows.matched).toBe('none');
    const ids = ['spectrum-distance', 'two-sample-mmd', 'energy-distance', 'bures-wasserstein'];
    expect(comparisons.map(({ id }) => id)).toEqual(ids);
    expect(sentence).toMatch(/^The two sets cannot be told apart \(energy-distance, p = /);
  });

  test('every comparison of the catalogue is asked, and the neighbours that were wanted', async () => {
    const a = normalMatrix(30, 3, 1);
    const { comparisons } = await compare(a, a, { k: 3 });
    const overlap = comparisons.find(({ id }) => id === 'neighbor-overlap');
    expect(overlap?.null?.value).toBeCloseTo(3 / 29, 12);
    const ids = new Set(comparisons.map(({ id }) => id));
    const unpaired = (await compare(a, a, { rows: 'none' })).comparisons.map(({ id }) => id);
    for (const id of unpaired) ids.add(id);
    expect([...ids].toSorted()).toEqual(allComparisons.map(({ spec }) => spec.id).toSorted());
  });

  test('the same seed gives the same numbers, and an aborted signal stops', async () => {
    const { a, b } = relatedPair(60, 3, 3, 1);
    const first = await compare(a, b, { seed: 3, sample: 30 });
    const second = await compare(a, b, { seed: 3, sample: 30 });
    expect(second.comparisons).toEqual(first.comparisons);
    const signal = AbortSignal.abort();
    await expect(compare(a, b, {}, { signal })).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('compare with a parity verdict', () => {
  test('is there when it is asked for, and needs rows that correspond', async () => {
    const a = normalMatrix(60, 4, 1);
    const b = { ...a, data: a.data.map((x) => 2 * x) };
    const { parity } = await compare(a, b, { parity: true });
    expect(parity?.sentence).toBe('B is A times 2.');
    expect((await compare(a, b)).parity).toBeUndefined();
    await expect(compare(a, normalMatrix(50, 4, 1), { parity: true })).rejects.toThrow(
      'compare: expected rows that correspond, for a parity verdict',
    );
  });
});

describe('rows are matched', () => {
  const labels = ['a', 'b', 'c', 'd', 'e'];

  test('by label where both files have them in another order', () => {
    const a = table(5, 3, 1, labels);
    const order = Random.fromSeed(1).sample(5);
    const b = { points: gathered(a.points, order), labels: [...order].map((i) => labels[i] ?? '') };
    const matched = matchedRows(a, b);
    expect(matched.by).toBe('label');
    expect(matched.b.data).toEqual(matched.a.data);
    expect(matched.sentence).toMatch(
      /^5 rows matched by label, \d of them at another place in B\.$/,
    );
  });

  test('by place where the labels agree or are missing; not at all where nothing fits', () => {
    expect(matchedRows(table(5, 3, 1, labels), table(5, 2, 2, labels)).by).toBe('position');
    expect(matchedRows(table(5, 3, 1), table(5, 2, 2, labels)).by).toBe('position');
    expect(matchedRows(table(5, 3, 1), table(6, 3, 2)).by).toBe('none');
    const others = ['v', 'w', 'x', 'y', 'z'];
    const found = matchedRows(table(5, 3, 1, labels), table(5, 3, 2, others));
    expect(found.sentence).toMatch(/^The labels of A and B have nothing in common: rows are/);
  });

  test('labels that come several times are said to, and not to have nothing in common', () => {
    const a = table(5, 3, 1, ['en', 'de', 'en', 'de', 'en']);
    const { by, sentence } = matchedRows(a, table(5, 3, 2, ['de', 'en', 'de', 'en', 'de']));
    expect(by).toBe('position');
    expect(sentence).toMatch(/^The labels of A and B repeat \("(en|de)" is in both/);
    expect(sentence).toMatch(/--label NAME takes another column, such as an id: rows are matched/);
  });

  test('labels that occur twice, or once only, have no partner and are counted', () => {
    const a = table(5, 3, 1, ['a', 'b', 'c', 'd', 'd']);
    const { sentence, labels: kept } = matchedRows(a, table(4, 3, 2, ['c', 'b', 'a', 'd']));
    expect(kept).toEqual(['a', 'b', 'c']);
    expect(sentence).toContain('2 rows of A and 1 of B have no partner.');
  });

  test('what was asked for and cannot be is refused', () => {
    expect(() => matchedRows(table(5, 3, 1), table(6, 3, 1), 'position')).toThrow(
      'compare: A has 5 rows and B has 6',
    );
    expect(() => matchedRows(table(5, 3, 1), table(5, 3, 1), 'label')).toThrow('need labels');
  });
});

describe('compareInDetail', () => {
  test('has the numbers of compare, and pictures that agree with them', async () => {
    const { a, b } = relatedPair(90, 5, 5, 3);
    const labels = Array.from({ length: 90 }, (_, i) => `item ${i}`);
    const [first, second] = [a, b].map((points) => ({ points: toFloat32(points), labels }));
    const { result, details } = await compareInDetail(first, second);
    const { comparisons } = await compare(first, second);
    expect(result.comparisons).toEqual(comparisons);
    const value = (id: string) => comparisons.find((row) => row.id === id)?.value ?? NaN;
    const { cosines, overlap, moved, spectra } = details;
    const mean = (list: ArrayLike<number> = []) =>
      Array.from(list).reduce((sum, x) => sum + x, 0) / list.length;
    expect(mean(cosines?.plain)).toBeCloseTo(value('mean-row-cosine'), 12);
    expect(mean(cosines?.rotated)).toBeCloseTo(value('rotated-row-cosine'), 12);
    expect(overlap?.mean[9]).toBeCloseTo(value('neighbor-overlap'), 12);
    expect(overlap?.chance[9]).toBeCloseTo(10 / 89, 12);
    expect(mean(spectra.a) * 5).toBeCloseTo(1, 9);
    const kept = moved?.rows.map((row) => row.overlap) ?? [];
    expect(kept).toEqual(kept.toSorted((x, y) => x - y));
    expect(moved?.rows[0].label).toMatch(/^item /);
  });

  test('two sets have spectra only', async () => {
    const { details } = await compareInDetail(table(20, 3, 1), table(30, 3, 2));
    expect(Object.keys(details)).toEqual(['spectra']);
  });
});
