import { type ByteSource, refuse } from '../contract.ts';
import { BYTES_OF } from './dtype.ts';
import type { Code, IndexRows } from './faiss-rows.ts';

const DEEPEST = 8;

/** Kinds of index that keep no vectors, or others than were put in. */
const CODES = 'keeps codes in place of its vectors';
const REFUSED: Readonly<Record<string, string>> = {
  IxPT: 'is an IndexPreTransform, which keeps its vectors transformed (PCA, OPQ, …), not as they were',
  IxPq: `is an IndexPQ, which ${CODES}`,
  IPfs: `is an IndexPQFastScan, which ${CODES}`,
  IwPQ: `is an IndexIVFPQ, which ${CODES}`,
  IwPf: `is an IndexIVFPQFastScan, which ${CODES}`,
  IwQR: `is an IndexIVFPQR, which ${CODES}`,
  IvPQ: `is an IndexIVFPQ, which ${CODES}`,
  IHNp: `is an IndexHNSWPQ, which ${CODES}`,
  IHN2: `is an IndexHNSW2Level, which ${CODES}`,
  IxHe: `is an IndexLSH, which ${CODES}`,
  IxRq: `is an IndexResidualQuantizer, which ${CODES}`,
  IxLS: `is an IndexLocalSearchQuantizer, which ${CODES}`,
  IxRF: 'is an IndexRefine, two indexes in one; write its refine_index alone',
  IwSq: `is an IndexIVFScalarQuantizer, which ${CODES}`,
  IwFd: 'is an IndexIVFFlatDedup, which keeps equal vectors once',
  IBxF: 'is an IndexBinaryFlat, whose vectors are bits',
  IBwF: 'is an IndexBinaryIVF, whose vectors are bits',
  IBHf: 'is an IndexBinaryHNSW, whose vectors are bits',
  IBMp: 'is an IndexBinaryIDMap, whose vectors are bits',
  IBM2: 'is an IndexBinaryIDMap2, whose vectors are bits',
  null: 'was written without its vectors (IO_FLAG_SKIP_STORAGE)',
};

/** What every index says of itself. */
interface IndexHeader {
  readonly cols: number;
  readonly rows: number;
}

/** Steps through the file, asking for no more than it has. */
class Cursor {
  readonly source: ByteSource;
  at = 0;
  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Steps over `length` bytes; returns where they begin. */
  skip(length: number): number {
    const start = this.at;
    if (!(length >= 0 && length <= this.source.size - start)) {
      refuse(
        this.source,
        `the index claims ${length} bytes from byte ${start} on; the file has ${this.source.size}.`,
      );
    }
    this.at += length;
    return start;
  }

  async view(length: number): Promise<DataView> {
    const bytes = await this.source.read(this.skip(length), length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  async fourcc(): Promise<string> {
    const view = await this.view(4);
    return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(i)));
  }

  async u64(): Promise<number> {
    return Number((await this.view(8)).getBigUint64(0, true));
  }

  /** A list of so many elements of `size` bytes: how many, and where they begin. */
  async list(size: number): Promise<{ count: number; start: number }> {
    const count = await this.u64();
    return { count, start: this.skip(count * size) };
  }
}

/** Bytes that both spare fields of a header hold. */
const SPARE = 1n << 20n;

/** Whether the bytes begin as an index: a kind of four letters and a header. */
export function startsAsFaiss(head: Uint8Array): boolean {
  if (head.length < 37 || head[0] !== 0x49) return false;
  const kind = String.fromCharCode(...head.subarray(0, 4));
  if (kind.startsWith('IB')) return Object.hasOwn(REFUSED, kind) && head[7] === 0;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getBigInt64(16, true) === SPARE && view.getBigInt64(24, true) === SPARE;
}

async function indexHeader(cursor: Cursor): Promise<IndexHeader> {
  const view = await cursor.view(33);
  const cols = view.getInt32(0, true);
  const rows = Number(view.getBigInt64(4, true));
  // Metrics beyond inner product and L2 have a parameter.
  if (view.getInt32(29, true) > 1) cursor.skip(4);
  if (cols < 1 || rows < 0 || rows > cursor.source.size) {
    refuse(cursor.source, `the index says that it has ${rows} vectors of ${cols} numbers.`);
  }
  return { cols, rows };
}

/** The vectors of an index file. */
export async function faissRows(source: ByteSource): Promise<IndexRows> {
  return indexAt(new Cursor(source), 0);
}

async function indexAt(cursor: Cursor, depth: number): Promise<IndexRows> {
  const { source } = cursor;
  if (depth > DEEPEST) refuse(source, 'the index nests others too deep.');
  const kind = await cursor.fourcc();
  if (Object.hasOwn(REFUSED, kind)) refuse(source, `the index ${REFUSED[kind]}.`);
  if (kind === 'IxF2' || kind === 'IxFI' || kind === 'IxFl') return flat(cursor);
  if (kind === 'IxSQ') return scalar(cursor);
  if (kind === 'IxMp' || kind === 'IxM2') return mapped(cursor, depth);
  if (kind === 'IwFl') return inverted(cursor, depth);
  if (kind === 'IHNf' || kind === 'IHNs') return graph(cursor, depth);
  const known = /^[\w ]{4}$/.test(kind) ? JSON.stringify(kind) : 'unknown';
  return refuse(
    source,
    `the index is of the kind ${known}, which is not read; read are Flat, IDMap, IVFFlat, HNSWFlat and scalar quantizers.`,
  );
}

function requireCount(source: ByteSource, { rows, cols }: IndexHeader, count: number, per: number) {
  if (count === rows * per) return;
  refuse(source, `the index says ${rows} × ${cols}, but it holds ${count} values for them.`);
}

async function flat(cursor: Cursor): Promise<IndexRows> {
  const header = await indexHeader(cursor);
  const { count, start } = await cursor.list(4);
  requireCount(cursor.source, header, count, header.cols);
  return { ...header, code: { dtype: 'f4' }, offset: start };
}

/** Scalar quantizers that keep a number for each value, by `QuantizerType`. */
const SCALAR: ReadonlyMap<number, Code> = new Map<number, Code>([
  [0, { dtype: 'u1', encoding: 'SQ8' }],
  [2, { dtype: 'u1', encoding: 'SQ8 uniform' }],
  [4, { dtype: 'f2' }],
  [5, { dtype: 'u1' }],
  [7, { dtype: 'bf16' }],
  [8, { dtype: 'u1', encoding: 'SQ8 direct, signed', shift: -128 }],
]);

async function scalar(cursor: Cursor): Promise<IndexRows> {
  const { source } = cursor;
  const header = await indexHeader(cursor);
  const { cols } = header;
  const type = (await cursor.view(28)).getInt32(0, true);
  const trained = await cursor.list(4);
  const code = SCALAR.get(type);
  if (!code) {
    return refuse(
      source,
      'the index is an IndexScalarQuantizer of fewer than 8 bits a value, which is not read.',
    );
  }
  const { count, start } = await cursor.list(1);
  requireCount(source, header, count, cols * BYTES_OF[code.dtype]);
  if (type !== 0 && type !== 2) return { ...header, code, offset: start };
  const expected = type === 0 ? 2 * cols : 2;
  if (trained.count !== expected) {
    refuse(source, `the quantizer has ${trained.count} bounds; ${expected} are expected.`);
  }
  const bytes = (await source.read(trained.start, expected * 4)).slice();
  const bounds = new Float32Array(bytes.buffer);
  const ofColumns = (which: 0 | 1): Float32Array =>
    type === 0
      ? bounds.subarray(which * cols, (which + 1) * cols)
      : new Float32Array(cols).fill(bounds[which]);
  const scale = { low: ofColumns(0), span: ofColumns(1) };
  return { ...header, code: { ...code, scale }, offset: start };
}

/** Another index with an id for each of its rows. */
async function mapped(cursor: Cursor, depth: number): Promise<IndexRows> {
  const { source } = cursor;
  const header = await indexHeader(cursor);
  const inner = await indexAt(cursor, depth + 1);
  const { count, start } = await cursor.list(8);
  requireCount(source, header, count, 1);
  if (inner.rows !== count || inner.cols !== header.cols || inner.ids) {
    refuse(source, `the index maps ${count} ids to the ${inner.rows} vectors of another one.`);
  }
  return { ...inner, ids: await idsAt(source, start, count) };
}

async function idsAt(source: ByteSource, start: number, count: number): Promise<BigInt64Array> {
  const bytes = await source.read(start, count * 8);
  return new BigInt64Array(bytes.slice().buffer);
}

/** A graph, and behind it the index of its vectors. */
async function graph(cursor: Cursor, depth: number): Promise<IndexRows> {
  const header = await indexHeader(cursor);
  // Probabilities, neighbours a level, levels, offsets, neighbours; then five numbers.
  for (const size of [8, 4, 4, 8, 4]) await cursor.list(size);
  cursor.skip(20);
  const storage = await indexAt(cursor, depth + 1);
  if (storage.rows === header.rows && storage.cols === header.cols) return storage;
  return refuse(
    cursor.source,
    `the graph has ${header.rows} × ${header.cols}, its vectors ${storage.rows} × ${storage.cols}.`,
  );
}

/** Inverted lists of vectors: rows in the order of their ids. */
async function inverted(cursor: Cursor, depth: number): Promise<IndexRows> {
  const { source } = cursor;
  const header = await indexHeader(cursor);
  cursor.skip(16);
  // The centroids.
  await indexAt(cursor, depth + 1);
  const map = (await cursor.view(1)).getUint8(0);
  await cursor.list(8);
  if (map === 2) await cursor.list(16);
  const kind = await cursor.fourcc();
  if (kind !== 'ilar') {
    refuse(
      source,
      'the inverted lists lie in another file or in another form; faiss.read_index and write_index put them into one.',
    );
  }
  const lists = await cursor.u64();
  const size = await cursor.u64();
  if (size !== header.cols * 4) {
    refuse(
      source,
      `the inverted lists keep ${size} bytes a vector; ${header.cols} float32 are expected.`,
    );
  }
  const sizes = await listSizes(cursor, lists);
  const total = sizes.reduce((sum, count) => sum + count, 0);
  requireCount(source, header, total, 1);
  // Each row takes its bytes and an id of 8.
  if (total * (size + 8) > source.size - cursor.at) cursor.skip(total * (size + 8));
  const places = new Float64Array(total);
  const ids = new BigInt64Array(total);
  let row = 0;
  for (const count of sizes) {
    const start = cursor.skip(count * size);
    if (count > 0) ids.set(await idsAt(source, cursor.skip(count * 8), count), row);
    for (let i = 0; i < count; i++) places[row++] = start + i * size;
  }
  return { ...header, code: { dtype: 'f4' }, offset: 0, ...inOrderOfIds(ids, places) };
}

/** Vectors in each list: of all, or list and number of those that are not empty. */
async function listSizes(cursor: Cursor, lists: number): Promise<number[]> {
  const { source } = cursor;
  const form = await cursor.fourcc();
  const { count, start } = await cursor.list(8);
  const bytes = await source.read(start, count * 8);
  const values = Array.from(new BigUint64Array(bytes.slice().buffer), Number);
  if (form === 'full' && count === lists) return values;
  if (form === 'sprs' && count % 2 === 0) return values.filter((_, i) => i % 2 === 1);
  return refuse(source, 'the sizes of the inverted lists are damaged.');
}

/** The rows by their ids; the ids themselves only where they are more than the rows' numbers. */
function inOrderOfIds(ids: BigInt64Array, places: Float64Array): Pick<IndexRows, 'places' | 'ids'> {
  const n = ids.length;
  const sorted = new Float64Array(n).fill(-1);
  const areNumbers = ids.every((id, i) => {
    const place = Number(id);
    if (place < 0 || place >= n || sorted[place] >= 0) return false;
    sorted[place] = places[i];
    return true;
  });
  if (areNumbers) return { places: sorted };
  const order = Uint32Array.from(ids, (_, i) => i);
  order.sort((i, j) => (ids[i] < ids[j] ? -1 : ids[i] > ids[j] ? 1 : i - j));
  return {
    places: Float64Array.from(order, (i) => places[i]),
    ids: BigInt64Array.from(Array.from(order, (i) => ids[i])),
  };
}
