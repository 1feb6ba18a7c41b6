import { type ByteSource, type ReadOptions, refuse } from '../contract.ts';
import { type Decode, decoderOf, NOT_UTF8 } from './encoding.ts';
import { HEAD_BYTES } from './head.ts';
import { type DocumentRows, documentRows } from './json-document.ts';
import { isRow, type Row } from './json-paths.ts';
import { parsedJson, parsedJsonValues } from './json-text.ts';
import { byteOrderMark, countedLines, headLines, isBlank, lineEnd, wholeLines } from './text.ts';

/** Rows that decide what the fields are. */
const SAMPLE = 100;

/** Largest document: V8 has no longer texts. */
const LARGEST_DOCUMENT = 2 ** 29 - 25;

/** A row, and where it stands: `line 3`. */
export interface JsonRow {
  readonly row: Row;
  readonly where: string;
}

/** A file of JSON as rows. */
export interface JsonFile {
  readonly sample: readonly Row[];
  /** Where in a document its rows are. */
  readonly path: string;
  count(): Promise<number>;
  rows(): AsyncIterable<JsonRow>;
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? ` (${cause.message})` : '');

/** A line as fields; an array alone is a field without a name. */
function parsedRow(source: ByteSource, text: string | undefined, line: number): Row {
  if (text === undefined) refuse(source, `line ${line} ${NOT_UTF8}.`);
  let value: unknown;
  try {
    value = parsedJson(text);
  } catch (cause) {
    refuse(source, `line ${line} is not JSON${wordsOf(cause)}.`, cause);
  }
  if (Array.isArray(value)) return { vector: value };
  if (isRow(value)) return value;
  return refuse(source, `line ${line} is neither an object nor a list.`);
}

function isJson(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    parsedJson(text);
    return true;
  } catch {
    return false;
  }
}

/** The first lines that are whole: at least two, or all. */
async function firstLines(source: ByteSource, decode: Decode): Promise<(string | undefined)[]> {
  for (let length = HEAD_BYTES; ; length *= 2) {
    const head = await source.read(0, Math.min(length, source.size));
    const isWhole = head.length === source.size;
    const lines = headLines(head, isWhole, SAMPLE);
    if (lines.length < 2 && !isWhole) continue;
    if (lines.length === 0) refuse(source, 'the file has no line with anything on it.');
    return lines.map((line) => decode(line, 0, line.length));
  }
}

/** Finds out whether each line is a value, or the file is one value or a few over several lines. */
export async function jsonFile(source: ByteSource, options: ReadOptions): Promise<JsonFile> {
  const decode = decoderOf(options);
  const lines = await firstLines(source, decode);
  if (lines.length > 1 && isJson(lines[0])) return lineFile(source, lines, decode);
  if (source.size > LARGEST_DOCUMENT) {
    refuse(
      source,
      'line 1 is no JSON by itself, and a document of one value is read up to 512 MB; write one object a line.',
    );
  }
  const bytes = await source.read(0, source.size);
  const text = decode(bytes, byteOrderMark(bytes), bytes.length);
  if (text === undefined) refuse(source, `the text ${NOT_UTF8}.`);
  let values: unknown[];
  try {
    values = parsedJsonValues(text);
  } catch (cause) {
    const isLines = lines.length === 1 || lines.slice(1).some(isJson);
    refuse(source, `${isLines ? 'line 1' : 'the file'} is not JSON${wordsOf(cause)}.`, cause);
  }
  const found = values.length === 1 ? documentRows(values[0], options) : severalRows(values);
  if (typeof found === 'string') {
    refuse(
      source,
      `the JSON document ${found}; a list of objects, or one object a line, is expected.`,
    );
  }
  return documentFile(found);
}

function severalRows(values: readonly unknown[]): DocumentRows | string {
  const rows = values.map((value) => (Array.isArray(value) ? { vector: value } : value));
  return rows.every(isRow) ? { rows, path: '' } : 'holds values that are neither objects nor lists';
}

function documentFile({ rows, path }: DocumentRows): JsonFile {
  return {
    path,
    sample: rows.slice(0, SAMPLE),
    count: async () => rows.length,
    async *rows() {
      for (const [i, row] of rows.entries()) yield { row, where: `row ${i + 1}` };
    },
  };
}

/** Actions of Elasticsearch's bulk format stand on lines of their own, before what they store. */
const ACTIONS = ['index', 'create'];

function actionOf(row: Row): Row | undefined {
  const keys = Object.keys(row);
  const value = keys.length === 1 && ACTIONS.includes(keys[0]) ? row[keys[0]] : undefined;
  return isRow(value) && Object.keys(value).every((key) => key.startsWith('_')) ? value : undefined;
}

async function lineFile(
  source: ByteSource,
  lines: readonly (string | undefined)[],
  decode: Decode,
): Promise<JsonFile> {
  const offset = byteOrderMark(await source.read(0, Math.min(3, source.size)));
  const first = lines.map((text, i) => ({
    row: parsedRow(source, text, i + 1),
    where: `line ${i + 1}`,
  }));
  const isBulk = actionOf(first[0].row) !== undefined;
  const sample: Row[] = [];
  for await (const { row } of isBulk
    ? joinedActions(source, first.slice(0, 2 * Math.floor(first.length / 2)))
    : first)
    sample.push(row);
  return {
    path: '',
    sample,
    count: async () => (await countedLines(source, offset)) / (isBulk ? 2 : 1),
    rows: () =>
      isBulk
        ? joinedActions(source, lineRows(source, offset, decode))
        : lineRows(source, offset, decode),
  };
}

async function* joinedActions(
  source: ByteSource,
  rows: AsyncIterable<JsonRow> | Iterable<JsonRow>,
): AsyncGenerator<JsonRow> {
  let action: Row | undefined;
  for await (const { row, where } of rows) {
    if (action) {
      yield { row: { ...action, ...row }, where };
      action = undefined;
      continue;
    }
    action = actionOf(row);
    if (!action) refuse(source, `${where} is expected to be an action, as line 1 is.`);
  }
  if (action) refuse(source, 'the last line is an action without a document.');
}

async function* lineRows(
  source: ByteSource,
  offset: number,
  decode: Decode,
): AsyncGenerator<JsonRow> {
  let line = 0;
  for await (const bytes of wholeLines(source, offset)) {
    for (let start = 0; start < bytes.length; ) {
      const end = lineEnd(bytes, start);
      line++;
      if (!isBlank(bytes, start, end)) {
        yield {
          row: parsedRow(source, decode(bytes, start, end), line),
          where: `line ${line}`,
        };
      }
      start = end + 1;
    }
  }
}
