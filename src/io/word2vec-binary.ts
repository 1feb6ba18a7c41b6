import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { bytesOf } from './support/dtype.ts';
import { floats } from './support/memory.ts';
import { NEWLINE, SPACE, textOf } from './support/text.ts';
import type { VectorTable } from './table.ts';
import { type CountLine, countLine } from './word2vec-text.ts';

/** Bytes taken at a time; a row must fit. */
const CHUNK = 1 << 22;

/** Longest label taken for one. */
const LONGEST_LABEL = 1 << 16;

function requireRoom(source: ByteSource, { rows, cols, end }: CountLine): void {
  if (rows * (cols * 4 + 1) <= source.size - end) return;
  refuse(
    source,
    `the first line says ${rows} × ${cols} float32, which takes at least ${rows * (cols * 4 + 1)} bytes; ${source.size - end} follow it.`,
  );
}

async function openBinary(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const counts = countLine(await source.read(0, Math.min(256, source.size)));
  if (!counts) refuse(source, 'the first line should be two counts, rows and columns.');
  requireRoom(source, counts);
  const { rows, cols } = counts;
  const keepLabels = options.label !== false;
  return {
    info: async () => ({
      format: 'word2vec-binary',
      rows,
      cols,
      dtype: 'f4',
      bytes: source.size,
      labels: keepLabels,
      columns: [],
    }),
    blocks: (rowsPerBlock, shared) =>
      binaryBlocks(source, counts, rowsPerBlock, shared, keepLabels),
  };
}

async function* binaryBlocks(
  source: ByteSource,
  { rows, cols, end }: CountLine,
  rowsPerBlock: number,
  shared: boolean,
  keepLabels: boolean,
): AsyncGenerator<VectorTable> {
  const chunk = Math.max(CHUNK, cols * 4 + LONGEST_LABEL + 2);
  let bytes = new Uint8Array(0);
  let base = end;
  let at = 0;
  for (let a = 0; a < rows; a += rowsPerBlock) {
    const n = Math.min(rowsPerBlock, rows - a);
    const data = floats(n * cols, source.name, shared);
    const out = bytesOf(data);
    const labels: string[] = [];
    for (let i = 0; i < n; i++) {
      let row = rowAt(bytes, at, cols);
      if (!row) {
        base += at;
        at = 0;
        bytes = (await source.read(base, Math.min(chunk, source.size - base))) as typeof bytes;
        row = rowAt(bytes, at, cols);
      }
      if (!row) {
        refuse(
          source,
          `row ${a + i + 1} has no label of at most ${LONGEST_LABEL} bytes and ${cols} float32 behind it; the file is truncated or not word2vec.`,
        );
      }
      if (keepLabels) labels.push(textOf(bytes, row.label, row.space));
      at = row.space + 1 + cols * 4;
      out.set(bytes.subarray(row.space + 1, at), i * cols * 4);
    }
    yield {
      points: { data, rows: n, cols },
      labels: keepLabels ? labels : undefined,
      source: { name: source.name, format: 'word2vec-binary', dtype: 'f4' },
    };
  }
}

/** Where the label of the row at `at` begins and ends, if the whole row is there. */
function rowAt(
  bytes: Uint8Array,
  at: number,
  cols: number,
): { label: number; space: number } | null {
  // Most writers end a row with a newline, some do not.
  const label = bytes[at] === NEWLINE ? at + 1 : at;
  const space = bytes.subarray(0, label + LONGEST_LABEL + 1).indexOf(SPACE, label);
  return space < 0 || space + 1 + cols * 4 > bytes.length ? null : { label, space };
}

function binaryRows(name: string, block: VectorTable, firstRow: number): Uint8Array[] {
  const encoder = new TextEncoder();
  const { data, rows: n, cols: d } = block.points;
  const parts: Uint8Array[] = [];
  const end = Uint8Array.of(NEWLINE);
  for (let i = 0; i < n; i++) {
    const label = block.labels?.[i] ?? String(firstRow + i);
    const word = encoder.encode(`${label} `);
    if (/[ \n]/.test(label) || word.length > LONGEST_LABEL) {
      refuse(
        { name },
        `the label ${JSON.stringify(label.slice(0, 60))} of row ${firstRow + i + 1} has a space or a line break or is too long, which word2vec binary cannot hold; use npz or parquet.`,
      );
    }
    parts.push(word, bytesOf(data.subarray(i * d, (i + 1) * d)), end);
  }
  return parts;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** word2vec binary: a line of two counts, then for each row its label, a space and float32 numbers. */
export const word2vecBinary: Format = {
  id: 'word2vec-binary',
  title: 'word2vec binary',
  extensions: ['.bin'],
  dtypes: ['f4'],
  keeps: { labels: true, columns: false },
  streams: { read: true, write: true },
  startsWith: 'a line with the numbers of rows and columns',
  recognizes(head, name, size) {
    const counts = countLine(head);
    if (!counts) return 0;
    const { rows, cols, end } = counts;
    const fits = rows * (cols * 4 + 1) <= size - end;
    if (!fits) return endsIn(name, ['.bin']) ? 0.3 : 0;
    // Text says the same in more bytes, so word2vec text (0.9) goes first where it fits.
    return rowAt(head, end, Math.min(cols, 1)) ? 0.6 : 0;
  },
  open: openBinary,
  create(output, name, { rows: total }) {
    let rows = 0;
    return {
      async append(block) {
        if (rows === 0) {
          await output.write(new TextEncoder().encode(`${total} ${block.points.cols}\n`));
        }
        await output.write(concatenated(binaryRows(name, block, rows)));
        rows += block.points.rows;
      },
      async finish() {},
    };
  },
};
