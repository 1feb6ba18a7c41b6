import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import { looksLikeColumns } from './column-names.ts';
import { type DenseArray, denseRows } from './dense.ts';
import { floats } from './memory.ts';
import { type NpyHeader, requireVectors, vectorShape } from './npy-header.ts';
import { npyValue } from './npy-values.ts';

/** An array of an archive. */
export interface Member {
  readonly name: string;
  readonly source: ByteSource;
  readonly header: NpyHeader;
}

/** Refuses what `scipy.sparse.save_npz` and `sparse.save_npz` write: its arrays are no vectors. */
export async function requireDense(source: ByteSource, all: readonly Member[]): Promise<void> {
  const named = (name: string): Member | undefined => all.find((member) => member.name === name);
  if (named('coords') && named('data') && named('shape') && named('fill_value')) {
    const sizes = await listOf(named('shape'), 2);
    refuse(
      source,
      `the archive is a sparse array of the package sparse (${sizes.join(' × ')}); sparse.load_npz(f).todense() makes the vectors.`,
    );
  }
  const format = named('format');
  if (!format || !named('shape') || !(named('data') || named('row') || named('indices'))) return;
  if (format.header.shape.length > 0) return;
  const [kind] = await listOf(format, 1);
  const sizes = await listOf(named('shape'), 2);
  refuse(
    source,
    `the archive is a SciPy sparse matrix (${String(kind)}, ${sizes.join(' × ')}); scipy.sparse.load_npz(f).toarray() makes the vectors.`,
  );
}

async function listOf(member: Member | undefined, most: number): Promise<unknown[]> {
  const value = member && npyValue(member.header.descr);
  if (!member || !value) return [];
  const { source, header } = member;
  const bytes = await source.read(
    header.dataOffset,
    Math.min(most * value.size, source.size - header.dataOffset),
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / value.size);
  return Array.from({ length: count }, (_, i) => value.at(view, i * value.size));
}

/** An array for each row: all are vectors of floats of one length, and there are two and more. */
export function dictionaryOf(
  source: ByteSource,
  all: readonly Member[],
): readonly Member[] | undefined {
  const isVector = ({ header }: Member): boolean =>
    header.dtype !== undefined && vectorShape(header)?.[0] === 1;
  if (all.length < 2 || !all.every(isVector)) return undefined;
  if (looksLikeColumns(all.map(({ name }) => name))) {
    const [one, other] = all.map(({ name }) => name);
    refuse(
      source,
      `its arrays of one dimension (${one}, ${other}, …) could be the rows or the columns of a table; save one array of two (numpy.stack, numpy.column_stack).`,
    );
  }
  const lengthOf = ({ header }: Member): number => vectorShape(header)?.[1] ?? 0;
  const [first] = all;
  const odd = all.find((member) => lengthOf(member) !== lengthOf(first));
  if (odd) {
    refuse(
      source,
      `the archive has one array a row, but ${odd.name} has ${lengthOf(odd)} numbers and ${first.name} has ${lengthOf(first)}; --vector NAME reads one.`,
    );
  }
  return all;
}

/** Opens an archive with one array a row; the names of the arrays are the labels. */
export function openDictionary(
  source: ByteSource,
  all: readonly Member[],
  { label }: ReadOptions,
): Reader {
  const arrays = all.map((member): DenseArray => requireVectors(member.source, member.header));
  const [{ cols, dtype }] = arrays;
  return {
    info: async () => ({
      format: 'npz',
      rows: all.length,
      cols,
      dtype,
      bytes: source.size,
      labels: label !== false,
      columns: [],
    }),
    async *blocks(rowsPerBlock, shared) {
      for (let a = 0; a < all.length; a += rowsPerBlock) {
        const b = Math.min(all.length, a + rowsPerBlock);
        const data = floats((b - a) * cols, source.name, shared);
        for (let i = a; i < b; i++) {
          data.set(await denseRows(all[i].source, arrays[i], 0, 1, false), (i - a) * cols);
        }
        const names = all.slice(a, b).map(({ name }) => name);
        yield {
          points: { data, rows: b - a, cols },
          labels: label === false ? undefined : names,
          source: { name: source.name, format: 'npz', dtype },
        };
      }
    },
  };
}
