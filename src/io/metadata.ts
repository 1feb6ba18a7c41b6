import { openSource } from '#files';
import { counted } from '../core/text.ts';
import { type ByteSource, endsIn, refuse, type Source } from './contract.ts';
import { columnOfValues } from './support/cells.ts';
import { guessedDelimiter } from './support/csv-delimiter.ts';
import { utf8Source } from './support/encoding.ts';
import {
  type Dialect,
  fieldText,
  INCOMPLETE,
  isEmptyRecord,
  newFields,
  STRAY,
  splitRecord,
} from './support/records.ts';
import { strangerOf } from './support/strangers.ts';
import { byteOrderMark, looksLikeText, textLines, utf8Text } from './support/text.ts';
import type { Column } from './table.ts';

/** Rows of values by name, or records whose first may be the names. */
export interface Metadata {
  readonly name: string;
  /** The table as it is where the format has names. */
  readonly columns?: ReadonlyMap<string, Column> | undefined;
  /** All records of a text file; whether the first one is names depends on how many vectors there are. */
  readonly records?: readonly (readonly string[])[] | undefined;
}

const TAB = 0x09;
const COMMA = 0x2c;

/** Bytes by which the kind of the file is known. */
const HEAD = 1 << 16;

/** Whether a column of the metadata has this name. */
export function hasColumn({ columns, records = [] }: Metadata, name: string): boolean {
  return columns?.has(name) ?? records[0].includes(name);
}

/** Reads a table that has no vectors of its own: CSV, TSV, JSON lines or Parquet; lines of text are one column. */
export async function readMetadata(from: Source): Promise<Metadata> {
  const opened = await openSource(from);
  try {
    const source = await utf8Source(opened, {});
    const { name } = source;
    if (source.size === 0) refuse(source, 'the file is empty.');
    const head = await source.read(0, Math.min(HEAD, source.size));
    const stranger = strangerOf(head);
    if (stranger !== undefined) refuse(source, stranger);
    if (String.fromCharCode(...head.subarray(0, 4)) === 'PAR1') {
      return { name, columns: columnsOfRows(source, await parquetRows(source)) };
    }
    if (!looksLikeText(head)) {
      refuse(source, 'metadata are CSV, TSV, JSON lines or Parquet; this is none of them.');
    }
    const first = head.subarray(byteOrderMark(head)).find((byte) => byte > 0x20);
    const isJson = (first === 0x7b || first === 0x5b) && !endsIn(name, ['.csv', '.tsv', '.txt']);
    if (isJson) return { name, columns: columnsOfRows(source, await jsonRows(source)) };
    return { name, records: await recordsOf(source) };
  } finally {
    await opened.close();
  }
}

async function parquetRows(source: ByteSource): Promise<readonly Row[]> {
  const [{ parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const file = {
    byteLength: source.size,
    async slice(start: number, end = source.size): Promise<ArrayBuffer> {
      return (await source.read(start, end - start)).slice().buffer as ArrayBuffer;
    },
  };
  try {
    return await parquetReadObjects({ file, compressors });
  } catch (cause) {
    return refuse(source, 'the Parquet file cannot be read; it may be damaged.', cause);
  }
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of objects, or an object a line. */
async function jsonRows(source: ByteSource): Promise<readonly Row[]> {
  const whole = parsed(new TextDecoder().decode(await source.read(0, source.size)));
  if (Array.isArray(whole)) {
    const odd = whole.findIndex((value) => !isRow(value));
    if (odd < 0) return whole as Row[];
    refuse(source, `entry ${odd + 1} of the list is not an object; metadata have one a vector.`);
  }
  const rows: Row[] = [];
  let line = 0;
  for await (const text of textLines(source)) {
    line++;
    if (text.trim() === '') continue;
    const value = parsed(text);
    if (value === undefined) refuse(source, `line ${line} is not JSON.`);
    if (!isRow(value)) refuse(source, `line ${line} is not an object; metadata have one a line.`);
    rows.push(value);
  }
  return rows;
}

/** Texts, which are passed over, and whole numbers that may have more digits than a double. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|(?<![.\d])-?\d{16,}(?![\d.eE])/g;

/** Ids of 64 bits as text: as numbers, some would become equal. */
const kept = (found: string): string =>
  found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`;

/** The value of a JSON text; undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(LONG_INTEGER, kept));
  } catch {
    return undefined;
  }
}

function columnsOfRows(source: ByteSource, rows: readonly Row[]): Map<string, Column> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) refuse(source, 'there are no columns in the metadata.');
  return new Map(
    names.map((name) => [
      name,
      columnOfValues(rows.map((row) => (Object.hasOwn(row, name) ? row[name] : null))),
    ]),
  );
}

/** The records of a text file; a file of one column keeps its blank lines, which are empty labels. */
async function recordsOf(source: ByteSource): Promise<string[][]> {
  const bytes = await source.read(0, source.size);
  const start = byteOrderMark(bytes);
  const end = bytes.indexOf(0x0a, start);
  const line = bytes.subarray(start, end < 0 ? bytes.length : end);
  // The projector's files have tabs and no quotation marks.
  const delimiter = line.includes(TAB) ? TAB : delimiterOf(bytes, start, line);
  if (delimiter === undefined || (delimiter !== TAB && endsIn(source.name, ['.tsv', '.txt']))) {
    const lines: string[][] = [];
    for await (const text of textLines(source)) lines.push([text]);
    return lines;
  }
  const plain =
    delimiter === TAB ? split(source, bytes, start, { delimiter, quotes: false }) : null;
  if (plain && isTable(plain) && !plain.flat().some(isQuoted)) return plain;
  const records = split(source, bytes, start, { delimiter, quotes: true }) ?? plain;
  if (!records)
    return refuse(source, 'a quotation mark is not closed, or something stands behind it.');
  const width = records[0].length;
  const odd = records.findIndex((record) => record.length !== width);
  if (odd >= 0) {
    refuse(
      source,
      `row ${odd + 1} has ${counted(records[odd].length, 'field')}; the first has ${width}.`,
    );
  }
  return records;
}

/** What separates fields; commas also where some rows have more than others, which is said then. */
function delimiterOf(bytes: Uint8Array, start: number, line: Uint8Array): number | undefined {
  const guess = guessedDelimiter(bytes.subarray(0, HEAD), start, bytes.length <= HEAD, true);
  return guess?.delimiter ?? (line.includes(COMMA) ? COMMA : undefined);
}

const isTable = ([first, ...rest]: readonly (readonly string[])[]): boolean =>
  rest.every(({ length }) => length === first.length);

const isQuoted = (text: string): boolean => /^".*"$/s.test(text);

/** All records that are not empty; null where quotation marks do not close. */
function split(
  source: ByteSource,
  bytes: Uint8Array,
  start: number,
  dialect: Pick<Dialect, 'delimiter' | 'quotes'>,
): string[][] | null {
  const fields = newFields();
  const records: string[][] = [];
  for (let at = start; at < bytes.length; ) {
    at = splitRecord(bytes, at, true, dialect, fields);
    if (at === INCOMPLETE || at === STRAY) return null;
    if (isEmptyRecord(fields)) continue;
    records.push(
      Array.from(
        { length: fields.count },
        (_, i) =>
          fieldText(bytes, fields, i, utf8Text) ??
          refuse(
            source,
            `line ${records.length + 1} of the metadata is not UTF-8; save the file as UTF-8.`,
          ),
      ),
    );
  }
  return records;
}
