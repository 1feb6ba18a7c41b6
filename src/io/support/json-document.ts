import type { ReadOptions } from '../contract.ts';
import { isIdName, isVectorName, looksLikeColumns } from './column-names.ts';
import { fieldOf, isRow, nestedVectors, type Row } from './json-paths.ts';
import { vectorOf } from './vector-cells.ts';

/** The rows of a document, and the path to the list that holds them ('' for the document itself). */
export interface DocumentRows {
  readonly rows: readonly Row[];
  readonly path: string;
}

/** Deepest list that is looked for. */
const DEEPEST = 5;

const isVector = (value: unknown): boolean => {
  const decoded = Array.isArray(value) ? vectorOf(value) : null;
  return decoded !== null && typeof decoded !== 'string';
};

const isMatrix = (list: readonly unknown[]): boolean =>
  list.length > 0 && list.every((item) => Array.isArray(item)) && list.some(isVector);

function holdsVector(row: Row, { vector }: ReadOptions, path: string): boolean {
  if (vector !== undefined) {
    return [vector].flat().every((name) => fieldOf(row, relative(name, path)) !== undefined);
  }
  return Object.keys(row).some(isVectorName) || nestedVectors(row).length > 0;
}

/** A name counted from the rows, also where the caller counts it from the document. */
export function relative(name: string, path: string): string {
  return path !== '' && name.startsWith(`${path}.`) ? name.slice(path.length + 1) : name;
}

/** A list in a document that could be its rows. */
interface Found {
  readonly path: string;
  readonly rows: readonly Row[];
}

function listsIn(value: unknown, options: ReadOptions, path = '', depth = 0): Found[] {
  if (!isRow(value) || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!Array.isArray(item)) return listsIn(item, options, at, depth + 1);
    if (isMatrix(item)) return [{ path, rows: besideMatrix(value, key, item) }];
    if (item.length > 0 && item.every(isRow) && anyHolds(item, options, at)) {
      return [{ path: at, rows: item as Row[] }];
    }
    return [];
  });
}

const anyHolds = (rows: readonly Row[], options: ReadOptions, path: string): boolean =>
  rows.slice(0, 100).some((row) => holdsVector(row, options, path));

/** Rows of a list of vectors, with what other lists of the same length say of them. */
function besideMatrix(value: Row, key: string, matrix: readonly unknown[]): Row[] {
  const beside = Object.entries(value).filter(
    ([name, item]) => name !== key && Array.isArray(item) && item.length === matrix.length,
  ) as [string, unknown[]][];
  return matrix.map((vector, i) =>
    Object.fromEntries([...beside.map(([name, list]) => [singular(name), list[i]]), [key, vector]]),
  );
}

/** `ids` holds an id a row, and is called so there. */
const singular = (name: string): string =>
  name.toLowerCase() === 'ids' ? name.slice(0, -1) : name;

/** An object with one vector for each of its names. */
function dictionaryRows(value: Row): Row[] | undefined {
  const entries = Object.entries(value);
  const lengths = new Set(
    entries.map(([, item]) => (isVector(item) ? (item as unknown[]).length : 0)),
  );
  const isCounted = looksLikeColumns(Object.keys(value));
  if (entries.length < 2 || lengths.size !== 1 || lengths.has(0) || isCounted) return undefined;
  const [length] = lengths;
  const isFlat = entries.every(([, item]) => (item as unknown[]).length > 1);
  const isWhole = entries.every(([, item]) => (item as unknown[]).every(Number.isInteger));
  if (length < 2 || !isFlat || isWhole) return undefined;
  return entries.map(([label, vector]) => ({ label, vector }));
}

/** The rows of a value that a document holds; a text says why there are none. */
export function documentRows(value: unknown, options: ReadOptions): DocumentRows | string {
  if (Array.isArray(value)) return listRows(value);
  if (!isRow(value)) return 'holds neither an object nor a list';
  const own = Object.entries(value).some(
    ([name, item]) =>
      isVectorName(name) &&
      item !== null &&
      !isRow(item) &&
      !(Array.isArray(item) && (isMatrix(item) || item.some(isRow))),
  );
  if (own) return { rows: [value], path: '' };
  const found = listsIn(value, options);
  // One thing with an id of its own, such as a line of a batch, is a row.
  const isOne =
    found.length === 1 && found[0].rows.length === 1 && Object.keys(value).some(isIdName);
  if (isOne) return { rows: [value], path: '' };
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const asked = found.filter(({ path, rows }) => anyHolds(rows, options, path));
    if (options.vector !== undefined && asked.length === 1) return asked[0];
    const paths = found.map(({ path, rows }) => `${path || 'the document'} (${rows.length})`);
    return `holds several lists of vectors: ${paths.slice(0, 8).join(', ')}`;
  }
  const rows = dictionaryRows(value) ?? pandasRows(value);
  if (rows) return { rows, path: '' };
  if (options.vector !== undefined || isFlat(value)) return { rows: [value], path: '' };
  const fields = Object.keys(value).slice(0, 8).join(', ');
  return `is an object without a list of vectors (its fields are ${fields})`;
}

/**
 * The rows of a table as pandas writes it: `split` (columns, data), by column (a value for each row in
 * each column), by row (a row under each name).
 */
function pandasRows(value: Row): Row[] | undefined {
  const { columns, index, data } = value;
  if (Array.isArray(columns) && Array.isArray(data) && data.every(Array.isArray)) {
    return (data as unknown[][]).map((cells, i) =>
      Object.fromEntries([
        ...(Array.isArray(index) ? [['index', index[i]] as [string, unknown]] : []),
        ...cells.map((cell, k): [string, unknown] => [String(columns[k]), cell]),
      ]),
    );
  }
  const parts = Object.entries(value);
  if (parts.length < 1 || !parts.every(([, part]) => isRow(part))) return undefined;
  const keys = Object.keys(parts[0][1] as Row);
  const same = parts.every(([, part]) => Object.keys(part as Row).join('\n') === keys.join('\n'));
  if (!same || keys.length === 0) return undefined;
  if (parts.some(([name]) => isVectorName(name))) {
    return keys.map((key) =>
      Object.fromEntries([
        ['index', key],
        ...parts.map(([name, part]): [string, unknown] => [name, (part as Row)[key]]),
      ]),
    );
  }
  if (!keys.some(isVectorName)) return undefined;
  return parts.map(([key, part]) => ({ index: key, ...(part as Row) }));
}

/**
 * Whether an object is one row: single values, and a list of numbers that no other list goes with. Of several
 * such lists one must be named, which is said later.
 */
function isFlat(value: Row): boolean {
  const items = Object.values(value);
  const lists = items.filter((item) => Array.isArray(item));
  if (items.some(isRow) || lists.some((list) => list.some(isRow))) return false;
  return lists.filter(isVector).length > 1 || new Set(lists.map(sizeOf)).size === lists.length;
}

const sizeOf = (list: readonly unknown[]): number => list.length;

function listRows(list: readonly unknown[]): DocumentRows | string {
  if (list.length === 0) return 'holds an empty list';
  if (list.every(isRow)) return { rows: list as Row[], path: '' };
  if (list.every((item) => Array.isArray(item))) {
    return { rows: list.map((vector) => ({ vector })), path: '' };
  }
  if (isVector(list)) return { rows: [{ vector: list }], path: '' };
  return 'holds a list that is neither of objects nor of lists of numbers';
}
