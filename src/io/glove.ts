import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { HEAD_BYTES } from './support/head.ts';
import { byteOrderMark, countedLines, headLines, looksLikeText } from './support/text.ts';
import { TextBuffer } from './support/text-buffer.ts';
import { appendLines, lineBlocks, looksLikeNumber, shapeOfLines } from './support/word-lines.ts';

/** Lines that tell the shape: many, so that one odd label does not decide it. */
const SAMPLE = 1000;

async function openGlove(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  const lines = headLines(head, head.length === source.size, SAMPLE);
  const shape = shapeOfLines(lines);
  if (!shape) {
    refuse(
      source,
      'each line should be a label and its numbers, separated by spaces; they are not.',
    );
  }
  const offset = byteOrderMark(head);
  const keepLabels = shape.labels && options.label !== false;
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
        { ...shape, format: 'glove', offset, firstLine: 1, keepLabels },
        rowsPerBlock,
        shared,
      ),
  };
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
  recognizes(head, name, size) {
    if (!looksLikeText(head)) return 0;
    const shape = shapeOfLines(headLines(head, head.length === size, 20));
    if (!shape) return 0;
    return endsIn(name, ['.txt', '.glove']) ? 0.7 : 0.5;
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
