import type { ByteSource } from '../contract.ts';
import { BYTES_OF, type DType, decodeInto } from './dtype.ts';

/** Bytes read and converted at a time. */
const CHUNK = 1 << 24;

/** An n × d array in a file: element (i, j) is `offset + i · rowStride + j · columnStride`. */
export interface StridedArray {
  readonly rows: number;
  readonly cols: number;
  readonly dtype: DType;
  readonly bigEndian: boolean;
  /** In elements, like the strides. */
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Rows a to b of an array into `out`, from its place `start` on. */
export async function stridedInto(
  source: ByteSource,
  { cols, dtype, bigEndian, offset, rowStride, columnStride }: StridedArray,
  a: number,
  b: number,
  out: Float32Array,
  start: number,
): Promise<void> {
  const size = BYTES_OF[dtype];
  const byRows = { count: b - a, stride: rowStride, step: cols };
  const byColumns = { count: cols, stride: columnStride, step: 1 };
  // Lines lie along the smaller stride; neighbouring ones are read together where they leave no gaps.
  const [line, lines] = rowStride >= columnStride ? [byColumns, byRows] : [byRows, byColumns];
  if (line.count === 0 || lines.count === 0) return;
  const span = (line.count - 1) * line.stride + 1;
  const isClose = 2 * span >= lines.stride;
  const together = isClose ? Math.max(1, Math.floor(CHUNK / size / Math.max(1, lines.stride))) : 1;
  const first = offset + a * rowStride;
  for (let l = 0; l < lines.count; l += together) {
    const count = Math.min(together, lines.count - l);
    const length = (count - 1) * lines.stride + span;
    const bytes = await source.read((first + l * lines.stride) * size, length * size);
    const isDense = line.stride === 1 && line.step === 1;
    const values = isDense ? undefined : new Float32Array(length);
    if (values) decodeInto(bytes, dtype, bigEndian, values, 0, 1, length);
    for (let k = 0; k < count; k++) {
      const from = k * lines.stride;
      const to = start + (l + k) * lines.step;
      if (values) {
        for (let i = 0; i < line.count; i++) {
          out[to + i * line.step] = values[from + i * line.stride];
        }
      } else {
        const part = bytes.subarray(from * size, (from + line.count) * size);
        decodeInto(part, dtype, bigEndian, out, to, 1, line.count);
      }
    }
  }
}
