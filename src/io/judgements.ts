import { openSource } from '#files';
import { counted } from '../core/text.ts';
import { type ByteSource, refuse, type Source } from './contract.ts';
import { textLines } from './support/text.ts';
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

/**
 * Which rows answer which queries, from a text file: two columns (query, document), three (with the
 * relevance) or TREC's four (query, iteration, document, relevance), separated by tabs or, where a line has
 * none, by white space; a first line of names is skipped. Queries and documents are named by their labels
 * where their table has them, by their row counted from 0 otherwise.
 */
export async function readJudgements(
  from: Source,
  queries: VectorTable,
  documents: VectorTable,
): Promise<Judgement[]> {
  const source = await openSource(from);
  try {
    const queryOf = rowByName(source, 'query', queries);
    const documentOf = rowByName(source, 'document', documents);
    const judgements: Judgement[] = [];
    let number = 0;
    for await (const line of textLines(source)) {
      number += 1;
      if (line.trim() === '') continue;
      const cells = line.includes('\t') ? line.split('\t') : line.trim().split(/\s+/);
      if (number === 1 && isHeader(cells)) continue;
      const { query, document, grade } = parts(source, cells, number);
      judgements.push({
        query: queryOf(query, number),
        document: documentOf(document, number),
        relevance: grade,
      });
    }
    return judgements;
  } finally {
    await source.close();
  }
}

/** A first line whose relevance is no number, or that names its columns as BEIR does. */
function isHeader(cells: readonly string[]): boolean {
  const last = cells.at(-1) ?? '';
  return cells.length > 2 ? !isNumber(last) : /^(query|qid)\b/i.test(cells[0]);
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

function parts(source: ByteSource, cells: readonly string[], line: number) {
  if (cells.length < 2 || cells.length > 4) {
    refuse(
      source,
      `line ${line} has ${counted(cells.length, 'column')}; a judgement has query, document and maybe relevance, or TREC's four.`,
    );
  }
  const [query, second] = cells;
  if (cells.length === 2) return { query, document: second, grade: 1 };
  const last = cells[cells.length - 1];
  const grade = Number(last);
  if (!isNumber(last)) {
    refuse(source, `line ${line} has the relevance ${JSON.stringify(last)}; a number is expected.`);
  }
  // TREC marks judged misses by 0 and, at times, spam by −2.
  return { query, document: cells.length === 4 ? cells[2] : second, grade: Math.max(0, grade) };
}

function rowByName(source: ByteSource, what: string, { labels, points }: VectorTable) {
  const rows = labels && new Map(labels.map((label, row) => [label, row]));
  return (name: string, line: number): number => {
    const row = rows ? rows.get(name) : /^\d+$/.test(name) ? Number(name) : undefined;
    if (row !== undefined && row < points.rows) return row;
    const known = rows ? 'a label' : `a row below ${points.rows}, counted from 0`;
    return refuse(
      source,
      `line ${line} names the ${what} ${JSON.stringify(name)}, which is not ${known} of its file.`,
    );
  };
}
