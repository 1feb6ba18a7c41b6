import { counted } from '../../core/text.ts';
import { type ByteSource, type ReadOptions, refuse } from '../contract.ts';
import { type Candidate, isUnique } from './candidates.ts';
import { columnKind } from './column-kind.ts';
import { isVectorName } from './column-names.ts';
import { type Delimited, guessedDelimiter } from './csv-delimiter.ts';
import { headerOf } from './csv-header.ts';
import { isList } from './csv-list.ts';
import { pointOf, requireWholeColumns } from './csv-numbers.ts';
import { commentsOf, type Sample, sampleOf, widthOf, withoutComments } from './csv-sample.ts';
import { type Decode, decoderOf, NOT_UTF8 } from './encoding.ts';
import { HEAD_BYTES } from './head.ts';
import { fixedDecimals } from './line-shape.ts';
import { numberWith } from './numbers.ts';
import type { Dialect } from './records.ts';
import { requireDistinct, type Selection, selected } from './select.ts';
import { byteOrderMark } from './text.ts';
import { judgedVectors } from './vector-cells.ts';

/** Longest record; beyond it a quotation mark was most likely left open. */
export const LONGEST_RECORD = 1 << 28;

/** Records that tell names from values, and how many decimals numbers have. */
const FEW = 50;

/** How a table of text is to be read. */
export interface Layout {
  readonly dialect: Dialect;
  /** Where the rows begin, behind the header. */
  readonly offset: number;
  readonly names: readonly string[];
  readonly selection: Selection;
  /** Fields a record must have. */
  readonly width: number;
  /** Numbers a vector has. */
  readonly cols: number;
  readonly decode: Decode;
  /** Digits behind the point, where every number has as many. */
  readonly decimals: number | undefined;
  readonly base64?: ReadOptions['base64'];
}

interface Column {
  readonly name: string;
  readonly values: readonly string[];
  /** Whether it stands behind the last delimiter of rows that end in one. */
  readonly isNameless: boolean;
}

/** What a column is; undefined for one without name and values. */
function candidateOf(
  { name, values, isNameless }: Column,
  isNumber: (text: string) => boolean,
  { vector, base64 }: ReadOptions,
): Candidate | undefined {
  const there = values.filter((value) => value.trim() !== '');
  if (there.length === 0 && (name === '' || isNameless)) return undefined;
  if (there.length > 0 && there.every(isNumber)) {
    return { name, kind: 'number', isUnique: isUnique(values) };
  }
  const cells = values.map((value) => (value.trim() === '' ? null : value));
  return columnKind(name, cells, isVectorName(name) || name === vector, base64);
}

type Split = Pick<Dialect, 'delimiter' | 'quotes'>;

/** Reads the beginning of the file until it holds two whole records, or all. */
async function beginning(
  source: ByteSource,
  splitOf: (bytes: Uint8Array, isWhole: boolean) => Split,
  decode: Decode,
): Promise<{ bytes: Uint8Array; split: Split; sample: Sample }> {
  for (let length = HEAD_BYTES; ; length *= 2) {
    const bytes = await source.read(0, Math.min(length, source.size));
    const isWhole = bytes.length === source.size;
    const split = splitOf(bytes, isWhole);
    const sample = sampleOf(bytes, byteOrderMark(bytes), isWhole, split, undefined, decode);
    if (!sample) {
      refuse(source, 'something stands behind a closing quotation mark in the first rows.');
    }
    if (isWhole || sample.records.length > 1) return { bytes, split, sample };
    if (length > LONGEST_RECORD) {
      refuse(source, 'the first row has no end; a quotation mark may be left open.');
    }
  }
}

/** The delimiter named by the caller, else guessed, else the usual one. */
function splitOf(
  source: ByteSource,
  { delimiter, quotes = true }: ReadOptions,
  usual: number,
): (bytes: Uint8Array, isWhole: boolean) => Split {
  if (delimiter !== undefined && (delimiter.length !== 1 || delimiter.charCodeAt(0) > 0x7e)) {
    refuse(source, `the delimiter must be one ASCII character; got ${JSON.stringify(delimiter)}.`);
  }
  return (bytes, isWhole) => {
    if (delimiter !== undefined) return { delimiter: delimiter.charCodeAt(0), quotes };
    const guess = guessedDelimiter(bytes, byteOrderMark(bytes), isWhole, quotes);
    if (guess) requireOneDelimiter(source, guess);
    return { delimiter: guess?.delimiter ?? usual, quotes };
  };
}

function requireOneDelimiter(source: ByteSource, { delimiter, rival }: Delimited): void {
  if (rival === undefined) return;
  const [one, other] = [delimiter, rival].map((code) => JSON.stringify(String.fromCharCode(code)));
  refuse(
    source,
    `the fields could be separated by ${one} or by ${other}; say which (--delimiter).`,
  );
}

/** The records that can be rows or names: without comments, all of the usual width. */
function tableOf(
  source: ByteSource,
  { records, starts }: Sample,
  end: number,
  isNumber: (text: string) => boolean,
): { records: readonly (readonly string[])[]; start: number; next: number; width: number } {
  const { width } = widthOf(records);
  const couldBeHeader = (rest: readonly (readonly string[])[]): boolean =>
    headerOf(
      rest.filter(({ length }) => length === width),
      { isNumber, isList },
    ) !== false;
  const comments = commentsOf(records, width, couldBeHeader);
  const first = records[comments];
  if (first.length !== width) {
    const what = comments > 0 ? `the line behind ${comments} comments` : 'line 1';
    refuse(
      source,
      `${what} has ${counted(first.length, 'field')}; ${width} are expected, as in most lines.`,
    );
  }
  const at = records.map((_, i) => i).filter((i) => i >= comments && records[i].length === width);
  return {
    records: at.map((i) => records[i]),
    start: starts[comments],
    next: starts[comments + 1] ?? end,
    width,
  };
}

/** Finds out the delimiter, the header, the columns, and which of them are the vector. */
export async function layoutOf(
  source: ByteSource,
  options: ReadOptions,
  usual: number,
): Promise<Layout> {
  const decode = decoderOf(options);
  const { bytes, split, sample } = await beginning(source, splitOf(source, options, usual), decode);
  if (sample.records.length === 0) refuse(source, 'there is no whole row in the file.');
  const point = pointOf(source, withoutComments(sample.records), options);
  const isNumber = (text: string): boolean => numberWith(point, text.trim()) !== undefined;
  const { records, start, next, width } = tableOf(source, sample, bytes.length, isNumber);
  const hasHeader = options.header ?? headerOf(records.slice(0, FEW), { isNumber, isList });
  if (typeof hasHeader === 'object') {
    const start = JSON.stringify(
      records[0].join(String.fromCharCode(split.delimiter)).slice(0, 60),
    );
    refuse(source, `the first line ${start} ${hasHeader.trouble}.`);
  }
  const rows = hasHeader ? records.slice(1) : records;
  if (rows.length === 0) refuse(source, 'there is a line of names but no row of values.');
  if (hasHeader) requireUtf8Names(source, bytes.subarray(start, next), decode);
  const names = hasHeader ? records[0] : records[0].map((_, i) => String(i + 1));
  const columns = names.map((name, i) => ({
    name,
    values: rows.map((record) => record[i]),
    isNameless: !hasHeader && i === names.length - 1,
  }));
  const selection = selectionOf(source, columns, isNumber, options);
  if (!hasHeader) requireBareLabels(source, rows, selection, options);
  if (!hasHeader) requireParted(source, columns, selection, options);
  requireWholeColumns(source, columns, selection, hasHeader, isNumber, options);
  const [first] = selection.vector;
  const cols = selection.isList
    ? judgedVectors(columns[first].values, options.base64).cols
    : selection.vector.length;
  if (cols < 1)
    refuse(source, `the list of row 1 in column ${JSON.stringify(names[first])} is empty.`);
  // Without a header the first row may stand behind comments.
  const offset = hasHeader ? next : start;
  const decimals = selection.isList
    ? undefined
    : fixedDecimals(valuesOf(rows.slice(0, -1).slice(0, FEW), selection.vector));
  const dialect = { ...split, point };
  const { base64 } = options;
  return { dialect, offset, names, selection, width, cols, decode, decimals, base64 };
}

/** A label, a blank and a decimal, in brackets perhaps. */
const WITH_NUMBER = /\S\s+[[({]?\s*[-+]?\d*\.\d+(?:e[-+]?\d+)?$/i;
const WITH_BRACKET = /\s[[({]\s*[-+]?[\d.]+(?:e[-+]?\d+)?$/i;

/** Refuses rows whose first number stands in the field of the label: `the 0.1,0.2` or `the [0.1, 0.2]`. */
function requireBareLabels(
  source: ByteSource,
  rows: readonly (readonly string[])[],
  { label, isList }: Selection,
  options: ReadOptions,
): void {
  if (label !== 0 || isList || options.vector !== undefined) return;
  const share = (form: RegExp): number =>
    rows.filter(([first]) => form.test(first.trim())).length / rows.length;
  const isAsked = options.label !== undefined;
  if (share(WITH_BRACKET) <= 0.5 && (isAsked || share(WITH_NUMBER) < 0.9)) return;
  const shown = JSON.stringify(rows[0].slice(0, 2).join(','));
  refuse(
    source,
    `the first number of a row stands in the field of its label (${shown}); separate all fields in one way, or say that it belongs to the label (--label 1).`,
  );
}

/** Two numbers, of which the first is in no other text, with a delimiter or a blank between. */
const GLUED = /^\s*[+-]?\d*[.,]\d+(e[+-]?\d+)?\s*[;,|\t ]\s*[+-]?[.,]?\d[\d.,]*/i;

/** Refuses rows without names in which a field beside the vector holds several numbers. */
function requireParted(
  source: ByteSource,
  columns: readonly Column[],
  { label, others }: Selection,
  options: ReadOptions,
): void {
  if (options.vector !== undefined || options.delimiter !== undefined) return;
  for (const i of [label, ...others]) {
    if (i < 0 || options.label === columns[i].name) continue;
    const [first, ...rest] = columns[i].values;
    if (![first, ...rest].every((text) => GLUED.test(text))) continue;
    const shown = JSON.stringify(first.slice(0, 40));
    refuse(
      source,
      `column ${i + 1} holds several numbers in one field (${shown}); separate all fields in one way, or name the delimiter (--delimiter).`,
    );
  }
}

function* valuesOf(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
): Generator<string> {
  for (const row of rows) for (const i of columns) yield row[i];
}

function requireUtf8Names(source: ByteSource, line: Uint8Array, decode: Decode): void {
  if (decode(line, 0, line.length) === undefined) refuse(source, `the line of names ${NOT_UTF8}.`);
}

function selectionOf(
  source: ByteSource,
  columns: readonly Column[],
  isNumber: (text: string) => boolean,
  options: ReadOptions,
): Selection {
  const candidates = columns.map((column) => candidateOf(column, isNumber, options));
  const there = columns.map((_, i) => i).filter((i) => candidates[i] !== undefined);
  requireDistinct(
    source,
    there.map((i) => columns[i].name),
  );
  const local = selected(
    source,
    candidates.filter((candidate) => candidate !== undefined),
    options,
  );
  const vector = local.vector.map((i) => there[i]);
  const label = local.label < 0 ? -1 : there[local.label];
  const taken = new Set([...vector, label]);
  return { vector, isList: local.isList, label, others: there.filter((i) => !taken.has(i)) };
}
