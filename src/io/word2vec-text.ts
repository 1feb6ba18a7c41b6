import { type ByteSource, type Format, type Reader, type ReadOptions, refuse } from './contract.ts';
import { decoderOf } from './support/encoding.ts';
import { HEAD_BYTES } from './support/head.ts';
import { fitOfLines, fixedDecimals, lastWords } from './support/line-shape.ts';
import { numbersTrouble } from './support/number-lists.ts';
import {
  byteOrderMark,
  countedLines,
  headLines,
  lineEnd,
  looksLikeText,
  textOf,
} from './support/text.ts';
import { TextBuffer } from './support/text-buffer.ts';
import { appendLines, lineBlocks } from './support/word-lines.ts';
import type { VectorTable } from './table.ts';

/** The line `rows columns` a word2vec file begins with, and where the rows begin. */
export interface CountLine {
  readonly rows: number;
  readonly cols: number;
  readonly end: number;
}

const TAB = 0x09;

/** Longest line of two counts. */
const LONGEST = 64;

/** Parses the first line, or null where it is not two counts. */
export function countLine(head: Uint8Array): CountLine | null {
  const start = byteOrderMark(head);
  const end = lineEnd(head.subarray(0, start + LONGEST), start);
  if (end === Math.min(head.length, start + LONGEST)) return null;
  const match = /^\s*(\d{1,15})[ \t]+(\d{1,9})\s*$/.exec(textOf(head, start, end));
  if (!match) return null;
  return { rows: Number(match[1]), cols: Number(match[2]), end: end + 1 };
}

/** Lines that tell whether the counts are right. */
const SAMPLE = 50;

async function openText(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  const counts = countLine(head);
  if (!counts) refuse(source, 'the first line should be two counts, rows and columns.');
  const { rows, cols, end } = counts;
  const isWhole = head.length === source.size;
  const lines = headLines(head.subarray(end), isWhole, SAMPLE);
  requireCounts(source, counts, lines);
  if (isWhole) requireRows(source, rows, await countedLines(source, end));
  const keepLabels = options.label !== false;
  const decimals = fixedDecimals(lastWords(lines.slice(0, -1), cols));
  const plan = {
    format: 'word2vec-text',
    offset: end,
    firstLine: 2,
    cols,
    labels: true,
    keepLabels,
    decode: decoderOf(options),
    decimals,
  } as const;
  return {
    info: async () => ({
      format: 'word2vec-text',
      rows,
      cols,
      dtype: 'text',
      bytes: source.size,
      labels: keepLabels,
      columns: [],
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      let seen = 0;
      for await (const block of lineBlocks(source, plan, rowsPerBlock, shared)) {
        seen += block.points.rows;
        if (seen > rows) break;
        yield block;
      }
      requireRows(source, rows, seen);
    },
  };
}

function requireRows(source: ByteSource, rows: number, seen: number): void {
  if (seen === rows) return;
  const there = seen > rows ? 'more follow' : `${seen} follow; the file seems to be cut off`;
  refuse(source, `the first line says ${rows} rows; ${there}.`);
}

/** Refuses a first line whose number of columns is not that of the lines. */
function requireCounts(
  source: ByteSource,
  { rows, cols, end }: CountLine,
  lines: readonly Uint8Array[],
): void {
  const { fits, most } = fitOfLines(lines, cols);
  const trouble = most === 0 ? numbersTrouble(lines) : undefined;
  if (trouble !== undefined) refuse(source, trouble);
  const hint =
    most === 1 ? '; if it is a row of the vectors, name the format (--format glove or tsv)' : '';
  // A row takes at least a separator and a digit for each number.
  if (rows * 2 * cols > source.size - end + 1) {
    const size = `${source.size} bytes cannot hold that`;
    refuse(source, `the first line says ${rows} × ${cols}; ${size}${hint}.`);
  }
  if (fits && cols > 0) return;
  const counts = `${rows} rows of ${cols} numbers`;
  refuse(source, `the first line says ${counts}, but the lines have ${most}${hint}.`);
}

/** word2vec text (also fastText `.vec`): a line of two counts, then a label and its numbers a line. */
export const word2vecText: Format = {
  id: 'word2vec-text',
  title: 'word2vec text',
  extensions: ['.vec', '.w2v', '.word2vec'],
  dtypes: [],
  keeps: { labels: true, columns: false },
  streams: { read: true, write: true },
  startsWith: 'a line with the numbers of rows and columns',
  recognizes(head) {
    const counts = looksLikeText(head) ? countLine(head) : null;
    // Tabs separate the fields of a table, and word2vec writes blanks.
    return counts && !head.subarray(0, counts.end).includes(TAB) ? 0.95 : 0;
  },
  open: openText,
  create(output, name, { rows: total }) {
    const text = new TextBuffer();
    let rows = 0;
    return {
      async append(block) {
        text.clear();
        if (rows === 0) text.text(`${total} ${block.points.cols}\n`);
        appendLines(text, name, block, rows);
        rows += block.points.rows;
        await output.write(text.bytes());
      },
      async finish() {},
    };
  },
};
