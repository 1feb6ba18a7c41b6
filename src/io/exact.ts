import { createOutput, openSource } from '#files';
import { type Matrix, matrix, toFloat32 } from '../core/matrix.ts';
import { transposed } from '../core/transposed.ts';
import type { ByteSource } from './contract.ts';
import type { FormatId } from './format-id.ts';
import { npyDescr, npyHeaderBytes, readNpyHeader, requireVectors, startsAsNpy } from './npy.ts';
import { openedBytes, wholeOf } from './open.ts';
import { bytesOf, decodeInto } from './support/dtype.ts';
import type { VectorTable } from './table.ts';
import { write, writeFormat } from './write.ts';

/** Vectors as exact as the file has them. */
export interface ExactTable {
  /** float64 where the file is an npy of float64, else float32. */
  readonly points: Matrix;
  readonly labels?: readonly string[] | undefined;
}

/** Reads vectors without rounding npy files of float64; other formats come as float32. */
export async function readExact(path: string): Promise<ExactTable> {
  const source = await openSource(path);
  try {
    const wide = await wideNpy(source);
    if (wide) return { points: wide };
    const reader = await openedBytes(source, {});
    const { points, labels } = await wholeOf({ ...source, reader });
    return { points, labels };
  } finally {
    await source.close();
  }
}

async function wideNpy(source: ByteSource): Promise<Matrix<Float64Array> | undefined> {
  const head = await source.read(0, Math.min(6, source.size));
  if (!startsAsNpy(head)) return undefined;
  const { rows, cols, dtype, bigEndian, fortranOrder, offset } = requireVectors(
    source,
    await readNpyHeader(source),
  );
  if (dtype !== 'f8' || rows === 0) return undefined;
  const values = new Float64Array(rows * cols);
  decodeInto(await source.read(offset, 8 * rows * cols), dtype, bigEndian, values);
  return fortranOrder ? transposed(matrix(values, cols, rows)) : matrix(values, rows, cols);
}

/** Writes float64 points: npy keeps them to the bit, other formats round to float32, and it says so. */
export async function writeExact(
  path: string,
  points: Matrix<Float64Array>,
  labels?: readonly string[],
  format?: FormatId,
): Promise<{ readonly rounded: boolean }> {
  const { data, rows, cols } = points;
  if (writeFormat(path, { format }) === 'npy') {
    const output = await createOutput(path);
    await output.write(npyHeaderBytes(npyDescr('f8'), [rows, cols]));
    await output.write(bytesOf(data));
    await output.commit();
    return { rounded: false };
  }
  const table: VectorTable = { points: toFloat32(points), labels };
  await write(path, table, { format });
  return { rounded: true };
}
