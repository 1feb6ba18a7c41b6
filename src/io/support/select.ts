import { type ReadOptions, refuse } from '../contract.ts';
import { countedColumns } from './counted-columns.ts';

/** A column as its format describes it: a vector a row, a number a row, or text. */
export interface Candidate {
  readonly name: string;
  readonly kind: 'vector' | 'number' | 'text';
}

/** Which columns, by index, become what. */
export interface Selection {
  /** One column of vectors, or several of numbers. */
  readonly vector: readonly number[];
  readonly isList: boolean;
  /** -1 where there is none. */
  readonly label: number;
  readonly others: readonly number[];
}

const VECTOR_NAMES = ['vector', 'vectors', 'embedding', 'embeddings', 'emb', 'points', 'values'];
const LABEL_NAMES = [
  'label',
  'labels',
  'word',
  'words',
  'token',
  'name',
  'title',
  'text',
  'id',
  'key',
];
/** Numbers under these names count rows or classes rather than coordinates; pandas writes ''. */
const INDEX_NAMES = [
  '',
  'id',
  'index',
  'unnamed: 0',
  '__index_level_0__',
  'row',
  'label',
  'labels',
];

const quoted = (names: readonly string[]): string => {
  const shown = names.slice(0, 12).map((name) => JSON.stringify(name));
  return shown.join(', ') + (names.length > 12 ? `, … (${names.length})` : '');
};

function indexOfName(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  name: string,
): number {
  const index = candidates.findIndex((candidate) => candidate.name === name);
  if (index >= 0) return index;
  const names = candidates.map((candidate) => candidate.name);
  return refuse(source, `there is no column ${JSON.stringify(name)}; there are ${quoted(names)}.`);
}

/** The one of `indices` whose name comes first in `known`, ignoring case, or -1. */
function firstKnown(
  candidates: readonly Candidate[],
  indices: readonly number[],
  known: readonly string[],
): number {
  for (const name of known) {
    const found = indices.find((i) => candidates[i].name.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return -1;
}

/** The counted columns of numbers, or all that do not count rows. */
function chosenNumbers(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  numbers: readonly number[],
): readonly number[] {
  const names = candidates.map(({ name }) => name);
  return (
    countedColumns(source, names, numbers) ??
    numbers.filter((i) => !INDEX_NAMES.includes(names[i].toLowerCase()))
  );
}

function chosenVector(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  { vector, label }: ReadOptions,
): { indices: readonly number[]; isList: boolean } {
  if (typeof vector === 'string') {
    const i = indexOfName(source, candidates, vector);
    if (candidates[i].kind === 'text') {
      refuse(source, `the column ${JSON.stringify(vector)} holds text; numbers are expected.`);
    }
    return { indices: [i], isList: candidates[i].kind === 'vector' };
  }
  if (vector) {
    const indices = vector.map((name) => indexOfName(source, candidates, name));
    const wrong = indices.find((i) => candidates[i].kind !== 'number');
    if (wrong !== undefined || indices.length === 0) {
      const name = wrong === undefined ? 'none' : JSON.stringify(candidates[wrong].name);
      refuse(source, `a vector of several columns takes columns of numbers; got ${name}.`);
    }
    return { indices, isList: false };
  }
  const all = candidates.map((_, i) => i).filter((i) => candidates[i].name !== label);
  const numbers = all.filter((i) => candidates[i].kind === 'number');
  // Tammes writes x0, x1, …: then a text that looks like a list is none.
  if (numbers.some((i) => candidates[i].name === 'x0')) {
    return { indices: chosenNumbers(source, candidates, numbers), isList: false };
  }
  const lists = all.filter((i) => candidates[i].kind === 'vector');
  if (lists.length === 1) return { indices: lists, isList: true };
  if (lists.length > 1) {
    const known = firstKnown(candidates, lists, VECTOR_NAMES);
    if (known >= 0) return { indices: [known], isList: true };
    const names = lists.map((i) => candidates[i].name);
    refuse(source, `the vector could be any of the columns ${quoted(names)}; name one.`);
  }
  const indices = chosenNumbers(source, candidates, numbers);
  if (indices.length > 0) return { indices, isList: false };
  const names = candidates.map((candidate) => candidate.name);
  return refuse(source, `no column holds vectors or numbers; the columns are ${quoted(names)}.`);
}

/** Text or whatever is called `label`, by the usual names; else the first text; else a row number. */
function chosenLabel(candidates: readonly Candidate[], rest: readonly number[]): number {
  const texts = rest.filter((i) => candidates[i].kind === 'text');
  const named = rest.filter(
    (i) => candidates[i].kind === 'number' && candidates[i].name.toLowerCase() === 'label',
  );
  const known = firstKnown(candidates, [...named, ...texts], LABEL_NAMES);
  if (known >= 0) return known;
  if (texts.length > 0) return texts[0];
  const numbers = rest.filter((i) => candidates[i].kind === 'number');
  return firstKnown(candidates, numbers, INDEX_NAMES);
}

/** Whether a column of this name is a label rather than a vector, whatever its text looks like. */
export function isLabelName(name: string): boolean {
  return LABEL_NAMES.includes(name.toLowerCase());
}

/**
 * Chooses the vector and the label. The vector is the column named by the caller; else the only
 * column of vectors, or the one with a usual name; else the columns of numbers that are counted
 * (`x0, x1, …`); else all columns of numbers that do not count rows. The label is the column named
 * by the caller, else one with a usual name, else the first text. The rest travels along.
 */
export function selected(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  options: ReadOptions,
): Selection {
  const { indices, isList } = chosenVector(source, candidates, options);
  const taken = new Set(indices);
  const rest = candidates.map((_, i) => i).filter((i) => !taken.has(i));
  let label = -1;
  if (typeof options.label === 'string') {
    label = indexOfName(source, candidates, options.label);
    if (taken.has(label)) {
      refuse(source, `the column ${JSON.stringify(options.label)} cannot be label and vector.`);
    }
  } else if (options.label !== false) {
    label = chosenLabel(candidates, rest);
  }
  const others = rest.filter((i) => i !== label && candidates[i].kind !== 'vector');
  return { vector: indices, isList, label, others };
}

/** Refuses names that come twice, since columns are told apart by name. */
export function requireDistinct(source: { readonly name: string }, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  refuse(source, `two columns have the name ${JSON.stringify(twice)}; names must differ.`);
}

/** The array that holds the vectors, among the two-dimensional arrays of a file. */
export function chosenArray<T extends { readonly name: string }>(
  source: { readonly name: string },
  arrays: readonly T[],
  described: (array: T) => string,
  { vector }: ReadOptions,
): T {
  const all = arrays.slice(0, 12).map(described).join(', ') + (arrays.length > 12 ? ', …' : '');
  if (vector !== undefined) {
    const found = arrays.find(({ name }) => name === String(vector));
    if (found) return found;
    const there = arrays.length > 0 ? `there are ${all}` : 'there is none';
    refuse(source, `there is no two-dimensional array ${JSON.stringify(vector)}; ${there}.`);
  }
  if (arrays.length === 0) refuse(source, 'the file has no two-dimensional array of numbers.');
  if (arrays.length === 1) return arrays[0];
  for (const name of VECTOR_NAMES) {
    const found = arrays.find((array) => array.name.toLowerCase() === name);
    if (found) return found;
  }
  const embeddings = arrays.filter(({ name }) => /embed|wte/i.test(name));
  if (embeddings.length === 1) return embeddings[0];
  return refuse(source, `the vectors could be any of the arrays ${all}; name one.`);
}
