import { openSource } from '#files';
import { endsIn, refuse, type Source } from './contract.ts';
import { readMetadata } from './metadata.ts';
import { utf8Source } from './support/encoding.ts';
import { textLines } from './support/text.ts';
import type { Column } from './table.ts';

/** Texts, one an example, with what else the file said about each. */
export interface Texts {
  readonly name: string;
  readonly texts: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** Blank lines of a `.txt` file, which are no texts. */
  readonly blank?: number | undefined;
}

export interface TextsOptions {
  /** The column that holds the text. Default: `text`, `sentence`, `content`, or the only column of text. */
  readonly column?: string | undefined;
}

const USUAL = ['text', 'sentence', 'content', 'document', 'body'];

/**
 * Reads texts: a `.txt` file has one a line, blank lines left out; CSV, TSV, JSON lines and Parquet have them in a
 * column, and their other columns come along.
 */
export async function readTexts(from: Source, { column }: TextsOptions = {}): Promise<Texts> {
  const lines = await plainLines(from);
  if (lines) {
    if (column !== undefined) refuse(lines, `a file of plain lines has no column "${column}".`);
    if (lines.texts.length === 0) refuse(lines, 'there is no text in the file.');
    return lines;
  }
  const { name, columns: table } = await readColumns(from);
  const words = [...table].filter((entry): entry is [string, readonly string[]] =>
    Array.isArray(entry[1]),
  );
  const found = chosen(words, column);
  if (!found) {
    const names = words.map((entry) => entry[0]).join(', ') || 'none';
    const fault =
      column === undefined
        ? 'not clear which column holds the text (--text NAME)'
        : `there is no "${column}"`;
    return refuse({ name }, `columns of text are ${names}; ${fault}.`);
  }
  const [own, texts] = found;
  return { name, texts, columns: Object.fromEntries([...table].filter(([key]) => key !== own)) };
}

/** A table without vectors: its columns by name. */
export async function readColumns(
  from: Source,
): Promise<{ readonly name: string; readonly columns: ReadonlyMap<string, Column> }> {
  const { name, columns = new Map<string, Column>(), records } = await readMetadata(from);
  return { name, columns: records ? columnsOfRecords(records) : columns };
}

function chosen<T>(words: readonly [string, T][], column: string | undefined) {
  if (column !== undefined) return words.find(([name]) => name === column);
  const usual = USUAL.map((name) => words.find(([own]) => own.toLowerCase() === name));
  return usual.find((entry) => entry) ?? (words.length === 1 ? words[0] : undefined);
}

/** The first record names the columns. */
function columnsOfRecords(records: readonly (readonly string[])[]): Map<string, Column> {
  const [names, ...rows] = records;
  return new Map(names.map((name, at) => [name, rows.map((row) => row[at])]));
}

/** The lines of a file that is text and nothing more by its name. */
async function plainLines(from: Source): Promise<Texts | undefined> {
  const opened = await openSource(from);
  try {
    const source = await utf8Source(opened, {});
    if (!endsIn(source.name, ['.txt', '.text'])) return undefined;
    const texts: string[] = [];
    let blank = 0;
    for await (const line of textLines(source))
      if (line.trim() === '') blank++;
      else texts.push(line.trim());
    return { name: source.name, texts, columns: {}, blank };
  } finally {
    await opened.close();
  }
}

/** The first two columns of a table. */
export interface Pairs {
  /** What the first record has, which may be names. */
  readonly names: readonly [string, string];
  /** The other records. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** Reads pairs, such as edges: the first two columns of CSV, TSV, JSON lines or Parquet, or two words a line. */
export async function readPairs(from: Source): Promise<Pairs> {
  const { name, columns, records } = await readMetadata(from);
  const rows = records ? records.map(fieldsOf) : recordsOf(columns ?? new Map<string, Column>());
  const odd = rows.findIndex((row) => row.length < 2);
  if (odd >= 0 || rows.length === 0)
    refuse({ name }, `row ${odd + 1} has one column; pairs have two.`);
  const [names, ...pairs] = rows.map((row): readonly [string, string] => [row[0], row[1]]);
  return { names, pairs };
}

/** Fields that blanks separate came as one. */
const fieldsOf = (record: readonly string[]): readonly string[] =>
  record.length === 1 ? record[0].trim().split(/\s+/) : record;

function recordsOf(columns: ReadonlyMap<string, Column>): string[][] {
  const [a, b] = columns.values();
  const names = [...columns.keys()];
  if (!b) return [names];
  const first: readonly (string | number)[] = Array.from<string | number>(a as ArrayLike<string>);
  return [names, ...first.map((value, i) => [String(value), String(b[i])])];
}
