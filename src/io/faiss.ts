import type { ByteSource, Format, Reader, ReadOptions } from './contract.ts';
import { refuse } from './contract.ts';
import { BYTES_OF } from './support/dtype.ts';
import { faissRows, startsAsFaiss } from './support/faiss-index.ts';
import { indexRowsInto } from './support/faiss-rows.ts';
import { floats } from './support/memory.ts';
import type { VectorTable } from './table.ts';

async function openFaiss(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const index = await faissRows(source);
  const { rows, cols, code } = index;
  // Every row takes its bytes in the file, so there is memory for about as many numbers.
  if (rows * cols * BYTES_OF[code.dtype] > source.size) {
    refuse(
      source,
      `the index says ${rows} × ${cols}, which is more than its ${source.size} bytes.`,
    );
  }
  const ids = options.label === false ? undefined : index.ids;
  const dtype = code.encoding ? 'f4' : code.dtype;
  return {
    info: async () => ({
      format: 'faiss',
      rows,
      cols,
      dtype,
      ...(code.encoding ? { encoding: code.encoding } : {}),
      bytes: source.size,
      labels: ids !== undefined,
      columns: [],
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = floats((b - a) * cols, source.name, shared);
        await indexRowsInto(source, index, a, b, data);
        yield {
          points: { data, rows: b - a, cols },
          labels: ids && Array.from(ids.subarray(a, b), String),
          source: { name: source.name, format: 'faiss', dtype },
        };
      }
    },
  };
}

/** Index files of FAISS that keep their vectors; read only. */
export const faiss: Format = {
  id: 'faiss',
  title: 'FAISS',
  extensions: ['.faiss', '.index'],
  dtypes: [],
  keeps: { labels: true, columns: false },
  streams: { read: true, write: false },
  startsWith: 'a kind of index in four letters, such as IxF2',
  recognizes: (head) => (startsAsFaiss(head) ? 1 : 0),
  open: openFaiss,
};
