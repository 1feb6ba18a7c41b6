import { type OpenStore, openStore } from '../../apps/verbs/compress.ts';
import type { Corpus } from '../../apps/verbs/search.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type SparseMatrix, sparseOf } from '../../core/sparse.ts';
import type { Codes } from '../../families/compression/types.ts';
import type { Column } from '../../io/table.ts';
import { type InputFlags, readInput } from '../input.ts';

const STORE = '.tammes';

interface SparseFlags extends InputFlags {
  readonly codes?: string | undefined;
}

/** Rows with what their file says about each. */
interface NamedRows {
  readonly corpus: Corpus;
  readonly labels?: readonly string[] | undefined;
  readonly columns?: Readonly<Record<string, Column>> | undefined;
}

/**
 * Sparse rows for an index or as queries: the codes of a store, vectors as the codec of a store codes them, or else the
 * numbers of vectors that are not 0.
 */
export async function readSparse(files: readonly string[], flags: SparseFlags): Promise<NamedRows> {
  const { codes } = flags;
  const [file] = files;
  if (files.length === 1 && file.endsWith(STORE)) {
    if (codes !== undefined)
      throw new OptionError('search', 'codes', `left out where ${file} has codes`, codes);
    return withStore(file, rowsOfStore);
  }
  const { points, labels, columns } = await readInput(files, flags);
  const sparse =
    codes === undefined
      ? sparseOf(points)
      : await withStore(codes, async (store) =>
          sparseRows(store, await store.ready.encode(points)),
        );
  return { corpus: { sparse, columns }, labels, columns };
}

async function withStore<T>(path: string, use: (store: OpenStore) => Promise<T>): Promise<T> {
  const store = await openStore(path);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function rowsOfStore(store: OpenStore): Promise<NamedRows> {
  const sparse = sparseRows(store, await store.codes(0, store.rows));
  const columns: Record<string, Column> = {};
  for (const name of store.columnNames) {
    const column = await store.column(name);
    if (column) columns[name] = column;
  }
  return { corpus: { sparse, columns }, labels: await store.labels(), columns };
}

function sparseRows({ name, codec, ready }: OpenStore, codes: Codes): SparseMatrix {
  if (ready.sparse) return ready.sparse(codes);
  throw new InputError(
    name,
    `expected sparse codes, of csr or flops; its codec is ${codec} (other stores: tammes decompress, then build).`,
  );
}
