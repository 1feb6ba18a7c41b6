import { InputError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { givenPoints } from '../../../core/given-points.ts';
import { alike, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { rowNorms } from '../../../core/rows.ts';
import type { ConceptList, GivenConcepts } from '../types.ts';

/** Concepts, checked against the rows that they are to describe. */
export function conceptsOf(id: string, points: Matrix, given: GivenConcepts): ConceptList {
  const { names, parents } = given;
  const vectors = requireFinite(`${id}, concepts`, givenPoints(`${id}, concepts`, given.points));
  if (names.length !== vectors.rows)
    throw new ShapeError(id, `${vectors.rows} names of concepts, one a row`, `${names.length}`);
  if (vectors.cols !== points.cols)
    throw new ShapeError(
      id,
      `concepts of ${points.cols} numbers, by the model of the rows`,
      `${vectors.cols}`,
    );
  const places = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const before = places.get(name);
    if (before !== undefined)
      throw new InputError(
        id,
        `concepts ${before} and ${at} have one name, ${JSON.stringify(name)}.`,
      );
    places.set(name, at);
  }
  const empty = rowNorms(vectors).indexOf(0);
  if (empty >= 0)
    throw new InputError(
      id,
      `the vector of the concept ${JSON.stringify(names[empty])} is all zeros: it has no direction.`,
    );
  return {
    names,
    points: alike(vectors, points),
    parents: parents && parentsOf(id, names, places, parents),
  };
}

function parentsOf(
  id: string,
  names: readonly string[],
  places: ReadonlyMap<string, number>,
  parents: readonly string[],
): Int32Array {
  if (parents.length !== names.length)
    throw new ShapeError(id, `${names.length} parents, one a concept`, `${parents.length}`);
  const own = Int32Array.from(parents, (parent, at) => {
    if (parent === '') return -1;
    const place = places.get(parent);
    if (place !== undefined) return place;
    throw new InputError(
      id,
      `the parent ${JSON.stringify(parent)} of ${JSON.stringify(names[at])} is no concept.`,
    );
  });
  if (own.every((parent) => parent >= 0))
    throw new InputError(id, 'no concept is a root: each has a parent; leave one empty.');
  return own;
}

/** What stands for concepts where the type cannot know that there are some. */
export const NO_CONCEPTS: ConceptList = { names: [], points: zeros64(0, 0) };
