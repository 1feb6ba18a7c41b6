import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { projected } from '../../structures/directions/index.ts';
import { concepts } from './concepts.ts';

/** Rows about animals and, some, about vehicles; concepts along axes. */
const points = matrix(Float64Array.of(1, 0.2, 0, 2, 0, 0.6, 0.5, 0.1, 0.1, 0.1, 1, 0), 4, 3);
const names = ['thing', 'animal', 'vehicle', 'dog', 'cat', 'car', 'bus'];
const vectors = matrix(
  Float64Array.from(
    [
      [1, 1, 1],
      [3, 0, 0],
      [0, 1, 0],
      [1, 0, 0.1],
      [1, 0, 0.5],
      [0, 1, 0.1],
      [0, 1, -0.5],
    ].flat(),
  ),
  7,
  3,
);
const parents = ['', 'thing', 'thing', 'animal', 'animal', 'vehicle', 'vehicle'];
const given = { names, points: vectors, parents };

describe('concepts', () => {
  test('coordinates of unit rows are their cosines to the names', async () => {
    const { directions } = await concepts({ points, concepts: given });
    const { data } = projected(directions, matrix(Float64Array.of(0.6, 0.8, 0), 1, 3));
    expect(data[0]).toBeCloseTo(1.4 / Math.sqrt(3), 14);
    expect([data[1], data[2]]).toEqual([0.6, 0.8]);
    expect([directions.names, directions.draws.rows]).toEqual([names, 0]);
  });

  test('what is opened first is what the rows are about; half of the children come', async () => {
    const grown = async (count: number) =>
      (await concepts({ points, concepts: given }, { count, opened: 0.5 })).directions.names;
    expect(await grown(2)).toEqual(['thing', 'animal']);
    // Of a tree opened by halves, no more can come.
    expect(await grown(6)).toEqual(['thing', 'animal', 'dog']);
  });

  test('all children come with a share of 1, the most active first', async () => {
    const { directions } = await concepts({ points, concepts: given }, { count: 6, opened: 1 });
    expect(directions.names).toEqual(['thing', 'animal', 'vehicle', 'dog', 'cat', 'car']);
  });

  test('with classes, a concept in which classes meet is opened before a more active one', async () => {
    const rows = matrix(Float64Array.of(1, 0, 0, 1, 0.1, 0, 0.3, 1, 0, 0.3, 1, 0), 4, 3);
    const tree = { ...given, parents: ['', '', '', 'animal', 'animal', 'vehicle', 'vehicle'] };
    const input = { points: rows, concepts: tree };
    const options = { count: 4, mixing: 1 };
    expect((await concepts(input, { count: 5 })).directions.names).toContain('dog');
    // Both classes have rows at vehicle, one at animal.
    const classes = ['a', 'a', 'a', 'b'];
    const { directions } = await concepts({ ...input, classes }, options);
    expect(directions.names).toContain('car');
  });

  test('without a tree the most active are taken', async () => {
    const { directions } = await concepts(
      { points, concepts: { names, points: vectors } },
      { count: 2 },
    );
    expect(directions.names).toEqual(['dog', 'animal']);
  });

  test('names twice, a parent that is none, a circle, another model and a zero row are refused', async () => {
    const fitted = (own: object) => concepts({ points, concepts: { ...given, ...own } });
    await expect(fitted({ names: names.with(1, 'thing') })).rejects.toThrow(
      'concepts: concepts 0 and 1 have one name, "thing".',
    );
    await expect(fitted({ parents: parents.with(3, 'pet') })).rejects.toThrow(
      'concepts: the parent "pet" of "dog" is no concept.',
    );
    await expect(fitted({ parents: names })).rejects.toThrow(
      'concepts: no concept is a root: each has a parent; leave one empty.',
    );
    await expect(fitted({ points: matrix(new Float64Array(14), 7, 2) })).rejects.toThrow(
      'concepts: expected concepts of 3 numbers, by the model of the rows; got 2.',
    );
    await expect(fitted({ points: matrix(new Float64Array(21), 7, 3) })).rejects.toThrow(
      'concepts: the vector of the concept "thing" is all zeros: it has no direction.',
    );
    await expect(fitted({ names: ['one'] })).rejects.toThrow(
      'concepts: expected 7 names of concepts, one a row; got 1.',
    );
  });
});
