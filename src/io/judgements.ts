import { openSource } from '#files';
import { type ByteSource, refuse, type Source } from './contract.ts';
import { type JudgedLine, judgedLines } from './judgement-lines.ts';
import type { VectorTable } from './table.ts';

/** That a document answers a query: relevance > 0, larger is better; 0 is a judged miss. */
export interface Judgement {
  /** Row of the queries. */
  readonly query: number;
  /** Row of the documents. */
  readonly document: number;
  /** Default 1. */
  readonly relevance?: number;
}

/** Rows that judgements name: by their labels, a column, or their number. */
export interface NamedRows extends Pick<VectorTable, 'labels' | 'columns'> {
  readonly points: { readonly rows: number };
}

/**
 * Which rows answer which queries, from a text file: two columns (query, document), three (with the relevance) or
 * TREC's four (query, iteration, document, relevance), separated by tabs, commas, semicolons or white space,
 * whichever fits the lines; a first line of names says which column is which. JSON lines name their fields alike. Queries and documents are named by
 * their labels, or by the column of their table that has the names (BEIR's `_id`); where there is neither, by their
 * row counted from 0.
 */
export async function readJudgements(
  from: Source,
  queries: NamedRows,
  documents: NamedRows,
): Promise<Judgement[]> {
  const source = await openSource(from);
  try {
    const lines = await judgedLines(source);
    const queryOf = rowByName(source, 'query', queries, lines);
    const documentOf = rowByName(source, 'document', documents, lines);
    return lines.map((line) => ({
      query: queryOf(line),
      document: documentOf(line),
      relevance: line.relevance,
    }));
  } finally {
    await source.close();
  }
}

type Rows = ReadonlyMap<string, number>;

/** A row that has the name of an earlier one. */
const TWICE = -1;

function rowsOf(names: Iterable<string | number>): Rows {
  const rows = new Map<string, number>();
  let row = 0;
  for (const name of names) {
    const text = String(name);
    rows.set(text, rows.has(text) ? TWICE : row);
    row++;
  }
  return rows;
}

function rowByName(
  source: ByteSource,
  what: 'query' | 'document',
  table: NamedRows,
  lines: readonly JudgedLine[],
): (line: JudgedLine) => number {
  const rows = namedRows(table, new Set(lines.map((line) => line[what])));
  return (line) => {
    const name = line[what];
    const row = rows ? rows.get(name) : /^\d+$/.test(name) ? Number(name) : undefined;
    const named = `line ${line.number} names the ${what} ${JSON.stringify(name)}`;
    if (row === TWICE) refuse(source, `${named}, which more than one row of its file is called.`);
    if (row !== undefined && row < table.points.rows) return row;
    const known = rows ? 'a label' : `a row below ${table.points.rows}, counted from 0`;
    return refuse(source, `${named}, which is not ${known} of its file.`);
  };
}

/**
 * The labels or the column with most of the names, labels before columns; no table where there are no labels and no
 * column has more than half.
 */
function namedRows({ labels, columns = {} }: NamedRows, names: ReadonlySet<string>) {
  let best = labels && rowsOf(labels);
  const knownBy = (rows: Rows): number => [...names].filter((name) => rows.has(name)).length;
  let most = best ? knownBy(best) : names.size / 2;
  for (const column of Object.values(columns)) {
    if (most === names.size && best) return best;
    const rows = rowsOf(column);
    const known = knownBy(rows);
    if (known > most) [best, most] = [rows, known];
  }
  return best;
}
