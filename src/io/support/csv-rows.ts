import { counted } from '../../core/text.ts';
import { type ByteSource, refuse } from '../contract.ts';
import type { FormatId } from '../format-id.ts';
import type { VectorTable } from '../table.ts';
import { type Layout, LONGEST_RECORD } from './csv-layout.ts';
import { listInto } from './csv-list.ts';
import { NOT_UTF8 } from './encoding.ts';
import { decimalsOf } from './line-shape.ts';
import { floats, grown } from './memory.ts';
import { parseFloat32 } from './numbers.ts';
import {
  type Fields,
  fieldText,
  INCOMPLETE,
  isEmptyRecord,
  newFields,
  STRAY,
  splitRecord,
} from './records.ts';
import { lineEnd, NEWLINE, RETURN, SPACE, textOf, wholeLines } from './text.ts';
import { vectorInto as cellInto } from './vector-cells.ts';

/** Bytes of text taken at a time. */
const CHUNK = 1 << 22;

const QUOTE = 0x22;

/**
 * Refuses a record whose quotation marks enclose line breaks, where each of its lines would be a
 * record without them: a mark may be a character of a label.
 */
function requireOneReading(
  source: ByteSource,
  { dialect, width }: Layout,
  bytes: Uint8Array,
  start: number,
  end: number,
  row: number,
): void {
  const plain = { delimiter: dialect.delimiter, quotes: false };
  const fields = newFields();
  let lines = 0;
  for (let at = start; at < end; lines++) {
    at = splitRecord(bytes.subarray(0, end), at, true, plain, fields);
    if (fields.count !== width) return;
  }
  if (lines < 2) return;
  refuse(
    source,
    `row ${row} has a quotation mark that closes ${lines - 1} lines below, and each of these lines could be a row; say whether marks enclose fields (quotes, --no-quotes).`,
  );
}

/**
 * The records in pieces of the file: its bytes, and a function that gives the fields of the next
 * record in them, or null when the piece is used up. Empty lines are passed over.
 */
async function* records(
  source: ByteSource,
  layout: Layout,
): AsyncGenerator<readonly [bytes: Uint8Array, take: () => Fields | null]> {
  const { dialect, offset } = layout;
  const fields = newFields();
  let row = 0;
  let length = CHUNK;
  for (let base = offset; base < source.size; ) {
    const bytes = await source.read(base, Math.min(length, source.size - base));
    const isLast = base + bytes.length === source.size;
    let at = 0;
    const take = (): Fields | null => {
      while (at < bytes.length) {
        const next = splitRecord(bytes, at, isLast, dialect, fields);
        if (next === INCOMPLETE) return null;
        if (next === STRAY) {
          refuse(source, `row ${row + 1} has something behind a closing quotation mark.`);
        }
        const start = at;
        at = next;
        if (isEmptyRecord(fields)) continue;
        row++;
        if (fields.quoted) requireOneReading(source, layout, bytes, start, next, row);
        return fields;
      }
      return null;
    };
    yield [bytes, take];
    if (at === 0) {
      if (isLast)
        refuse(
          source,
          `row ${row + 1} has a quotation mark that is not closed (where marks are characters: --no-quotes).`,
        );
      length *= 2;
      if (length > LONGEST_RECORD) {
        refuse(source, `row ${row + 1} has no end; a quotation mark may be left open.`);
      }
    } else {
      if (isLast && at < bytes.length) {
        refuse(
          source,
          `row ${row + 1} has a quotation mark that is not closed (where marks are characters: --no-quotes).`,
        );
      }
      base += at;
      length = CHUNK;
    }
  }
}

/** Number of records; where no quotation mark is in the file, lines are. */
export async function countedRows(source: ByteSource, layout: Layout): Promise<number> {
  const lines = await countedPlainLines(source, layout);
  if (lines !== null) return lines;
  let count = 0;
  for await (const [, take] of records(source, layout)) while (take()) count++;
  return count;
}

/** Number of lines that are not empty, or null where a quotation mark makes lines uncertain. */
async function countedPlainLines(
  source: ByteSource,
  { offset, dialect }: Layout,
): Promise<number | null> {
  let count = 0;
  for await (const bytes of wholeLines(source, offset)) {
    if (dialect.quotes && bytes.includes(QUOTE)) return null;
    for (let start = 0; start < bytes.length; ) {
      const end = lineEnd(bytes, start);
      const length = end - start;
      if (length > 1 || (length === 1 && bytes[start] !== RETURN)) count++;
      start = end + 1;
    }
  }
  return count;
}

/** The numbers of one record into `out[at…]`. */
function vectorInto(
  source: ByteSource,
  layout: Layout,
  bytes: Uint8Array,
  fields: Fields,
  out: Float32Array,
  at: number,
  row: number,
): void {
  const { count, starts, ends } = fields;
  const { selection, names, width, cols } = layout;
  const { point } = layout.dialect;
  if (count !== width)
    refuse(source, `row ${row} has ${counted(count, 'field')}; ${width} are expected.`);
  if (selection.isList) {
    const [i] = selection.vector;
    const found = listInto(bytes, starts[i], ends[i], out, at, cols);
    if (found === cols) return;
    const text = fieldText(bytes, fields, i, layout.decode) ?? '';
    const fault = cellInto(text, cols, out, at, layout.base64);
    if (fault) refuse(source, `row ${row}, column ${JSON.stringify(names[i])} ${fault}.`);
    return;
  }
  for (let c = 0; c < cols; c++) {
    const i = selection.vector[c];
    let [start, end] = [starts[i], ends[i]];
    while (start < end && bytes[start] === SPACE) start++;
    while (end > start && bytes[end - 1] === SPACE) end--;
    const value = parseFloat32(bytes, start, end, point);
    if (value === undefined) {
      const text = JSON.stringify(textOf(bytes, start, Math.min(end, start + 40)));
      const what = start === end ? 'is empty' : `is ${text}`;
      refuse(
        source,
        `row ${row}, column ${JSON.stringify(names[i])} ${what}; a number is expected.`,
      );
    }
    out[at + c] = value;
  }
}

/** Refuses a file whose end lacks digits that all other numbers have. */
async function requireWholeEnd(source: ByteSource, layout: Layout, rows: number): Promise<void> {
  const { decimals, selection, width } = layout;
  if (decimals === undefined || selection.vector[selection.vector.length - 1] !== width - 1) return;
  const tail = await source.read(
    Math.max(0, source.size - LONGEST_NUMBER),
    Math.min(LONGEST_NUMBER, source.size),
  );
  if (tail[tail.length - 1] === NEWLINE) return;
  const start = tail.lastIndexOf(layout.dialect.delimiter) + 1;
  const text = textOf(tail, start, tail.length).replaceAll('"', '');
  if (decimalsOf(text) === decimals) return;
  refuse(
    source,
    `row ${rows}, the last, ends in ${JSON.stringify(text.slice(0, 40))}, which has not ${decimals} decimals as all other numbers; the file seems to be cut off.`,
  );
}

/** Longest text of a number. */
const LONGEST_NUMBER = 400;

/** The rows of a table of text in blocks. */
export async function* tableBlocks(
  source: ByteSource,
  format: FormatId,
  layout: Layout,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { cols, selection, names, decode } = layout;
  const { label, others } = selection;
  const textAt = (bytes: Uint8Array, fields: Fields, i: number): string => {
    const text = fieldText(bytes, fields, i, decode);
    if (text !== undefined) return text;
    return refuse(source, `row ${row}, column ${JSON.stringify(names[i])} ${NOT_UTF8}.`);
  };
  let data: Float32Array = new Float32Array(0);
  let labels: string[] = [];
  let columns: string[][] = [];
  let row = 0;
  let n = 0;
  const block = (): VectorTable => ({
    points: { data: data.subarray(0, n * cols), rows: n, cols },
    labels: label < 0 ? undefined : labels,
    columns: Object.fromEntries(others.map((i, k) => [names[i], columns[k]])),
    source: { name: source.name, format, dtype: 'text' },
  });
  for await (const [bytes, take] of records(source, layout)) {
    for (let fields = take(); fields; fields = take()) {
      if (n === 0) {
        // A number takes a digit and a separator, so the file itself bounds what it can hold.
        const most = Math.ceil(source.size / (2 * cols)) + 1;
        data = floats(Math.min(rowsPerBlock, most) * cols, source.name, shared);
        labels = [];
        columns = others.map(() => []);
      }
      if ((n + 1) * cols > data.length) {
        data = grown(data, Math.min(rowsPerBlock, 2 * n) * cols, source.name, shared);
      }
      row++;
      vectorInto(source, layout, bytes, fields, data, n * cols, row);
      if (label >= 0) labels.push(textAt(bytes, fields, label));
      for (const [k, i] of others.entries()) columns[k].push(textAt(bytes, fields, i));
      if (++n === rowsPerBlock) {
        yield block();
        n = 0;
      }
    }
  }
  await requireWholeEnd(source, layout, row);
  if (n > 0) yield block();
}
