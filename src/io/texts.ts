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
  const { name, columns = new Map<string, Column>(), records } = await readMetadata(from);
  const table = records ? columnsOfRecords(records) : columns;
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
    for await (const line of textLines(source)) if (line.trim() !== '') texts.push(line.trim());
    return { name: source.name, texts, columns: {} };
  } finally {
    await opened.close();
  }
}
