import { matrix } from '../../core/matrix.ts';
import { type ByteSource, type Reader, type ReadOptions, refuse } from '../../io/contract.ts';
import { type Column, tableRows, type VectorTable } from '../../io/table.ts';
import { type OpenStore, storeOf } from './store-file.ts';

/** The decoded vectors of a store, like those of every file: block by block. */
export async function storeReader(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const { vector } = options;
  if (vector !== undefined)
    refuse(source, `a store has its vectors alone, and no column ${JSON.stringify(vector)}.`);
  const store = await storeOf(source);
  const { labels, columns, from } = await besides(source, store, options);
  const { rows, cols, codec } = store;
  return {
    info: async () => ({
      format: 'store',
      rows,
      cols,
      dtype: 'f4',
      encoding: `${codec} codes`,
      bytes: source.size,
      labels: from,
      columns: Object.keys(columns),
    }),
    async *blocks(rowsPerBlock): AsyncGenerator<VectorTable> {
      const all = { labels, columns, points: matrix(new Float32Array(0), rows, 0) };
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const points = await store.ready.decode(await store.codes(a, b));
        yield { ...tableRows(all, a, b), points };
      }
    },
  };
}

interface Besides {
  readonly labels?: readonly string[] | undefined;
  readonly columns: Readonly<Record<string, Column>>;
  /** Where the labels come from. */
  readonly from: string | boolean;
}

/** Labels and columns; the label may be another column of text. */
async function besides(
  source: ByteSource,
  store: OpenStore,
  { label }: ReadOptions,
): Promise<Besides> {
  const entries = await Promise.all(
    store.columnNames.map(async (name) => [name, (await store.column(name)) ?? []] as const),
  );
  const columns = Object.fromEntries(entries);
  if (label === false) return { columns, from: false };
  if (label === undefined) {
    const labels = await store.labels();
    return { labels, columns, from: labels !== undefined };
  }
  const chosen = Object.hasOwn(columns, label) ? columns[label] : undefined;
  if (chosen === undefined || chosen instanceof Float64Array) {
    const there = store.columnNames.join(', ') || 'none';
    refuse(source, `there is no column of text ${JSON.stringify(label)}; columns are ${there}.`);
  }
  const others = entries.filter(([name]) => name !== label);
  return { labels: chosen, columns: Object.fromEntries(others), from: label };
}
