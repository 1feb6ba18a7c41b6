import { refuse } from '../contract.ts';
import type { Column } from '../table.ts';
import { columnOfValues } from './cells.ts';
import { PickledDict } from './pickle.ts';
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
/** Values looked at: more can only come of lists that contain one another. */
const MOST_VALUES = 1 << 24;

/** A tensor in words. */
export function described(name: string, { shape, type }: Tensor): string {
  return `${name} (${shape.join(' × ') || 'one value'} ${type})`;
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'boolean';

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
  const waiting = [{ name: '', value: root, depth: 0 }];
  let seen = 0;
  for (let item = waiting.shift(); item; item = waiting.pop()) {
    const { name, value, depth } = item;
    const tensor = tensorOf(value);
    if (tensor) {
      addTensor(contents, name || 'vectors', tensor);
      continue;
    }
    const entries = entriesOf(value);
    if (!entries || entries.length === 0) continue;
    seen += entries.length;
    if (depth > DEEPEST || seen > MOST_VALUES) {
      refuse(source, 'the lists in the pickle are nested too deep, or contain themselves.');
    }
    if (Array.isArray(value) && value.every(isPlain)) {
      contents.values.push({ name, length: value.length, column: columnOfValues(value) });
      continue;
    }
    addCollection(contents, name || 'vectors', entries, !Array.isArray(value));
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
function addCollection(contents: Contents, name: string, entries: Entries, hasKeys: boolean): void {
  const tensors: Tensor[] = [];
  for (const [, value] of entries) {
    const tensor = tensorOf(value);
    if (!tensor?.dtype || tensor.shape.length !== 1) return;
    tensors.push(tensor);
  }
  const [cols] = tensors[0].shape;
  const other = tensors.findIndex(({ shape: [length] }) => length !== cols);
  if (other >= 0) {
    contents.uneven ??= `the tensors of ${name} have different lengths: ${JSON.stringify(entries[0][0])} has ${cols} numbers, ${JSON.stringify(entries[other][0])} has ${tensors[other].shape[0]}.`;
    return;
  }
  const labels = hasKeys ? entries.map(([key]) => key) : undefined;
  contents.collections.push({ name, tensors, rows: tensors.length, cols, labels });
}
