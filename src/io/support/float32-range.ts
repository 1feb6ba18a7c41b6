import { InputError } from '../../core/errors.ts';

/** From here on a float64 rounds to an infinite float32. */
const TOO_LARGE = 2 ** 128 - 2 ** 103;

/** Looks for float64 values that float32 rows cannot hold. */
export interface Float32Range {
  /** Values of a file and where they are, before they are rounded. */
  see(values: Float64Array, rowOf: (i: number) => number, columnOf: (i: number) => number): void;
  /** Rows that have come out as zeros and were none, of all that were seen. */
  end(rounded: Float32Array): void;
}

/**
 * Rows of `cols` columns are kept as float32: a value too large for that, and a row that it would make one of zeros,
 * are refused by name. Rows are counted from 0, the first is number `firstRow`.
 */
export function float32Range(name: string, cols: number, firstRow: number): Float32Range {
  const tiny = new Map<number, { readonly column: number; readonly value: number }>();
  const refuse = (row: number, column: number, value: number, limit: string): never => {
    throw new InputError(
      name,
      `row ${firstRow + row}, column ${column} is ${value}: beyond float32 (${limit}), in which rows are kept (counted from 0). Scale the file to values near 1 first; directions stay as they are.`,
    );
  };
  return {
    see(values, rowOf, columnOf) {
      for (let i = 0; i < values.length; i++) {
        const size = Math.abs(values[i]);
        if (size >= TOO_LARGE && size !== Infinity) {
          refuse(rowOf(i), columnOf(i), values[i], 'up to 3.4e38');
        }
        if (size !== 0 && Math.fround(size) === 0 && !tiny.has(rowOf(i))) {
          tiny.set(rowOf(i), { column: columnOf(i), value: values[i] });
        }
      }
    },
    end(rounded) {
      for (const [row, { column, value }] of tiny) {
        const own = rounded.subarray(row * cols, (row + 1) * cols);
        if (own.every((x) => x === 0)) refuse(row, column, value, 'down to 1.4e-45');
      }
    },
  };
}
