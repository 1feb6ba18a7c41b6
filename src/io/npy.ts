import { type ByteSource, endsIn, type Format, type Reader, type ReadOptions } from './contract.ts';
import { rowsOfParts } from './support/dense.ts';
import { BYTES_OF, encoded } from './support/dtype.ts';
import { appendedArrays } from './support/npy-appended.ts';
import { npyDescr, npyHeaderBytes, readNpyHeader, startsAsNpy } from './support/npy-header.ts';
import { openRecords } from './support/npy-records.ts';

export {
  type NpyHeader,
  npyDescr,
  npyHeaderBytes,
  readNpyHeader,
  requireVectors,
  startsAsNpy,
} from './support/npy-header.ts';

async function openNpy(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const header = await readNpyHeader(source);
  if (header.fields && header.shape.length === 1) return openRecords(source, header, options);
  const parts = await appendedArrays(source, header);
  const [{ cols, dtype }] = parts;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return {
    async info() {
      return {
        format: 'npy',
        rows,
        cols,
        dtype,
        bytes: source.size,
        labels: false,
        columns: [],
        order: header.fortranOrder ? 'F' : 'C',
        bigEndian: header.bigEndian && BYTES_OF[dtype] > 1,
      };
    },
    async *blocks(rowsPerBlock, shared) {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const data = await rowsOfParts(source, parts, a, b, shared);
        yield {
          points: { data, rows: b - a, cols },
          source: { name: source.name, format: 'npy', dtype },
        };
      }
    },
  };
}

/** NumPy arrays: one 2-dimensional array a file, or several of equal columns one behind the other. */
export const npy: Format = {
  id: 'npy',
  title: 'NumPy array',
  extensions: ['.npy'],
  dtypes: ['f4', 'f8', 'f2', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4'],
  keeps: { labels: false, columns: false },
  streams: { read: true, write: true },
  startsWith: 'the bytes \\x93NUMPY',
  recognizes: (head, name) => (startsAsNpy(head) ? 1 : endsIn(name, ['.npy']) ? 0.05 : 0),
  open: openNpy,
  create(output, name, { dtype = 'f4', rows: total }) {
    let rows = 0;
    return {
      async append({ points }) {
        if (rows === 0) await output.write(npyHeaderBytes(npyDescr(dtype), [total, points.cols]));
        await output.write(encoded(points.data, dtype, name, points.cols, rows));
        rows += points.rows;
      },
      async finish() {},
    };
  },
};
