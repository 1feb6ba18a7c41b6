import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { binaryRows, LONGEST_LABEL } from './support/binary-rows.ts';
import { bytesOf } from './support/dtype.ts';
import { type Decode, decoderOf } from './support/encoding.ts';
import { HEAD_BYTES } from './support/head.ts';
import { numbersOfLines } from './support/line-shape.ts';
import { floats } from './support/memory.ts';
import { headLines, looksLikeText, NEWLINE, SPACE } from './support/text.ts';
import type { VectorTable } from './table.ts';
import { type CountLine, countLine } from './word2vec-text.ts';

function requireRoom(source: ByteSource, { rows, cols, end }: CountLine): void {
  if (rows * (cols * 4 + 1) <= source.size - end) return;
  refuse(
    source,
    `the first line says ${rows} × ${cols} float32, which takes at least ${rows * (cols * 4 + 1)} bytes; ${source.size - end} follow it.`,
  );
}

async function openBinary(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  const counts = countLine(head);
  if (!counts || counts.cols === 0) {
    refuse(source, 'the first line should be two counts, rows and columns.');
  }
  if (looksLikeText(head)) {
    const [, ...lines] = headLines(head, head.length === source.size, 20);
    if (numbersOfLines(lines) > 0) {
      refuse(source, 'the rows are text, not float32; read the file as word2vec-text.');
    }
  }
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
      binaryBlocks(source, counts, rowsPerBlock, shared, keepLabels, decoderOf(options)),
  };
}

async function* binaryBlocks(
  source: ByteSource,
  { rows, cols, end }: CountLine,
  rowsPerBlock: number,
  shared: boolean,
  keepLabels: boolean,
  decode: Decode,
): AsyncGenerator<VectorTable> {
  const fresh = (n: number) => {
    const data = floats(n * cols, source.name, shared);
    return { data, out: bytesOf(data), labels: [] as string[], n };
  };
  let row = 0;
  let block = fresh(Math.min(rowsPerBlock, rows));
  for await (const take of binaryRows(source, { rows, cols, offset: end }, decode)) {
    for (let taken = take(); taken; taken = take()) {
      const { bytes, label, values } = taken;
      block.out.set(bytes.subarray(values, values + cols * 4), (row % rowsPerBlock) * cols * 4);
      if (keepLabels) block.labels.push(label);
      row++;
      if (row % rowsPerBlock !== 0 && row < rows) continue;
      const { data, labels, n } = block;
      // The rest of the file is looked at before its last rows are given.
      if (row === rows) continue;
      if (row === n) requireUsualSizes(source, data.subarray(0, SAMPLE * cols));
      yield blockOf(source, data, n, cols, keepLabels ? labels : undefined);
      block = fresh(Math.min(rowsPerBlock, rows - row));
    }
  }
  if (row > 0 && row <= rowsPerBlock) {
    requireUsualSizes(source, block.data.subarray(0, SAMPLE * cols));
  }
  if (row > 0)
    yield blockOf(source, block.data, block.n, cols, keepLabels ? block.labels : undefined);
}

/** Rows that tell the order of bytes. */
const SAMPLE = 20;

/** Numbers that tell it. */
const ENOUGH = 4;

/** Refuses numbers that only the other order of bytes makes ordinary. */
function requireUsualSizes(source: ByteSource, numbers: Float32Array): void {
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let count = 0;
  let odd = 0;
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] === 0) continue;
    const [here, swapped] = [numbers[i], view.getFloat32(4 * i, false)].map(Math.abs);
    if (!(swapped > 1e-6 && swapped < 1e6)) return;
    count++;
    if (!(here > 1e-10 && here < 1e10)) odd++;
  }
  if (count < ENOUGH || odd * 2 <= count) return;
  refuse(source, 'the numbers are big-endian float32; write them little-endian, as word2vec does.');
}

function blockOf(
  source: ByteSource,
  data: Float32Array,
  rows: number,
  cols: number,
  labels: string[] | undefined,
): VectorTable {
  const from = { name: source.name, format: 'word2vec-binary', dtype: 'f4' } as const;
  return { points: { data, rows, cols }, labels, source: from };
}

function encodedRows(name: string, block: VectorTable, firstRow: number): Uint8Array[] {
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

/** Whether the bytes are rows without blanks in their labels, to the very end, and no lines of numbers. */
function areFrames(bytes: Uint8Array, { rows, cols, end }: CountLine): boolean {
  const [, ...lines] = headLines(bytes, true, 20);
  if (numbersOfLines(lines) > 0) return false;
  let at = end;
  for (let row = 0; row < rows; row++) {
    const space = bytes.indexOf(SPACE, at);
    if (space < 0 || space + 1 + cols * 4 > bytes.length) return false;
    at = space + 1 + cols * 4;
    if (bytes[at] === NEWLINE) at++;
  }
  return at === bytes.length;
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
    if (!counts || counts.cols === 0) return 0;
    // A few numbers may look like text; text is never taken for numbers.
    if (looksLikeText(head)) return head.length === size && areFrames(head, counts) ? 0.995 : 0;
    const { rows, cols, end } = counts;
    const fits = rows * (cols * 4 + 1) <= size - end;
    if (!fits) return endsIn(name, ['.bin']) ? 0.3 : 0;
    return head.subarray(0, end + LONGEST_LABEL).indexOf(SPACE, end) < 0 ? 0 : 0.6;
  },
  open: openBinary,
  create(output, name, { rows: total }) {
    let rows = 0;
    return {
      async append(block) {
        if (rows === 0) {
          await output.write(new TextEncoder().encode(`${total} ${block.points.cols}\n`));
        }
        await output.write(concatenated(encodedRows(name, block, rows)));
        rows += block.points.rows;
      },
      async finish() {},
    };
  },
};
