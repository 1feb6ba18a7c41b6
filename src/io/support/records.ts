import { NEWLINE, RETURN, textOf } from './text.ts';

const QUOTE = 0x22;

/** How a table is written: the byte between fields, and whether quotation marks enclose them. */
export interface Dialect {
  readonly delimiter: number;
  readonly quotes: boolean;
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
}

export function newFields(): Fields {
  return {
    count: 0,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    doubled: new Uint8Array(64),
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
  { delimiter, quotes }: Dialect,
  fields: Fields,
): number {
  fields.count = 0;
  const n = bytes.length;
  for (let at = start; ; at++) {
    if (quotes && at < n && bytes[at] === QUOTE) {
      const open = at + 1;
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

/** The text of field i. */
export function fieldText(bytes: Uint8Array, fields: Fields, i: number): string {
  const text = textOf(bytes, fields.starts[i], fields.ends[i]);
  return fields.doubled[i] ? text.replaceAll('""', '"') : text;
}

/** Whether a record is an empty line. */
export function isEmptyRecord(fields: Fields): boolean {
  return fields.count === 1 && fields.starts[0] === fields.ends[0];
}
