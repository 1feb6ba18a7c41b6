import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { givenPoints } from '../../../core/given-points.ts';
import { type Matrix, toFloat64, zeros64 } from '../../../core/matrix.ts';
import type { AboutClasses, ClassKnowledge, ClassRelation, KnownOfClasses } from '../types.ts';
import { byCode } from './by-code.ts';

/** What a method needs and takes of what is known of classes. */
export interface Knowing {
  readonly needs: readonly KnownOfClasses[];
  readonly takes: readonly KnownOfClasses[];
}

interface Known {
  /** Classes with rows in the order of their names, then the others. */
  readonly names: readonly string[];
  readonly about: AboutClasses;
}

/** What is known of the classes, in the order in which models hold them. */
export function aboutOf(
  id: string,
  seen: readonly string[],
  given: ClassKnowledge | undefined,
  { needs, takes }: Knowing,
): Known {
  const missing = needs.find((kind) => given?.[kind] === undefined);
  if (missing !== undefined)
    throw new OptionError(id, `about.${missing}`, WANTED[missing], 'nothing');
  if (!given) return { names: seen, about: {} };
  const odd = KINDS.find((kind) => given[kind] !== undefined && !takes.includes(kind));
  if (odd !== undefined) throw new OptionError(id, `about.${odd}`, 'left out: it is not used', odd);
  if (takes.length === 0)
    throw new OptionError(id, 'about', 'left out: nothing of the classes is used', 'something');
  const order = orderOf(id, seen, given.names);
  const names = order.map((place) => given.names[place]);
  return { names, about: inOrder(id, given, order) };
}

const KINDS: readonly KnownOfClasses[] = ['vectors', 'distances', 'relations'];

const WANTED: Readonly<Record<KnownOfClasses, string>> = {
  vectors: 'a vector for each class (word vectors or attributes)',
  distances: 'a distance for each two classes',
  relations: 'relations between classes',
};

/** Where each class of the model stands in what was given. */
function orderOf(id: string, seen: readonly string[], given: readonly string[]): number[] {
  const places = new Map(given.map((name, place) => [name, place]));
  if (places.size < given.length) {
    const twice = given.find((name, place) => places.get(name) !== place);
    throw new InputError(id, `the class ${JSON.stringify(twice)} is twice in what is known.`);
  }
  const unknown = seen.find((name) => !places.has(name));
  if (unknown !== undefined)
    throw new InputError(
      id,
      `nothing is known of the class ${JSON.stringify(unknown)}, which rows have; name it in about.`,
    );
  const isSeen = new Set(seen);
  const others = given.filter((name) => !isSeen.has(name)).sort(byCode);
  return [...seen, ...others].map((name) => places.get(name) as number);
}

function inOrder(id: string, given: ClassKnowledge, order: readonly number[]): AboutClasses {
  const { vectors, distances, relations } = given;
  return {
    vectors: vectors && rowsInOrder(id, 'vectors', matrixOf(id, 'vectors', vectors), order),
    distances: distances && distancesInOrder(id, matrixOf(id, 'distances', distances), order),
    relations: relations && knownRelations(id, relations, given.names),
  };
}

const matrixOf = (id: string, kind: string, given: NonNullable<ClassKnowledge['vectors']>) =>
  toFloat64(requireFinite(`${id}, ${kind} of classes`, givenPoints(id, given)));

function rowsInOrder(
  id: string,
  kind: string,
  given: Matrix,
  order: readonly number[],
): Matrix<Float64Array> {
  if (given.rows !== order.length)
    throw new ShapeError(id, `${kind} of ${order.length} classes`, `${given.rows} rows`);
  const out = zeros64(given.rows, given.cols);
  for (const [to, from] of order.entries())
    out.data.set(given.data.subarray(from * given.cols, (from + 1) * given.cols), to * given.cols);
  return out;
}

function distancesInOrder(
  id: string,
  given: Matrix<Float64Array>,
  order: readonly number[],
): Matrix<Float64Array> {
  const { data, rows: n, cols } = given;
  if (n !== order.length || cols !== n)
    throw new ShapeError(id, `${order.length} × ${order.length} distances`, `${n} × ${cols}`);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = data[i * n + j];
      if (value >= 0 && value === data[j * n + i] && (i !== j || value === 0)) continue;
      throw new InputError(
        id,
        `distances of classes are not below 0, the same both ways and 0 from a class to itself; from class ${i} to class ${j} they are ${value} and ${data[j * n + i]}.`,
      );
    }
  }
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out.data[i * n + j] = data[order[i] * n + order[j]];
  return out;
}

function knownRelations(
  id: string,
  relations: readonly ClassRelation[],
  names: readonly string[],
): readonly ClassRelation[] {
  const known = new Set(names);
  for (const [from, relation, to] of relations) {
    const odd = [from, to].find((name) => !known.has(name));
    if (odd !== undefined)
      throw new InputError(
        id,
        `the relation "${from} ${relation} ${to}" names ${JSON.stringify(odd)}, which is no class.`,
      );
  }
  return relations;
}
