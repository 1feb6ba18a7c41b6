import {
  type ByteSource,
  endsIn,
  type Format,
  type Reader,
  type ReadOptions,
  refuse,
} from './contract.ts';
import { denseRows } from './support/dense.ts';
import { BYTES_OF, decodeInto } from './support/dtype.ts';
import { floats } from './support/memory.ts';
import { chosenArray, selected } from './support/select.ts';
import { shown } from './support/shown.ts';
import { type StridedArray, stridedInto } from './support/strided.ts';
import {
  type Contents,
  contentsOf,
  described,
  type Values,
  type Vectors,
} from './support/torch-contents.ts';
import { openArchive, openLegacy, startsAsLegacy, type TorchFile } from './support/torch-file.ts';
import type { Tensor } from './support/torch-objects.ts';
import { startsAsZip } from './support/zip.ts';
import { type Column, mapColumns, type VectorTable } from './table.ts';

/** Values that may lie upon one another, as in an expanded tensor, before the file is refused. */
const MOST_REPEATED = 1 << 16;

/** A pickle of Python: its protocol, then an operation, none of which is a small number. */
function startsAsPickle(head: Uint8Array): boolean {
  return head[0] === 0x80 && head[1] >= 2 && head[1] <= 5 && head[2] >= 0x28;
}

const latin1 = new TextDecoder('latin1');

async function openTorch(source: ByteSource): Promise<TorchFile> {
  const head = await source.read(0, Math.min(1024, source.size));
  if (startsAsZip(head)) return openArchive(source);
  if (startsAsLegacy(head)) return openLegacy(source);
  if (!startsAsPickle(head)) {
    refuse(source, 'a PyTorch file is a ZIP archive with a data.pkl, or begins with a pickle.');
  }
  if (latin1.decode(head).includes('gensim')) {
    refuse(
      source,
      'this is a pickle of gensim, which only its own code can read; save the vectors by model.wv.save_word2vec_format("vectors.bin", binary=True).',
    );
  }
  return refuse(
    source,
    'this is a Python pickle, but not one of PyTorch; save the vectors by numpy.save or torch.save.',
  );
}

/** The last element of a tensor and one more, or 0 where it has none. */
const extentOf = ({ shape, strides, offset }: Tensor): number =>
  shape.includes(0) ? 0 : shape.reduce((end, size, k) => end + (size - 1) * strides[k], offset + 1);

/** The bytes of the tensor's storage, which holds all of it. */
async function storageOf(
  source: ByteSource,
  file: TorchFile,
  name: string,
  tensor: Tensor,
): Promise<ByteSource> {
  const bytes = await file.storage(tensor.storage);
  const { dtype } = tensor;
  if (!dtype) refuse(source, `${described(name, tensor)} is of no type that is read.`);
  const extent = extentOf(tensor);
  if (extent * BYTES_OF[dtype] <= bytes.size) return bytes;
  return refuse(
    source,
    `${described(name, tensor)} reaches to number ${extent} of a storage of ${bytes.size} bytes.`,
  );
}

/** The storages of all rows; refuses vectors that would take much more memory than the file has. */
async function storagesOf(
  source: ByteSource,
  file: TorchFile,
  { name, tensors, rows, cols }: Vectors,
): Promise<ByteSource[]> {
  const storages: ByteSource[] = [];
  for (const tensor of tensors) storages.push(await storageOf(source, file, name, tensor));
  const stored = [...new Set(storages)].reduce((sum, { size }) => sum + size, 0);
  if (rows * cols <= Math.max(stored, MOST_REPEATED)) return storages;
  return refuse(
    source,
    `${shown(name)} has ${rows} × ${cols} numbers in ${stored} bytes: it repeats its memory; save tensor.clone().`,
  );
}

const inWords = ({ name, tensors: [first], rows, cols }: Vectors): string =>
  first.shape.length === 2
    ? described(name, first)
    : `${shown(name)} (${rows} tensors of ${cols} ${shown(first.type)})`;

/** The vectors that were asked for; collections of rows count where there is no matrix. */
function chosenVectors(source: ByteSource, contents: Contents, options: ReadOptions): Vectors {
  const { matrices, collections, uneven, others } = contents;
  const all = [...matrices, ...collections];
  if (all.length === 0 && uneven) refuse(source, uneven);
  if (all.length === 0 && others.length > 0) {
    const found = others.slice(0, 6).join(', ') + (others.length > 6 ? ', …' : '');
    refuse(source, `the file has no two-dimensional tensor of numbers; it has ${found}.`);
  }
  const candidates = options.vector === undefined && matrices.length > 0 ? matrices : all;
  const vectors = chosenArray(source, candidates, inWords, options);
  if (vectors.cols > 0) return vectors;
  return refuse(source, `${inWords(vectors)} has no columns; its vectors are empty.`);
}

/** The numbers of a one-dimensional tensor. */
async function numbersOf(
  source: ByteSource,
  file: TorchFile,
  { name, tensor, column, length }: Values,
): Promise<Column> {
  if (!tensor) return column ?? [];
  const bytes = await storageOf(source, file, name, tensor);
  const { dtype = 'f4', offset, strides } = tensor;
  if (length > Math.max(bytes.size, MOST_REPEATED)) {
    refuse(source, `${described(name, tensor)} repeats its memory; save tensor.clone().`);
  }
  const size = BYTES_OF[dtype];
  const [stride] = strides;
  const span = length === 0 ? 0 : (length - 1) * stride + 1;
  const all = new Float64Array(span);
  decodeInto(await bytes.read(offset * size, span * size), dtype, isBigEndian(file, tensor), all);
  return stride === 1 ? all : Float64Array.from({ length }, (_, i) => all[i * stride]);
}

const isBigEndian = (file: TorchFile, { storage }: Tensor): boolean =>
  storage.bytes ? storage.bigEndian === true : file.bigEndian;

/** What travels with the rows. */
interface Besides {
  /** As `info` says it. */
  readonly label: string | boolean;
  readonly labels?: readonly string[] | undefined;
  readonly columns: readonly (readonly [name: string, values: Column])[];
}

/** Labels and columns: the keys of the rows, or lists with a value for each row. */
async function besidesOf(
  source: ByteSource,
  file: TorchFile,
  { name, labels: keys, rows }: Vectors,
  values: readonly Values[],
  options: ReadOptions,
): Promise<Besides> {
  if (keys) {
    const keep = options.label !== false;
    return { label: keep, labels: keep ? keys : undefined, columns: [] };
  }
  const lists = values.filter(({ length }) => length === rows);
  const candidates = lists.map(({ name, column }) => {
    return { name, kind: Array.isArray(column) ? 'text' : 'number' } as const;
  });
  const { label, others } = selected(source, [{ name, kind: 'vector' }, ...candidates], {
    vector: name,
    label: options.label,
  });
  const columns: [string, Column][] = [];
  for (const i of others) {
    columns.push([lists[i - 1].name, await numbersOf(source, file, lists[i - 1])]);
  }
  if (label <= 0) return { label: false, columns };
  const chosen = lists[label - 1];
  const labels = Array.from(await numbersOf(source, file, chosen), String);
  return { label: chosen.name, labels, columns };
}

/** Every tensor that is neither vectors nor label nor column, in words. */
function othersOf(
  { matrices, collections, values, others }: Contents,
  vectors: Vectors,
  taken: ReadonlySet<unknown>,
): string[] {
  const lists: string[] = [];
  // Rows of a dictionary are lists of their own.
  for (const { name, tensor } of vectors.tensors.length > 1 ? [] : values) {
    if (tensor && !taken.has(name)) lists.push(described(name, tensor));
  }
  const tables = [...matrices, ...collections].filter((table) => table !== vectors);
  return [...tables.map(inWords), ...lists, ...others];
}

async function openPt(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const file = await openTorch(source);
  const contents = contentsOf(source, file.value);
  const vectors = chosenVectors(source, contents, options);
  const { name, tensors, rows, cols } = vectors;
  const storages = await storagesOf(source, file, vectors);
  const { label, labels, columns } = await besidesOf(
    source,
    file,
    vectors,
    contents.values,
    options,
  );
  const { dtype = 'f4' } = tensors[0];
  const taken = new Set([label, ...columns.map(([column]) => column)]);
  const others = othersOf(contents, vectors, taken);
  return {
    info: async () => ({
      format: 'pt',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: name,
      labels: label,
      columns: columns.map(([column]) => column),
      bigEndian: isBigEndian(file, tensors[0]) && BYTES_OF[dtype] > 1,
      others,
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await rowsOf(file, vectors, storages, a, b, shared);
        yield {
          points: { data, rows: b - a, cols },
          labels: labels?.slice(a, b),
          columns: mapColumns(Object.fromEntries(columns), (c) => c.slice(a, b) as Column),
          source: { name: source.name, format: 'pt', dtype },
        };
      }
    },
  };
}

/** Rows a to b as float32. */
async function rowsOf(
  file: TorchFile,
  { tensors, rows, cols }: Vectors,
  storages: readonly ByteSource[],
  a: number,
  b: number,
  shared: boolean,
): Promise<Float32Array> {
  const arrayOf = (tensor: Tensor, n: number): StridedArray => {
    const [columnStride, rowStride = 0] = tensor.strides.toReversed();
    const { dtype = 'f4', offset } = tensor;
    const bigEndian = isBigEndian(file, tensor);
    return { rows: n, cols, dtype, bigEndian, offset, rowStride, columnStride };
  };
  const [storage] = storages;
  const isMatrix = tensors[0].shape.length === 2;
  const first = arrayOf(tensors[0], rows);
  if (isMatrix && first.columnStride === 1 && first.rowStride === cols) {
    const offset = first.offset * BYTES_OF[first.dtype];
    return denseRows(storage, { ...first, offset, fortranOrder: false }, a, b, shared);
  }
  const out = floats((b - a) * cols, storage.name, shared);
  if (isMatrix) await stridedInto(storage, first, a, b, out, 0);
  else {
    for (let i = a; i < b; i++) {
      await stridedInto(storages[i], arrayOf(tensors[i], 1), 0, 1, out, (i - a) * cols);
    }
  }
  return out;
}

/** PyTorch files, read by a list of what a pickle may name; no code of the file runs. */
export const pt: Format = {
  id: 'pt',
  title: 'PyTorch',
  extensions: ['.pt', '.pth', '.bin', '.ckpt'],
  dtypes: [],
  keeps: { labels: true, columns: true },
  streams: { read: true, write: false },
  startsWith: 'a ZIP archive with a data.pkl, or a pickle',
  recognizes(head, name) {
    if (startsAsZip(head)) return latin1.decode(head).includes('/data.pkl') ? 1 : 0;
    if (startsAsLegacy(head)) return 1;
    if (startsAsPickle(head)) return 0.95;
    return endsIn(name, ['.pt', '.pth', '.ckpt']) ? 0.05 : 0;
  },
  open: openPt,
};
