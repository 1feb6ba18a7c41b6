import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf } from './dtype.ts';
import { bytesSource } from './memory.ts';
import { stridedInto } from './strided.ts';

it('element (i, j) is that at offset + i · rowStride + j · columnStride, whatever the strides', async () => {
  const small = fc.nat({ max: 6 });
  await fc.assert(
    fc.asyncProperty(
      small,
      small,
      small,
      fc.nat({ max: 40 }),
      fc.nat({ max: 40 }),
      async (...drawn) => {
        const [n, skipped, extra, rowStride, columnStride] = drawn;
        const [rows, cols, offset] = [n + 1 + skipped, extra + 1, skipped];
        const memory = Float64Array.from({ length: 800 }, (_, at) => at * at);
        const array = {
          rows,
          cols,
          dtype: 'f8',
          bigEndian: false,
          offset,
          rowStride,
          columnStride,
        } as const;
        const out = new Float32Array(1 + (rows - skipped) * cols);
        await stridedInto(bytesSource(bytesOf(memory)), array, skipped, rows, out, 1);
        const expected = Array.from({ length: (rows - skipped) * cols }, (_, k) => {
          const [i, j] = [skipped + Math.floor(k / cols), k % cols];
          return memory[offset + i * rowStride + j * columnStride];
        });
        expect([...out]).toEqual([0, ...expected]);
      },
    ),
  );
});
