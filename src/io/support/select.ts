import { type ReadOptions, refuse } from '../contract.ts';
import { type Candidate, chosenLabel, firstKnown } from './candidates.ts';
import {
  INDEX_NAMES,
  isExactly,
  isIdName,
  isLoose,
  isVectorName,
  lastPart,
  VECTOR_NAMES,
} from './column-names.ts';
import { countedColumns } from './counted-columns.ts';

/** Which columns, by index, become what. */
export interface Selection {
  /** One column of vectors, or several of numbers. */
  readonly vector: readonly number[];
  readonly isList: boolean;
  /** -1 where there is none. */
  readonly label: number;
  readonly others: readonly number[];
}

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

interface Chosen {
  readonly indices: readonly number[];
  readonly isList: boolean;
}

/** The columns the caller names. */
function namedVector(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  vector: string | readonly string[],
): Chosen {
  if (typeof vector === 'string') {
    const i = indexOfName(source, candidates, vector);
    const { kind, fault } = candidates[i];
    if (kind === 'text' || kind === 'other') {
      const why = fault ?? 'holds text; numbers are expected';
      refuse(source, `the column ${JSON.stringify(vector)} ${why}.`);
    }
    return { indices: [i], isList: kind === 'vector' };
  }
  const indices = vector.map((name) => indexOfName(source, candidates, name));
  const wrong = indices.find((i) => candidates[i].kind !== 'number');
  if (wrong !== undefined || indices.length === 0) {
    const name = wrong === undefined ? 'none' : JSON.stringify(candidates[wrong].name);
    refuse(source, `a vector of several columns takes columns of numbers; got ${name}.`);
  }
  return { indices, isList: false };
}

/** Refuses to pass over a column that is meant as the vector for what stands beside it. */
function requireReadable(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  all: readonly number[],
): void {
  const isThere = all.some((i) => candidates[i].kind === 'vector' && isExactly(candidates[i].name));
  const meant = all.find((i) => {
    const { fault, name } = candidates[i];
    return fault !== undefined && (isExactly(name) || !isThere);
  });
  if (meant === undefined) return;
  const { name, fault = '' } = candidates[meant];
  refuse(source, `the column ${JSON.stringify(name)} ${fault}; --vector NAME reads another.`);
}

/** The only list, or the one with a usual name; one at the top before one in a structure. */
function chosenList(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  lists: readonly number[],
): Chosen {
  for (const indices of [lists.filter((i) => !candidates[i].isNested), lists]) {
    const known = firstKnown(candidates, indices, VECTOR_NAMES);
    const rivals = candidates[known]?.isNested
      ? indices.filter((i) => lastPart(candidates[i].name) === lastPart(candidates[known].name))
      : [];
    if (known >= 0 && rivals.length < 2) return { indices: [known], isList: true };
    const meant = indices.filter((i) => isVectorName(candidates[i].name));
    if (meant.length === 1) return { indices: meant, isList: true };
    if (indices.length === 1) return { indices, isList: true };
  }
  const names = lists.map((i) => candidates[i].name);
  return refuse(source, `the vector could be any of the columns ${quoted(names)}; name one.`);
}

function chosenVector(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  { vector, label }: ReadOptions,
): Chosen {
  if (vector !== undefined) return namedVector(source, candidates, vector);
  const all = candidates.map((_, i) => i).filter((i) => candidates[i].name !== label);
  requireReadable(source, candidates, all);
  const numbers = all.filter((i) => candidates[i].kind === 'number' && !candidates[i].isNested);
  const lists = all.filter((i) => candidates[i].kind === 'vector');
  // Tammes writes x0, x1, …: then a text that looks like a list is none.
  if (numbers.some((i) => candidates[i].name === 'x0')) {
    return { indices: chosenNumbers(source, candidates, numbers), isList: false };
  }
  if (lists.length > 0) return chosenList(source, candidates, lists);
  const single = numbers.find((i) => isExactly(candidates[i].name) && !isLoose(candidates[i].name));
  if (single !== undefined && numbers.length > 1) {
    const name = JSON.stringify(candidates[single].name);
    refuse(source, `the column ${name} holds one number a row, not a list; --vector names others.`);
  }
  const indices = chosenNumbers(source, candidates, numbers);
  if (indices.length > 0) return { indices, isList: false };
  const names = candidates.map((candidate) => candidate.name);
  return refuse(source, `no column holds vectors or numbers; the columns are ${quoted(names)}.`);
}

/**
 * Chooses the vector and the label. The vector is the column named by the caller; else the only
 * column of vectors, or the one with a usual name; else the columns of numbers that are counted
 * (`x0, x1, …`); else all columns of numbers that do not count rows. A column that is meant as the
 * vector and cannot be read is refused by name. The label is the column named by the caller, else what
 * tells the rows apart. The rest travels along.
 */
export function selected(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  options: ReadOptions,
): Selection {
  const { indices, isList } = chosenVector(source, candidates, options);
  const taken = new Set(indices);
  const rest = candidates.map((_, i) => i).filter((i) => !taken.has(i));
  const label = labelOf(source, candidates, rest, options);
  const chosen = [...(isList || typeof options.vector === 'string' ? indices : []), label];
  for (const i of chosen) {
    if (i < 0 || candidates.filter(({ name }) => name === candidates[i].name).length < 2) continue;
    requireDistinct(source, [candidates[i].name, candidates[i].name]);
  }
  const others = rest.filter((i) => {
    const { kind, isText, isNested } = candidates[i];
    return i !== label && !isNested && kind !== 'other' && (kind !== 'vector' || isText);
  });
  return { vector: indices, isList, label, others };
}

function labelOf(
  source: { readonly name: string },
  candidates: readonly Candidate[],
  rest: readonly number[],
  options: ReadOptions,
): number {
  if (options.label === false) return -1;
  if (typeof options.label === 'string') {
    const label = indexOfName(source, candidates, options.label);
    const shown = JSON.stringify(options.label);
    if (!rest.includes(label)) refuse(source, `the column ${shown} cannot be label and vector.`);
    const { kind, fault } = candidates[label];
    if (kind === 'other') refuse(source, `the column ${shown} ${fault ?? 'cannot be read'}.`);
    return label;
  }
  const lost = rest.find((i) => candidates[i].kind === 'other' && isIdName(candidates[i].name));
  if (lost !== undefined && !candidates[lost].isNested) {
    const shown = JSON.stringify(candidates[lost].name);
    refuse(
      source,
      `the column ${shown} cannot be read; --label NAME or --no-label goes without it.`,
    );
  }
  const readable = rest.filter(
    (i) =>
      candidates[i].kind !== 'other' && (candidates[i].kind !== 'vector' || candidates[i].isText),
  );
  const top = chosenLabel(
    candidates,
    readable.filter((i) => !candidates[i].isNested),
  );
  return top >= 0
    ? top
    : chosenLabel(
        candidates,
        readable.filter((i) => candidates[i].isNested),
      );
}

/** Refuses names that come twice, since columns are told apart by name. */
export function requireDistinct(source: { readonly name: string }, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  refuse(source, `two columns have the name ${JSON.stringify(twice)}; names must differ.`);
}

/** Names of the table of words in models. */
const WORD_TABLE =
  /(?:word_embeddings?|embed_tokens|tok_embeddings|token_embd|wte)(?:\.weight)?(?:_quantized)?$/i;

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
  // A model has tables of positions and segments besides that of its words.
  const words = arrays.filter(({ name }) => WORD_TABLE.test(name));
  if (words.length === 1) return words[0];
  const embeddings = arrays.filter(({ name }) => /embed|wte/i.test(name));
  if (embeddings.length === 1) return embeddings[0];
  return refuse(source, `the vectors could be any of the arrays ${all}; name one.`);
}
