import { refuse } from '../contract.ts';
import type { Column } from '../table.ts';
import { columnOfValues } from './cells.ts';
import { PickledDict } from './pickle-objects.ts';
import { shown } from './shown.ts';
import { type Tensor, tensorOf } from './torch-objects.ts';

/** Vectors in a file: a two-dimensional tensor, or one-dimensional ones, a row each. */
export interface Vectors {
  /** Where it lies: keys and places with dots between. */
  readonly name: string;
  readonly tensors: readonly Tensor[];
  readonly rows: number;
  readonly cols: number;
  /** Keys of the rows, where they are the values of a dictionary. */
  readonly labels?: readonly string[] | undefined;
}

/** A list of values beside the vectors. */
export interface Values {
  readonly name: string;
  readonly length: number;
  readonly tensor?: Tensor | undefined;
  readonly column?: Column | undefined;
}

export interface Contents {
  readonly matrices: Vectors[];
  /** Dictionaries and lists of one-dimensional tensors. */
  readonly collections: Vectors[];
  readonly values: Values[];
  /** Everything else that is a tensor, in words. */
  readonly others: string[];
  /** Why a collection is none. */
  uneven?: string;
}

const DEEPEST = 32;
/** Tensors and lists looked at: more can only come of lists that contain one another. */
const MOST_VALUES = 1 << 20;
/** Texts and numbers in lists of their own. */
const MOST_PLAIN = 1 << 23;

/** A tensor in words. */
export function described(name: string, { shape, type }: Tensor): string {
  return `${shown(name)} (${shape.join(' × ') || 'one value'} ${shown(type)})`;
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'boolean';

const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? value.length : value instanceof PickledDict ? value.entries.length : 0;

type Entries = readonly (readonly [key: string, value: unknown])[];

/** Keys and values of a dictionary or list; undefined for anything else. */
function entriesOf(value: unknown): Entries | undefined {
  if (Array.isArray(value)) return value.map((item, i) => [String(i), item] as const);
  if (!(value instanceof PickledDict)) return undefined;
  const last = new Map<unknown, unknown>(value.entries);
  return Array.from(last, ([key, item], i) => [isPlain(key) ? String(key) : `key ${i}`, item]);
}

/** What an unpickled file holds, found by walking its dictionaries and lists. */
export function contentsOf(source: { readonly name: string }, root: unknown): Contents {
  const contents: Contents = { matrices: [], collections: [], values: [], others: [] };
  const waiting: { name: string; value: unknown; depth: number }[] = [
    { name: '', value: root, depth: 0 },
  ];
  let seen = 0;
  let plain = 0;
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    const { name, value, depth } = item;
    const tensor = tensorOf(value);
    if (tensor) {
      addTensor(contents, name || 'vectors', tensor);
      continue;
    }
    const isList = Array.isArray(value);
    const arePlain = isList && plain + value.length <= MOST_PLAIN && value.every(isPlain);
    if (arePlain) plain += value.length;
    else seen += sizeOf(value);
    if (depth > DEEPEST || seen > MOST_VALUES) {
      refuse(
        source,
        'the lists in the pickle are nested too deep, too long, or contain themselves.',
      );
    }
    if (arePlain) {
      if (value.length === 0) continue;
      contents.values.push({ name, length: value.length, column: columnOfValues(value) });
      continue;
    }
    const entries = entriesOf(value);
    if (!entries || entries.length === 0) continue;
    addCollection(contents, name || 'vectors', entries, value);
    for (const [key, inner] of entries.toReversed()) {
      if (typeof inner !== 'object' || inner === null) continue;
      waiting.push({ name: name ? `${name}.${key}` : key, value: inner, depth: depth + 1 });
    }
  }
  return contents;
}

function addTensor(contents: Contents, name: string, tensor: Tensor): void {
  const [rows, cols] = tensor.shape;
  if (tensor.dtype && tensor.shape.length === 2) {
    contents.matrices.push({ name, tensors: [tensor], rows, cols });
  } else if (tensor.dtype && tensor.shape.length === 1) {
    contents.values.push({ name, length: rows, tensor });
  } else contents.others.push(described(name, tensor));
}

/** A dictionary or list whose values are one-dimensional tensors of one length. */
function addCollection(
  contents: Contents,
  name: string,
  entries: Entries,
  container: unknown,
): void {
  const tensors: Tensor[] = [];
  for (const [, value] of entries) {
    const tensor = tensorOf(value);
    if (!tensor?.dtype || tensor.shape.length !== 1) return;
    tensors.push(tensor);
  }
  const [cols] = tensors[0].shape;
  const other = tensors.findIndex(({ shape: [length] }) => length !== cols);
  if (other >= 0) {
    contents.uneven ??= `the tensors of ${shown(name)} have different lengths: ${shown(entries[0][0])} has ${cols} numbers, ${shown(entries[other][0])} has ${tensors[other].shape[0]}.`;
    return;
  }
  const isDict = container instanceof PickledDict;
  if (isDict && !container.entries.every(([key]) => isPlain(key))) {
    contents.uneven ??= `the keys of ${shown(name)} are neither texts nor numbers.`;
    return;
  }
  const labels = isDict ? entries.map(([key]) => key) : undefined;
  contents.collections.push({ name, tensors, rows: tensors.length, cols, labels });
}
