import { type ByteSource, refuse } from '../contract.ts';
import { npyValue } from './npy-values.ts';

/** A field of NumPy's records. */
export interface NpyField {
  readonly name: string;
  readonly descr: string;
  /** Of the values in each record; empty for a single one. */
  readonly shape: readonly number[];
  /** In the record. */
  readonly offset: number;
  /** Bytes it takes there. */
  readonly size: number;
}

/** `('emb', '<f4', (4,))`; a title may stand before the name. */
const FIELD =
  /\(\s*(?:\(\s*'(?:[^'\\]|\\.)*'\s*,\s*)?(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")\s*\)?\s*,\s*'([^']*)'\s*(?:,\s*\(([\d\s,]*)\)\s*)?\)/g;

/** The fields that a structured type lists. */
export function npyFields(source: ByteSource, text: string): NpyField[] {
  const fields: NpyField[] = [];
  let offset = 0;
  for (const [, single, double, descr, sizes] of text.matchAll(FIELD)) {
    const shape = (sizes ?? '')
      .split(',')
      .filter((size) => size.trim() !== '')
      .map(Number);
    const size = itemSize(descr) * shape.reduce((product, length) => product * length, 1);
    const name = (single ?? double ?? '').replace(/\\(.)/g, '$1');
    fields.push({ name, descr, shape, offset, size });
    offset += size;
  }
  const isAll = /^[\s[\],]*$/.test(text.replace(FIELD, ''));
  if (!isAll || fields.length === 0 || !Number.isSafeInteger(offset)) {
    refuse(
      source,
      'the array has named fields inside named fields (a structured dtype); numbers, texts and lists of them are read.',
    );
  }
  return fields;
}

/** Bytes of one value, also of those that are not read. */
function itemSize(descr: string): number {
  const value = npyValue(descr);
  if (value) return value.size;
  const [, kind, digits] = /^[<>|=]?([A-Za-z])(\d*)/.exec(descr) ?? [];
  if (kind === 'O') return 8;
  return digits === '' || digits === undefined ? Number.NaN : Number(digits);
}
