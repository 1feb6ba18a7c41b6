import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tammes-float32-'));

/** 3 × 2 doubles as npy, in that order of the elements. */
function npy(values: readonly number[], order: 'rows' | 'columns'): string {
  const header = `{'descr': '<f8', 'fortran_order': ${order === 'rows' ? 'False' : 'True'}, 'shape': (3, 2), }`;
  const text = `${header.padEnd(117)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  const at = join(folder, `${values.join('_')}-${order}.npy`);
  writeFileSync(
    at,
    Buffer.concat([head, Buffer.from(text), Buffer.from(Float64Array.from(values).buffer)]),
  );
  return at;
}

describe.each(['rows', 'columns'] as const)('doubles by %s', (order) => {
  const placed = (row: number, column: number, value: number, others: number) => {
    const at = order === 'rows' ? row * 2 + column : column * 3 + row;
    return Array.from({ length: 6 }, (_, i) => (i === at ? value : others));
  };

  test('a value that float32 has not is refused with its place and the way out', async () => {
    const file = npy(placed(1, 1, -1e200, 1), order);
    await expect(read(file)).rejects.toThrow(
      'row 1, column 1 is -1e+200: beyond float32 (up to 3.4e38), in which rows are kept (counted from 0). Scale',
    );
    const { points } = await read(npy(placed(1, 1, 3.4e38, 1), order));
    expect(points.data[3]).toBe(Math.fround(3.4e38));
  });

  test('a row that would become one of zeros is refused, a small value in a row is rounded', async () => {
    const zeros = npy(placed(2, 0, 1e-200, 0), order);
    await expect(read(zeros)).rejects.toThrow('row 2, column 0 is 1e-200: beyond float32 (down to');
    const { points } = await read(npy(placed(2, 0, 1e-200, 1), order));
    expect(Array.from(points.data)).toEqual([1, 1, 1, 1, 0, 1]);
  });

  test('what is infinite or zero in the file comes as it is', async () => {
    const { points } = await read(npy(placed(0, 1, Infinity, 0), order));
    expect(Array.from(points.data)).toEqual([0, Infinity, 0, 0, 0, 0]);
  });
});
