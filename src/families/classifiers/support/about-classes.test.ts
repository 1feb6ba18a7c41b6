import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import type { ClassKnowledge } from '../types.ts';
import { aboutOf } from './about-classes.ts';

const all = ['vectors', 'distances', 'relations'] as const;
const about = (known: ClassKnowledge) => aboutOf('m', ['a', 'c'], known, { needs: [], takes: all });

test('classes with rows come first, then the others, and what is known follows them', () => {
  const known = about({
    names: ['d', 'c', 'b', 'a'],
    vectors: [[4], [3], [2], [1]],
    distances: matrix(Float64Array.of(0, 1, 2, 3, 1, 0, 4, 5, 2, 4, 0, 6, 3, 5, 6, 0), 4, 4),
  });
  expect(known.names).toEqual(['a', 'c', 'b', 'd']);
  expect(Array.from(known.about.vectors?.data ?? [])).toEqual([1, 3, 2, 4]);
  expect(Array.from(known.about.distances?.data ?? [])).toEqual([
    0, 5, 6, 3, 5, 0, 4, 1, 6, 4, 0, 2, 3, 1, 2, 0,
  ]);
});

test('what is known and is not so is refused in a sentence', () => {
  const names = ['a', 'c'];
  expect(() => about({ names: ['a', 'c', 'a'] })).toThrow(
    'm: the class "a" is twice in what is known.',
  );
  expect(() => about({ names, vectors: [[1]] })).toThrow(
    'm: expected vectors of 2 classes; got 1 rows.',
  );
  expect(() =>
    about({
      names,
      distances: [
        [0, 1],
        [2, 0],
      ],
    }),
  ).toThrow(
    'm: distances of classes are not below 0, the same both ways and 0 from a class to itself; from class 1 to class 0 they are 2 and 1.',
  );
  expect(() => about({ names, relations: [['a', 'is a', 'x']] })).toThrow(
    'm: the relation "a is a x" names "x", which is no class.',
  );
  expect(() => aboutOf('m', names, undefined, { needs: ['distances'], takes: all })).toThrow(
    'm: option "about.distances" must be a distance for each two classes; got "nothing".',
  );
});
