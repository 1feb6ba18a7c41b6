import { type ByteSource, endsIn, type Format, type Reader, refuse } from './contract.ts';
import type { FormatId } from './format-id.ts';
import { BYTES_OF, bytesOf, type DType, decodeInto, encoded } from './support/dtype.ts';
import { floats } from './support/memory.ts';

/** Bytes of rows taken at a time. */
const CHUNK = 1 << 24;

/** Columns beyond which a first number is not taken for a row header. */
const MOST_COLUMNS = 1 << 20;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Columns if the head could be rows of `size`-byte numbers, each behind its count; else 0. */
function columnsOf(head: Uint8Array, size: number, bytes: number): number {
  if (head.length < 4) return 0;
  const view = viewOf(head);
  const cols = view.getInt32(0, true);
  if (cols < 1 || cols > MOST_COLUMNS) return 0;
  const stride = 4 + cols * size;
  if (bytes % stride !== 0) return 0;
  for (let at = stride; at + 4 <= head.length; at += stride) {
    if (view.getInt32(at, true) !== cols) return 0;
  }
  return cols;
}

/** Whether the first row, read as float32, has values of an ordinary size. */
function looksLikeFloats(head: Uint8Array, cols: number): boolean {
  const view = viewOf(head);
  const count = Math.min(cols, Math.floor(head.length / 4) - 1);
  for (let c = 1; c <= count; c++) {
    const size = Math.abs(view.getFloat32(c * 4, true));
    if (size !== 0 && (size < 1e-30 || size > 1e30)) return false;
  }
  return true;
}

async function openVecs(source: ByteSource, id: FormatId, dtype: DType): Promise<Reader> {
  if (source.size < 4) refuse(source, 'the file is too short for one row.');
  const head = viewOf(await source.read(0, 4));
  const cols = head.getInt32(0, true);
  const stride = 4 + cols * BYTES_OF[dtype];
  const turned = head.getInt32(0, false);
  const isTurned =
    (cols < 1 || cols > MOST_COLUMNS) &&
    turned >= 1 &&
    source.size % (4 + turned * BYTES_OF[dtype]) === 0;
  if (isTurned) {
    refuse(
      source,
      `the count of row 1 is ${turned} in big-endian order; little-endian counts and numbers are expected.`,
    );
  }
  if (cols < 1) refuse(source, `the first row says it has ${cols} numbers.`);
  if (source.size % stride !== 0) {
    refuse(
      source,
      `rows of ${cols} ${dtype} take ${stride} bytes each; ${source.size} bytes are no whole number of them (${source.size % stride} are left over).`,
    );
  }
  const rows = source.size / stride;
  return {
    info: async () => ({
      format: id,
      rows,
      cols,
      dtype,
      bytes: source.size,
      labels: false,
      columns: [],
    }),
    async *blocks(rowsPerBlock, shared) {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = floats((b - a) * cols, source.name, shared);
        const step = Math.max(1, Math.floor(CHUNK / stride));
        for (let i = a; i < b; i += step) {
          const count = Math.min(step, b - i);
          const bytes = await source.read(i * stride, count * stride);
          rowsInto(source, bytes, i, count, cols, dtype, data, (i - a) * cols);
        }
        yield {
          points: { data, rows: b - a, cols },
          source: { name: source.name, format: id, dtype },
        };
      }
    },
  };
}

function rowsInto(
  source: ByteSource,
  bytes: Uint8Array,
  firstRow: number,
  count: number,
  cols: number,
  dtype: DType,
  out: Float32Array,
  start: number,
): void {
  const view = viewOf(bytes);
  const size = cols * BYTES_OF[dtype];
  for (let i = 0; i < count; i++) {
    const at = i * (4 + size);
    const here = view.getInt32(at, true);
    if (here !== cols) {
      refuse(source, `row ${firstRow + i + 1} says it has ${here} numbers; row 1 has ${cols}.`);
    }
    decodeInto(bytes.subarray(at + 4, at + 4 + size), dtype, false, out, start + i * cols);
  }
}

function defineVecs(id: FormatId, dtype: DType, title: string): Format {
  const size = BYTES_OF[dtype];
  return {
    id,
    title,
    extensions: [`.${id}`],
    dtypes: [dtype],
    keeps: { labels: false, columns: false },
    streams: { read: true, write: true },
    startsWith: 'a 4-byte count of the numbers in a row',
    recognizes(head, name, bytes) {
      const cols = columnsOf(head, size, bytes);
      const named = endsIn(name, [`.${id}`]);
      if (cols === 0) return named ? 0.05 : 0;
      if (named) return 0.8;
      // Without the name, one row proves nothing.
      if (bytes < 2 * (4 + cols * size)) return 0;
      return size === 1 || looksLikeFloats(head, cols) === (dtype === 'f4') ? 0.4 : 0.2;
    },
    open: (source) => openVecs(source, id, dtype),
    create(output, name) {
      let rows = 0;
      return {
        async append({ points }) {
          const { cols } = points;
          const values = encoded(points.data, dtype, name, cols, rows);
          const bytes = new Uint8Array(points.rows * (4 + cols * size));
          const header = bytesOf(Int32Array.of(cols));
          for (let i = 0; i < points.rows; i++) {
            const at = i * (4 + cols * size);
            bytes.set(header, at);
            bytes.set(values.subarray(i * cols * size, (i + 1) * cols * size), at + 4);
          }
          rows += points.rows;
          await output.write(bytes);
        },
        async finish() {},
      };
    },
  };
}

/** Rows of float32, each behind its count (TEXMEX, FAISS). */
export const fvecs: Format = defineVecs('fvecs', 'f4', 'fvecs');
/** Rows of int32, each behind its count. */
export const ivecs: Format = defineVecs('ivecs', 'i4', 'ivecs');
/** Rows of bytes, each behind its count. */
export const bvecs: Format = defineVecs('bvecs', 'u1', 'bvecs');
