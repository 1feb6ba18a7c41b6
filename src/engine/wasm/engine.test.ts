import { describe, expect, it } from 'vitest';
import { toFloat32 } from '../../core/matrix.ts';
import { describeEngineLaws } from '../../testing/engine-laws.ts';
import { uniformRows } from '../../testing/points.ts';
import { createWasmEngine } from './engine.ts';

describe('the wasm engine', () => {
  describeEngineLaws('wasm', createWasmEngine, 6000);

  it('moves to a larger memory when it must, with the same answers', async () => {
    const other = await createWasmEngine(2);
    const points = toFloat32(uniformRows(900, 30, 2));
    const before = await other.nearest(points, 5);
    const plane = toFloat32(uniformRows(4500, 2, 4));
    const { data } = await other.matmul(plane, plane, true);
    expect(data.length).toBe(4500 ** 2);
    for (const i of [0, 1234, 4499]) {
      expect(data[i * 4501]).toBeCloseTo(1, 6);
      expect(data[i * 4500 + 7]).toBe(data[7 * 4500 + i]);
    }
    expect(await other.nearest(points, 5)).toEqual(before);
    await other.dispose();
  });

  it('says that memory does not suffice', async () => {
    const engine = await createWasmEngine(2);
    const huge = { data: new Float32Array(0), rows: 2 ** 20, cols: 2 ** 12 };
    Object.defineProperty(huge.data, 'length', { value: 2 ** 32 });
    Object.defineProperty(huge.data, 'byteLength', { value: 2 ** 34 });
    await expect((async () => engine.gram(huge))()).rejects.toThrow(
      /needs \d+ MiB of kernel memory, more than WebAssembly can have here/,
    );
    await engine.dispose();
  });
});
