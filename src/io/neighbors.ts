import { createOutput, openSource } from '#files';
import type { KnnGraph } from '../core/graph.ts';
import { type ByteSource, refuse, type Source } from './contract.ts';
import { npyHeaderBytes, readNpyHeader } from './npy.ts';
import { BYTES_OF, bytesOf, decodeInto } from './support/dtype.ts';
import { openEntry, zipEntries, zipWriter } from './support/zip.ts';

/**
 * Writes neighbour lists as an npz archive: `indices` and `distances`, lists × k, and `rows` where only
 * some rows have a list. NumPy reads it; so does `readNeighbors`.
 */
export async function writeNeighbors(graph: KnnGraph, path: string): Promise<void> {
  const { indices, distances, n, k, rows } = graph;
  const members: Member[] = [
    ['indices', '<i4', [n, k], [indices]],
    ['distances', '<f8', [n, k], [distances]],
  ];
  if (rows) members.push(['rows', '<i4', [n], [rows]]);
  await writeMembers(path, members);
}

/** Lists that come some at a time, in the order of their rows. */
export interface StreamedLists {
  readonly n: number;
  readonly k: number;
  indices(): AsyncIterable<Int32Array>;
  distances(): AsyncIterable<Float64Array>;
}

/** The same archive of lists that are more than memory holds; 4 GB at most. */
export function writeStreamedNeighbors(
  { n, k, indices, distances }: StreamedLists,
  path: string,
): Promise<void> {
  return writeMembers(path, [
    ['indices', '<i4', [n, k], indices()],
    ['distances', '<f8', [n, k], distances()],
  ]);
}

type Member = [
  name: string,
  descr: string,
  shape: readonly number[],
  pieces: Iterable<ArrayBufferView> | AsyncIterable<ArrayBufferView>,
];

async function writeMembers(path: string, members: readonly Member[]): Promise<void> {
  const output = await createOutput(path);
  try {
    const zip = zipWriter(output, path);
    for (const [name, descr, shape, pieces] of members) {
      await zip.entry(`${name}.npy`, true);
      await zip.write(npyHeaderBytes(descr, shape));
      for await (const piece of pieces) await zip.write(bytesOf(piece));
    }
    await zip.finish();
    await output.commit();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** Reads neighbour lists from an npz archive with `indices`, `distances` and, maybe, `rows`. */
export async function readNeighbors(from: Source): Promise<KnnGraph> {
  const source = await openSource(from);
  try {
    const found = new Map<string, { shape: readonly number[]; values: Float64Array }>();
    for (const entry of await zipEntries(source)) {
      const content = await openEntry(source, entry);
      found.set(entry.name.replace(/\.npy$/, ''), await arrayOf(content));
    }
    const indices = found.get('indices');
    const distances = found.get('distances');
    if (!indices || !distances || indices.shape.length !== 2) {
      refuse(source, 'neighbour lists are the arrays indices and distances, both lists × k.');
    }
    if (indices.shape.join() !== distances.shape.join()) {
      refuse(
        source,
        `indices are ${indices.shape.join(' × ')}, distances ${distances.shape.join(' × ')}.`,
      );
    }
    const [n, k] = indices.shape;
    const graph = { indices: Int32Array.from(indices.values), distances: distances.values, n, k };
    const rows = found.get('rows');
    return rows ? { ...graph, rows: Int32Array.from(rows.values) } : graph;
  } finally {
    await source.close();
  }
}

async function arrayOf(
  source: ByteSource,
): Promise<{ shape: readonly number[]; values: Float64Array }> {
  const { shape, dtype, descr, bigEndian, fortranOrder, dataOffset } = await readNpyHeader(source);
  if (!dtype) refuse(source, `the type ${descr} is not a number.`);
  if (fortranOrder && shape.length > 1)
    refuse(source, 'the array is stored by columns; rows are expected.');
  const count = shape.reduce((product, size) => product * size, 1);
  const length = count * BYTES_OF[dtype];
  if (length > source.size - dataOffset)
    refuse(source, `the array claims ${length} bytes; there are fewer.`);
  const bytes = await source.read(dataOffset, length);
  const values = new Float64Array(count);
  decodeInto(bytes, dtype, bigEndian, values);
  return { shape, values };
}
