import { type ByteSource, type ReadOptions, refuse } from '../contract.ts';
import { type Candidate, isUnique } from './candidates.ts';
import { columnKind } from './column-kind.ts';
import { isVectorName } from './column-names.ts';
import { HEAD_BYTES } from './head.ts';
import { numberOf, parseFloat32 } from './numbers.ts';
import {
  type Dialect,
  type Fields,
  fieldText,
  INCOMPLETE,
  isEmptyRecord,
  newFields,
  STRAY,
  splitRecord,
} from './records.ts';
import { type Selection, selected } from './select.ts';
import { byteOrderMark, SPACE } from './text.ts';
import { judgedVectors } from './vector-cells.ts';

/** Records that decide what the columns are. */
const SAMPLE = 200;

/** Longest record; beyond it a quotation mark was most likely left open. */
export const LONGEST_RECORD = 1 << 28;

/** How a table of text is to be read. */
export interface Layout {
  readonly dialect: Dialect;
  /** Where the rows begin, behind the header. */
  readonly offset: number;
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  readonly selection: Selection;
  /** Fields a record must have. */
  readonly width: number;
  /** Numbers a vector has. */
  readonly cols: number;
  readonly base64?: ReadOptions['base64'];
}

interface Sample {
  /** Fields of the first records. */
  readonly records: readonly (readonly string[])[];
  /** Where the second record begins. */
  readonly second: number;
}

/** The first records of `bytes`, or null if a field is malformed. */
export function sampleOf(
  bytes: Uint8Array,
  start: number,
  isWhole: boolean,
  dialect: Dialect,
  most = SAMPLE,
): Sample | null {
  const fields = newFields();
  const records: string[][] = [];
  let second = bytes.length;
  for (let at = start; at < bytes.length && records.length < most; ) {
    const next = splitRecord(bytes, at, isWhole, dialect, fields);
    if (next === INCOMPLETE) break;
    if (next === STRAY) return null;
    if (!isEmptyRecord(fields)) {
      records.push(Array.from({ length: fields.count }, (_, i) => fieldText(bytes, fields, i)));
      if (records.length === 1) second = next;
    }
    at = next;
  }
  return { records, second };
}

/** The delimiter that gives the first records the same number of fields, as many as can be. */
export function guessedDelimiter(
  bytes: Uint8Array,
  start: number,
  isWhole: boolean,
  quotes: boolean,
): { delimiter: number; width: number } | null {
  let best: { delimiter: number; width: number } | null = null;
  for (const character of ',\t;|') {
    const delimiter = character.charCodeAt(0);
    const sample = sampleOf(bytes, start, isWhole, { delimiter, quotes }, 20);
    const width = sample?.records[0]?.length ?? 0;
    if (width < 2 || !sample?.records.every((record) => record.length === width)) continue;
    if (!best || width > best.width) best = { delimiter, width };
  }
  return best;
}

const isNumber = (text: string): boolean => numberOf(text.trim()) !== undefined;

/** Whether the names of columns, rather than values, stand in the first record. */
function firstIsHeader([first, ...rest]: readonly (readonly string[])[]): boolean {
  if (rest.length === 0) return first.every((text) => !isNumber(text) && !isList(text));
  const counts = first.filter((text) => text !== '');
  if (counts.length > 1 && counts.every((text, i) => text === String(i))) {
    return rest.some((record) => record.some((text) => isNumber(text) && /[.e]/i.test(text)));
  }
  // A vector may be in text that looks like any other; a name of one is no value.
  if (first.some((text) => isVectorName(text.trim()))) return true;
  return first.some((text, i) => {
    const below = rest.map((record) => record[i] ?? '').filter((value) => value !== '');
    if (below.length === 0) return false;
    return (below.every(isNumber) && !isNumber(text)) || (below.every(isList) && !isList(text));
  });
}

/** Whether a text is a list of numbers in brackets. */
function isList(text: string): boolean {
  return /^\s*\[[^[\]]*\]\s*$/.test(text) && listLength(new TextEncoder().encode(text)) > 0;
}

/** What a column is; undefined for one without name and values. */
function candidateOf(
  name: string,
  values: readonly string[],
  { vector, base64 }: ReadOptions,
): Candidate | undefined {
  const there = values.filter((value) => value.trim() !== '');
  if (there.length === 0 && name === '') return undefined;
  if (there.length > 0 && there.every(isNumber)) {
    return { name, kind: 'number', isUnique: isUnique(values) };
  }
  const cells = values.map((value) => (value.trim() === '' ? null : value));
  return columnKind(name, cells, isVectorName(name) || name === vector, base64);
}

/** Numbers in the list between `start` and `end`, put into `out[at…]`; -1 if it is none. */
export function listInto(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float32Array | null,
  at: number,
  most: number,
): number {
  const isGap = (byte: number): boolean => byte <= SPACE || byte === 0x2c;
  let [first, last] = [start, end];
  while (first < last && bytes[first] <= SPACE) first++;
  while (last > first && bytes[last - 1] <= SPACE) last--;
  if (bytes[first] !== 0x5b || bytes[last - 1] !== 0x5d) return -1;
  first++;
  last--;
  let count = 0;
  // A list does not begin with a comma, and nothing between two of them is a gap.
  let commas = 1;
  while (first < last) {
    if (isGap(bytes[first])) {
      if (bytes[first] === 0x2c && ++commas > 1) return -1;
      first++;
      continue;
    }
    commas = 0;
    let stop = first;
    while (stop < last && !isGap(bytes[stop])) stop++;
    const value = parseFloat32(bytes, first, stop);
    if (value === undefined || count === most) return -1;
    if (out) out[at + count] = value;
    count++;
    first = stop;
  }
  return count;
}

function listLength(bytes: Uint8Array): number {
  return listInto(bytes, 0, bytes.length, null, 0, Number.POSITIVE_INFINITY);
}

/** Reads the beginning of the file until it holds two whole records, or all. */
async function beginning(
  source: ByteSource,
  dialectOf: (bytes: Uint8Array, isWhole: boolean) => Dialect,
): Promise<{ bytes: Uint8Array; dialect: Dialect; sample: Sample }> {
  for (let length = HEAD_BYTES; ; length *= 2) {
    const bytes = await source.read(0, Math.min(length, source.size));
    const isWhole = bytes.length === source.size;
    const dialect = dialectOf(bytes, isWhole);
    const sample = sampleOf(bytes, byteOrderMark(bytes), isWhole, dialect);
    if (!sample) {
      refuse(source, 'something stands behind a closing quotation mark in the first rows.');
    }
    if (isWhole || sample.records.length > 1) return { bytes, dialect, sample };
    if (length > LONGEST_RECORD) {
      refuse(source, 'the first row has no end; a quotation mark may be left open.');
    }
  }
}

/** Finds out the delimiter, the header, the columns, and which of them are the vector. */
export async function layoutOf(
  source: ByteSource,
  options: ReadOptions,
  usual: number,
): Promise<Layout> {
  const { delimiter, quotes = true } = options;
  if (delimiter !== undefined && (delimiter.length !== 1 || delimiter.charCodeAt(0) > 0x7e)) {
    refuse(source, `the delimiter must be one ASCII character; got ${JSON.stringify(delimiter)}.`);
  }
  const { bytes, dialect, sample } = await beginning(source, (head, isWhole) => ({
    delimiter:
      delimiter?.charCodeAt(0) ??
      guessedDelimiter(head, byteOrderMark(head), isWhole, quotes)?.delimiter ??
      usual,
    quotes,
  }));
  const { records, second } = sample;
  if (records.length === 0) refuse(source, 'there is no whole row in the file.');
  const hasHeader = firstIsHeader(records);
  const width = records[0].length;
  const names = hasHeader ? records[0] : records[0].map((_, i) => String(i + 1));
  const rows = hasHeader ? records.slice(1) : records;
  const cellsOf = (i: number): string[] => rows.map((record) => record[i] ?? '');
  const candidates = names.map((name, i) => candidateOf(name, cellsOf(i), options));
  if (rows.length === 0) refuse(source, 'there is a line of names but no row of values.');
  const there = names.map((_, i) => i).filter((i) => candidates[i] !== undefined);
  const local = selected(
    source,
    candidates.filter((candidate) => candidate !== undefined),
    options,
  );
  const vector = local.vector.map((i) => there[i]);
  const label = local.label < 0 ? -1 : there[local.label];
  const taken = new Set([...vector, label]);
  const others = there.filter((i) => !taken.has(i));
  const selection = { vector, isList: local.isList, label, others };
  const [first] = selection.vector;
  const cols = selection.isList
    ? judgedVectors(cellsOf(first), options.base64).cols
    : selection.vector.length;
  if (cols < 1)
    refuse(source, `the list of row 1 in column ${JSON.stringify(names[first])} is empty.`);
  const offset = hasHeader ? second : byteOrderMark(bytes);
  return { dialect, offset, names, hasHeader, selection, width, cols, base64: options.base64 };
}

export type { Fields };
