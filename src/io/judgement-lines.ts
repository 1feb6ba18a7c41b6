import { counted } from '../core/text.ts';
import { type ByteSource, refuse } from './contract.ts';
import { textLines } from './support/text.ts';

/** What a line of judgements says. */
export interface JudgedLine {
  /** In the file, from 1. */
  readonly number: number;
  readonly query: string;
  readonly document: string;
  readonly relevance: number;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** Which cell is what. */
interface Places {
  readonly query: number;
  readonly document: number;
  readonly relevance: number | undefined;
}

/** How a line may be cut, the surest way first. */
const CUTS: readonly ((line: string) => string[])[] = [
  (line) => line.split('\t'),
  (line) => fieldsOf(line, ','),
  (line) => fieldsOf(line, ';'),
  (line) => line.trim().split(/\s+/),
];
const BY_BLANKS = CUTS[CUTS.length - 1];

/** The lines of a file of judgements. */
export async function judgedLines(source: ByteSource): Promise<JudgedLine[]> {
  const lines: Line[] = [];
  let number = 0;
  for await (const text of textLines(source)) {
    number += 1;
    if (text.trim() !== '') lines.push({ number, text });
  }
  if (lines.length === 0) return [];
  if (lines[0].text.trim().startsWith('{')) return lines.map((line) => judgedObject(source, line));
  const cut = cutOf(lines.map(({ text }) => text));
  const first = cut(lines[0].text);
  const header = headerOf(first);
  return lines
    .slice(header ? 1 : 0)
    .map((line) => judged(source, cut(line.text), line.number, header));
}

/** Cells between a character; those in quotation marks may hold it. */
function fieldsOf(line: string, character: string): string[] {
  const cell = new RegExp(
    `\\s*(?:"((?:[^"]|"")*)"|([^${character}]*))\\s*(?:${character}|$)`,
    'gy',
  );
  const found: string[] = [];
  while (cell.lastIndex < line.length) {
    const match = cell.exec(line);
    if (!match) return [line];
    found.push((match[1]?.replaceAll('""', '"') ?? match[2]).trim());
  }
  return line.endsWith(character) ? [...found, ''] : found;
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** The cut that fits all lines; failing that, the first. */
function cutOf(lines: readonly string[]): (line: string) => string[] {
  const fits = (cut: (line: string) => string[], some: readonly string[]): boolean => {
    const rows = some.map(cut);
    const width = rows[0].length;
    if (width < 2 || rows.some((row) => row.length !== width)) return false;
    if (headerOf(rows[0])) return true;
    return width <= 4 && (width === 2 || rows.slice(1).every((row) => isNumber(row[width - 1])));
  };
  const found =
    CUTS.find((cut) => fits(cut, lines)) ?? CUTS.find((cut) => fits(cut, lines.slice(0, 1)));
  return found ?? ((line) => (line.includes('\t') ? line.split('\t') : BY_BLANKS(line)));
}

const QUERY = /^(query|queries|topic|q[ _-]?id)([ _-]?(id|key|no|number))?$/i;
const DOCUMENT =
  /^(doc|docs|document|corpus|passage|answer|[dp][ _-]?id)([ _-]?(id|key|no|number))?$/i;
const RELEVANCE = /^(score|rel|relevance|grade|label|judg[e]?ment|rating)$/i;

/** Which column is which, if the first line says it; the usual order where its words are others. */
function headerOf(cells: readonly string[]): Places | undefined {
  const at = (names: RegExp): number | undefined => {
    const found = cells.findIndex((cell) => names.test(cell.trim()));
    return found < 0 ? undefined : found;
  };
  const query = at(QUERY);
  const document = at(DOCUMENT);
  if (query !== undefined && document !== undefined) {
    return { query, document, relevance: at(RELEVANCE) };
  }
  const isOther = cells.length > 2 && cells.length <= 4 && !isNumber(cells[cells.length - 1]);
  return isOther || query === 0 ? usualPlaces(cells.length) : undefined;
}

/** A line that is a JSON object, its fields named as columns are. */
function judgedObject(source: ByteSource, { number, text }: Line): JudgedLine {
  const fields = objectOf(text);
  if (!fields) refuse(source, `line ${number} is not a JSON object, as the first line is.`);
  const names = Object.keys(fields);
  const places = headerOf(names);
  if (!places) {
    const wanted = 'a judgement names its query, its document and maybe its relevance';
    refuse(source, `line ${number} has the fields ${names.join(', ')}; ${wanted}.`);
  }
  return judged(source, Object.values(fields).map(String), number, places);
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function usualPlaces(width: number): Places {
  return {
    query: 0,
    document: width === 4 ? 2 : 1,
    relevance: width === 2 ? undefined : width - 1,
  };
}

function judged(
  source: ByteSource,
  cells: readonly string[],
  number: number,
  header: Places | undefined,
): JudgedLine {
  const places = header ?? usualPlaces(cells.length);
  const needed = Math.max(places.query, places.document, places.relevance ?? 0);
  if (needed >= cells.length || (!header && (cells.length < 2 || cells.length > 4))) {
    refuse(
      source,
      `line ${number} has ${counted(cells.length, 'column')}; a judgement has query, document and maybe relevance, or TREC's four.`,
    );
  }
  const grade = places.relevance === undefined ? '1' : cells[places.relevance];
  if (!isNumber(grade)) {
    refuse(
      source,
      `line ${number} has the relevance ${JSON.stringify(grade)}; a number is expected.`,
    );
  }
  return {
    number,
    query: cells[places.query],
    document: cells[places.document],
    // TREC marks judged misses by 0 and, at times, spam by −2.
    relevance: Math.max(0, Number(grade)),
  };
}
