import { type ByteSource, type Format, type Reader, type ReadOptions, refuse } from './contract.ts';
import { headerOf } from './support/csv-header.ts';
import { decoderOf } from './support/encoding.ts';
import { HEAD_BYTES } from './support/head.ts';
import {
  fixedDecimals,
  isCommentLine,
  type LineShape,
  lastWords,
  shapeOfLines,
} from './support/line-shape.ts';
import { numbersTrouble } from './support/number-lists.ts';
import { numberOf } from './support/numbers.ts';
import {
  byteOrderMark,
  countedLines,
  headLines,
  looksLikeText,
  NEWLINE,
  textOf,
} from './support/text.ts';
import { TextBuffer } from './support/text-buffer.ts';
import { appendLines, lineBlocks, looksLikeNumber } from './support/word-lines.ts';
import { countLine } from './word2vec-text.ts';

/** Lines that tell the shape: many, so that odd labels do not decide it. */
const SAMPLE = 300;

/** Lines that tell whether a file is of this kind. */
const SAMPLE_TO_KNOW = 50;

/** Lines that tell whether all numbers have equally many decimals. */
const SAMPLE_OF_DIGITS = 50;

async function openGlove(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  const { lines, offset, firstLine } = rowLines(head, head.length === source.size, SAMPLE);
  const shape = shapeOfLines(lines, options.label);
  if (!shape) {
    refuse(
      source,
      numbersTrouble(lines) ??
        'each line should be a label and its numbers, separated by spaces; they are not.',
    );
  }
  if ('trouble' in shape) refuse(source, shape.trouble);
  if (firstLine > 1 && countLine(head.subarray(offset))) {
    refuse(
      source,
      `line ${firstLine} has two counts, as word2vec text begins; remove the lines above.`,
    );
  }
  if (options.header !== false) requireRow(source, lines, shape);
  const keepLabels = shape.labels && options.label !== false;
  const decode = decoderOf(options);
  const decimals = fixedDecimals(
    lastWords(lines.slice(0, -1).slice(0, SAMPLE_OF_DIGITS), shape.cols),
  );
  return {
    info: async () => ({
      format: 'glove',
      rows: await countedLines(source, offset),
      cols: shape.cols,
      dtype: 'text',
      bytes: source.size,
      labels: keepLabels,
      columns: [],
    }),
    blocks: (rowsPerBlock, shared) =>
      lineBlocks(
        source,
        { ...shape, format: 'glove', offset, firstLine, keepLabels, decode, decimals },
        rowsPerBlock,
        shared,
      ),
  };
}

/** Refuses a first line that could be names: `label 0 1 2`, as pandas writes with blanks between. */
function requireRow(
  source: ByteSource,
  lines: readonly Uint8Array[],
  { cols, labels }: LineShape,
): void {
  const rows = lines.slice(0, SAMPLE_TO_KNOW).map((line, i) => {
    const numbers = [...lastWords([line], cols)].reverse();
    if (!labels) return numbers;
    const [label] = textOf(line, 0, line.length).trimStart().split(/[ \t]/);
    return [i === 0 ? label : 'word', ...numbers];
  });
  const isNumber = (text: string): boolean => numberOf(text) !== undefined;
  if (rows.length < 2 || !rows[0].slice(labels ? 1 : 0).every(isNumber)) return;
  const header = headerOf(rows, { isNumber, isList: () => false });
  const below = rows.slice(1).flatMap((row) => row.slice(labels ? 1 : 0));
  const areWhole = below.some((text) => /^[+-]?\d+$/.test(text));
  // Without names is the rule here: among whole numbers, only a usual name of labels tells otherwise.
  if (header === false || (header !== true && areWhole)) return;
  refuse(
    source,
    'the first line could be the names of columns; remove it, or say that it is a row (--no-header).',
  );
}

/** The first lines of rows, where they begin, and the number of the first one: behind comments. */
function rowLines(
  head: Uint8Array,
  isWhole: boolean,
  most: number,
): { lines: readonly Uint8Array[]; offset: number; firstLine: number } {
  const lines = headLines(head, isWhole, most);
  const comments = lines.findIndex((line) => !isCommentLine(line));
  const rows = comments < 0 ? [] : lines.slice(comments);
  const offset = comments > 0 ? rows[0].byteOffset - head.byteOffset : byteOrderMark(head);
  const before = head.subarray(0, offset).filter((byte) => byte === NEWLINE).length;
  return { lines: rows, offset, firstLine: before + 1 };
}

/** GloVe text: a label and its numbers on each line, without a header. */
export const glove: Format = {
  id: 'glove',
  title: 'GloVe text',
  extensions: ['.txt', '.glove'],
  dtypes: [],
  keeps: { labels: true, columns: false },
  streams: { read: true, write: true },
  startsWith: 'a line with a label and numbers separated by spaces',
  recognizes(head, _, size) {
    if (!looksLikeText(head)) return 0;
    const shape = shapeOfLines(rowLines(head, head.length === size, SAMPLE_TO_KNOW).lines);
    if (!shape) return 0;
    return 'trouble' in shape ? 0.4 : 0.7;
  },
  open: openGlove,
  create(output, name) {
    const text = new TextBuffer();
    let rows = 0;
    let onlyNumbers = true;
    return {
      async append(block) {
        text.clear();
        // A reader drops one mark from the beginning, so a label that begins with one gets two.
        if (rows === 0 && block.labels?.[0].startsWith('\ufeff')) text.text('\ufeff');
        appendLines(text, name, block, rows);
        onlyNumbers &&= block.labels?.every(looksLikeNumber) ?? false;
        rows += block.points.rows;
        await output.write(text.bytes());
      },
      async finish() {
        if (!onlyNumbers) return;
        refuse(
          { name },
          'every label is a decimal number; a reader of GloVe text would take them for vectors. Use csv, jsonl or npz.',
        );
      },
    };
  },
};
