import { type ByteSource, refuse } from '../contract.ts';
import { buffered } from './buffered.ts';

/** A field of a message: its number and where its content lies; varints have a value besides. */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 a length and so many bytes, 5 four bytes. */
  readonly wire: number;
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** Longest tag and length before a field's content. */
const LONGEST_PREFIX = 20;

/** Fields looked at in one file; models have some hundred thousand. */
const MOST_FIELDS = 1 << 22;

/** A varint, or undefined where the bytes end before; beyond 2⁵³ it is rounded. */
function varint(bytes: Uint8Array, at: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return { value, next: at + i + 1 };
  }
  return undefined;
}

const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** The field at `at` of bytes that begin at `base`; undefined where there is none. */
export function fieldAt(bytes: Uint8Array, at: number, base: number): Field | undefined {
  const tag = varint(bytes, at);
  if (!tag || tag.value >= 2 ** 32) return undefined;
  const wire = tag.value % 8;
  const number = Math.floor(tag.value / 8);
  if (number === 0) return undefined;
  const start = base + tag.next;
  if (wire in FIXED) return { number, wire, start, end: start + FIXED[wire], value: 0 };
  if (wire !== 0 && wire !== 2) return undefined;
  const length = varint(bytes, tag.next);
  if (!length) return undefined;
  const content = base + length.next;
  if (wire === 0) return { number, wire, start, end: content, value: length.value };
  return { number, wire, start: content, end: content + length.value, value: 0 };
}

/** Reads the fields of messages in a file, looking only at their prefixes. */
export function fieldReader(
  source: ByteSource,
): (start: number, end: number) => AsyncGenerator<Field> {
  const near = buffered(source);
  let seen = 0;
  return async function* (start, end) {
    for (let at = start; at < end; ) {
      const prefix = await near.read(at, Math.min(LONGEST_PREFIX, end - at));
      const field = fieldAt(prefix, 0, at);
      if (!field || field.end > end) refuse(source, `the message is damaged at byte ${at}.`);
      if (++seen > MOST_FIELDS) refuse(source, `the file has more than ${MOST_FIELDS} fields.`);
      yield field;
      at = field.end;
    }
  };
}

/** The varints that are packed in these bytes; undefined where the last one is cut off. */
export function packedVarints(bytes: Uint8Array): number[] | undefined {
  const values: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = varint(bytes, at);
    if (!found) return undefined;
    values.push(found.value);
    at = found.next;
  }
  return values;
}
