import { InputError } from '../../../core/errors.ts';
import { float16Bits, float16Values } from '../../../core/float16.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { SparseMatrix } from '../../../core/sparse.ts';
import type { Fitted } from '../../../learning/index.ts';
import { choice } from '../../../method/options.ts';
import { largestPlaces } from '../../../numerics/rows/largest-places.ts';
import type { Codes } from '../types.ts';

/** How the values of a code are stored. */
export const valueOption = choice(
  ['float16', 'int8'],
  'float16',
  'How values are stored: 2 bytes, or 1 byte in 255 steps from 0 to the largest of the column among the fitted rows.',
);

/** A column's number takes one byte up to so many columns, else two. */
const BYTE_COLUMNS = 256;
/** Most columns that two bytes number. */
export const MOST_COLUMNS = 65536;
const LARGEST_HALF = 65504;

/** What a code is: k columns, ascending, then as many values above 0; what is left is 0. */
interface Layout {
  readonly k: number;
  readonly columns: number;
  readonly columnBytes: 1 | 2;
  readonly valueBytes: 1 | 2;
  /** Of int8, for each column. */
  readonly steps: ArrayLike<number> | undefined;
}

function layoutOf({ settings, arrays }: Fitted): Layout {
  const columns = arrays['weight'].rows;
  const steps = arrays['steps']?.data;
  return {
    k: settings['k'] as number,
    columns,
    columnBytes: columns <= BYTE_COLUMNS ? 1 : 2,
    valueBytes: steps ? 1 : 2,
    steps,
  };
}

/** k · (bytes of a column's number + bytes of a value). */
export function sparseWidth(fitted: Fitted): number {
  const { k, columnBytes, valueBytes } = layoutOf(fitted);
  return k * (columnBytes + valueBytes);
}

/** Writes the k largest numbers above 0 of each row of latents; codes begin as zeros. */
export function packSparse(
  id: string,
  fitted: Fitted,
  { data, rows, cols }: Matrix,
  bytes: Uint8Array,
): void {
  const layout = layoutOf(fitted);
  const width = sparseWidth(fitted);
  for (let i = 0; i < rows; i++) {
    const kept = largestPlaces(data, i * cols, (i + 1) * cols, layout.k).sort();
    const code = bytes.subarray(i * width, (i + 1) * width);
    let at = 0;
    for (const column of kept) {
      const value = storedValue(id, layout, column, data[i * cols + column]);
      if (value > 0) writeEntry(code, layout, at++, column, value);
    }
  }
}

/** The bits of a value; 0 for what is not above 0. */
function storedValue(id: string, { steps }: Layout, column: number, value: number): number {
  if (!(value > 0)) return 0;
  if (steps) return steps[column] > 0 ? Math.min(255, Math.round(value / steps[column])) : 0;
  if (value <= LARGEST_HALF) return float16Bits(value);
  throw new InputError(
    id,
    `a row has the value ${value} in its code; float16 holds up to 65,504 (rows far from the fitted ones: fit to rows like them, or take the value int8, which cuts).`,
  );
}

function writeEntry(
  code: Uint8Array,
  { k, columnBytes, valueBytes }: Layout,
  at: number,
  column: number,
  value: number,
): void {
  writeNumber(code, at * columnBytes, columnBytes, column);
  writeNumber(code, k * columnBytes + at * valueBytes, valueBytes, value);
}

function writeNumber(code: Uint8Array, at: number, size: 1 | 2, value: number): void {
  code[at] = value & 255;
  if (size === 2) code[at + 1] = value >> 8;
}

const readNumber = (bytes: Uint8Array, at: number, size: 1 | 2) =>
  size === 1 ? bytes[at] : bytes[at] | (bytes[at + 1] << 8);

/** The codes as sparse rows over the latents. */
export function unpackSparse(fitted: Fitted, { bytes, rows }: Codes): SparseMatrix {
  const layout = layoutOf(fitted);
  const { k, columnBytes, valueBytes, steps } = layout;
  const width = sparseWidth(fitted);
  const halves = float16Values();
  const offsets = new Int32Array(rows + 1);
  const columns = new Int32Array(rows * k);
  const values = new Float64Array(rows * k);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    for (let at = 0; at < k; at++) {
      const stored = readNumber(bytes, i * width + k * columnBytes + at * valueBytes, valueBytes);
      if (stored === 0) break;
      const column = readNumber(bytes, i * width + at * columnBytes, columnBytes);
      columns[count] = column;
      values[count++] = steps ? stored * steps[column] : halves[stored];
    }
    offsets[i + 1] = count;
  }
  return {
    rows,
    cols: layout.columns,
    offsets,
    columns: columns.slice(0, count),
    values: values.slice(0, count),
  };
}
