import type { Decode } from './encoding.ts';
import type { Point } from './numbers.ts';
import { NEWLINE, RETURN } from './text.ts';

const QUOTE = 0x22;

/** How a table is written: the byte between fields, and whether quotation marks enclose them. */
export interface Dialect {
  readonly delimiter: number;
  readonly quotes: boolean;
  /** Between the whole part of a number and its fraction. */
  readonly point: Point;
}

/**
 * The fields of one record, reused from record to record: field i lies between `starts[i]` and
 * `ends[i]`, without its quotation marks; `doubled[i]` is 1 where marks in it are doubled.
 */
export interface Fields {
  count: number;
  starts: Int32Array;
  ends: Int32Array;
  doubled: Uint8Array;
  /** Whether quotation marks enclose a field. */
  quoted: boolean;
}

export function newFields(): Fields {
  return {
    count: 0,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    doubled: new Uint8Array(64),
    quoted: false,
  };
}

function add(fields: Fields, start: number, end: number, doubled: number): void {
  if (fields.count === fields.starts.length) {
    const larger = fields.count * 2;
    const grown = (from: Int32Array): Int32Array => {
      const to = new Int32Array(larger);
      to.set(from);
      return to;
    };
    fields.starts = grown(fields.starts);
    fields.ends = grown(fields.ends);
    const flags = new Uint8Array(larger);
    flags.set(fields.doubled);
    fields.doubled = flags;
  }
  fields.starts[fields.count] = start;
  fields.ends[fields.count] = end;
  fields.doubled[fields.count] = doubled;
  fields.count++;
}

/** The record goes on beyond the bytes. */
export const INCOMPLETE = -1;
/** Something other than a delimiter or a line end stands behind a closing quotation mark. */
export const STRAY = -2;

/**
 * Splits the record at `start` as RFC 4180 says and returns where the next one begins; a mark inside
 * a field that does not begin with one is an ordinary character. `isLast`: the file ends with the
 * bytes.
 */
export function splitRecord(
  bytes: Uint8Array,
  start: number,
  isLast: boolean,
  { delimiter, quotes }: Pick<Dialect, 'delimiter' | 'quotes'>,
  fields: Fields,
): number {
  fields.count = 0;
  fields.quoted = false;
  const n = bytes.length;
  for (let at = start; ; at++) {
    if (quotes && at < n && bytes[at] === QUOTE) {
      const open = at + 1;
      fields.quoted = true;
      let doubled = 0;
      for (at = open; ; at++) {
        at = bytes.indexOf(QUOTE, at);
        if (at < 0 || (at + 1 === n && !isLast)) return INCOMPLETE;
        if (bytes[at + 1] !== QUOTE) break;
        doubled = 1;
        at++;
      }
      add(fields, open, at, doubled);
      at++;
      if (bytes[at] === RETURN && (at + 1 === n || bytes[at + 1] === NEWLINE)) at++;
    } else {
      const begin = at;
      while (at < n && bytes[at] !== delimiter && bytes[at] !== NEWLINE) at++;
      const isEnd = at === n || bytes[at] === NEWLINE;
      add(fields, begin, isEnd && at > begin && bytes[at - 1] === RETURN ? at - 1 : at, 0);
    }
    if (at >= n) return isLast ? n : INCOMPLETE;
    if (bytes[at] === NEWLINE) return at + 1;
    if (bytes[at] !== delimiter) return STRAY;
  }
}

/** The text of field i, or undefined where its bytes are no text. */
export function fieldText(
  bytes: Uint8Array,
  fields: Fields,
  i: number,
  decode: Decode,
): string | undefined {
  const text = decode(bytes, fields.starts[i], fields.ends[i]);
  return fields.doubled[i] ? text?.replaceAll('""', '"') : text;
}

/** Whether a record is an empty line. */
export function isEmptyRecord(fields: Fields): boolean {
  return fields.count === 1 && fields.starts[0] === fields.ends[0] && !fields.quoted;
}
