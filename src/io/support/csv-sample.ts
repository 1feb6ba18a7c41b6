import type { Decode } from './encoding.ts';
import { mostCommon } from './line-shape.ts';
import {
  type Dialect,
  fieldText,
  INCOMPLETE,
  isEmptyRecord,
  newFields,
  STRAY,
  splitRecord,
} from './records.ts';
import { textOf } from './text.ts';

/** Records that decide what the columns are. */
const SAMPLE = 200;

/** The first records of a table of text. */
export interface Sample {
  /** Fields of each. */
  readonly records: readonly (readonly string[])[];
  /** Where each begins. */
  readonly starts: readonly number[];
}

/** The first records of `bytes`, or null if a field is malformed. */
export function sampleOf(
  bytes: Uint8Array,
  start: number,
  isWhole: boolean,
  dialect: Pick<Dialect, 'delimiter' | 'quotes'>,
  most = SAMPLE,
  decode: Decode = textOf,
): Sample | null {
  const fields = newFields();
  const records: string[][] = [];
  const starts: number[] = [];
  for (let at = start; at < bytes.length && records.length < most; ) {
    const next = splitRecord(bytes, at, isWhole, dialect, fields);
    if (next === INCOMPLETE) break;
    if (next === STRAY) return null;
    if (!isEmptyRecord(fields)) {
      const text = (_: unknown, i: number): string =>
        fieldText(bytes, fields, i, decode) ?? textOf(bytes, fields.starts[i], fields.ends[i]);
      records.push(Array.from({ length: fields.count }, text));
      starts.push(at);
    }
    at = next;
  }
  return { records, starts };
}

/** Whether a record before the rows is a comment: it begins with # and does not end in a number. */
export const isComment = (record: readonly string[]): boolean =>
  record[0].startsWith('#') && !/^\s*[+-]?[\d.,]*\s*$/.test(record[record.length - 1]);

/** Number of fields that most records have, comments left out, and whether more than half have it. */
export function widthOf(records: readonly (readonly string[])[]): {
  width: number;
  isClear: boolean;
} {
  const others = records.filter((record) => !isComment(record));
  const { value, share } = mostCommon(
    (others.length > 0 ? others : records).map(({ length }) => length),
  );
  return { width: value, isClear: share > 0.5 };
}

/** The records that have the usual number of fields and are no comments. */
export function withoutComments(
  records: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const { width } = widthOf(records);
  return records.filter((record) => record.length === width && !isComment(record));
}

/**
 * How many of the first records are comments: those that begin with # and have not the fields of the
 * others, or stand above a line of names.
 */
export function commentsOf(
  records: readonly (readonly string[])[],
  width: number,
  couldBeHeader: (records: readonly (readonly string[])[]) => boolean,
): number {
  let count = 0;
  while (count < records.length - 1 && isComment(records[count])) {
    if (records[count].length === width && !couldBeHeader(records.slice(count + 1))) break;
    count++;
  }
  return count;
}
