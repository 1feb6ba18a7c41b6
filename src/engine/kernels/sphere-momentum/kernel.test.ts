import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ShapeError, UnsupportedError } from '../../../core/errors.ts';
import { copied, type Matrix, zeros, zeros64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { chooseEngine } from '../../choose.ts';
import type { Engine } from '../../engine.ts';
import { createNativeEngine, nativeInstructionSets } from '../../native/engine.ts';
import { referenceEngine } from '../../reference.ts';

// Every engine must give the bytes of the reference, for any number of threads.

const engines: Engine[] = [];
beforeAll(async () => {
  for (const threads of [1, 3]) {
    engines.push(await chooseEngine('wasm', { threads }));
    for (const set of nativeInstructionSets()) engines.push(await createNativeEngine(threads, set));
  }
});
afterAll(async () => {
  for (const engine of engines) await engine.dispose();
});

/** Whether two arrays hold the same bytes; `toEqual` takes seconds over a million numbers. */
function same(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = (view: ArrayBufferView) =>
    Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  return bytes(a).equals(bytes(b));
}

function normals(n: number, d: number, seed: number): Matrix<Float32Array> {
  const random = Random.fromSeed(seed);
  const m = zeros(n, d);
  for (let i = 0; i < m.data.length; i++) m.data[i] = random.normal();
  return m;
}

// The last is long enough to be shared among threads.
const shapes = [
  [1, 1],
  [3, 2],
  [24, 3],
  [300, 5],
  [257, 7],
  [513, 64],
  [9000, 61],
] as const;

describe('sphereMomentumInPlace', () => {
  const [x, g, m] = [Float32Array.of(0.6, 0.8), Float32Array.of(1, 2), Float32Array.of(3, 4)];
  const of = (data: Float32Array): Matrix<Float32Array> => ({ data, rows: 1, cols: 2 });

  test('keeps a share of the momentum and adds the weighted tangent part of the gradient', async () => {
    const momentum = of(m.slice());
    const keep = Float64Array.of(0.5);
    const sums = await referenceEngine.sphereMomentumInPlace(of(x), of(g), momentum, keep, 2);
    // ⟨x,g⟩ = 2.2 leaves t = (−0.32, 0.24).
    expect(momentum.data[0]).toBeCloseTo(0.5 * 3 - 2 * 0.32, 6);
    expect(momentum.data[1]).toBeCloseTo(0.5 * 4 + 2 * 0.24, 6);
    const [m0, m1] = momentum.data;
    const expected = [0.16, 1, 0.6 * m0 + 0.8 * m1, m0 * m0 + m1 * m1];
    for (const [i, value] of expected.entries()) expect(sums[i]).toBeCloseTo(value, 6);
  });

  test.each(shapes)('gives the same bytes on every engine for %i × %i', async (n, d) => {
    const [points, gradient, start] = [1, 2, 3].map((seed) => normals(n, d, seed));
    const keep = Float64Array.from({ length: n }, (_, i) => 1 / (i + 1));
    const expected = copied(start);
    const sums = await referenceEngine.sphereMomentumInPlace(points, gradient, expected, keep, 0.3);
    for (const engine of engines) {
      const momentum = copied(start);
      const got = await engine.sphereMomentumInPlace(points, gradient, momentum, keep, 0.3);
      expect(same(momentum.data, expected.data)).toBe(true);
      expect(same(got, sums)).toBe(true);
    }
  });

  test('refuses shapes that differ, and float64 rows on engines of float32', async () => {
    const keep = new Float64Array(2);
    for (const engine of [...engines, referenceEngine]) {
      const push = (momentum: Matrix, factors: Float64Array) => async () =>
        engine.sphereMomentumInPlace(zeros(2, 3), zeros(2, 3), momentum, factors, 1);
      await expect(push(zeros(2, 2), keep)()).rejects.toThrow(ShapeError);
      await expect(push(zeros(2, 3), new Float64Array(3))()).rejects.toThrow(ShapeError);
      if (engine !== referenceEngine)
        await expect(push(zeros64(2, 3), keep)()).rejects.toThrow(UnsupportedError);
    }
  });
});

describe('sphereFlowInPlace', () => {
  const flowed = async (
    engine: Engine,
    x: Matrix,
    v: Matrix,
    times: Float64Array,
    s?: Float64Array,
  ) => {
    const [points, velocities] = [copied(x), copied(v)];
    const changed = await engine.sphereFlowInPlace(points, velocities, times, s);
    return { points, velocities, changed };
  };

  test('goes a quarter of a great circle in the time π/2 at unit speed', async () => {
    const [x, v] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const of = (data: Float32Array) => ({ data, rows: 1, cols: 2 });
    for (const engine of [...engines, referenceEngine]) {
      const times = Float64Array.of(Math.PI / 2);
      const { points, velocities, changed } = await flowed(engine, of(x), of(v), times);
      expect(
        [...points.data, ...velocities.data].map((c) => Math.round(c * 1e6) / 1e6 + 0),
      ).toEqual([0, 1, -1, 0]);
      expect(changed).toBe(true);
    }
  });

  test.each(shapes)('gives the same bytes on every engine for %i × %i', async (n, d) => {
    const [x, v, keep] = [normals(n, d, 4), normals(n, d, 5), new Float64Array(n).fill(1)];
    // All quadrants of either sign; the first row is to stay as it is, the second has no velocity.
    const times = Float64Array.from(normals(n, 1, 6).data, (value) => 9 * value);
    times[0] = 0;
    v.data.fill(0, d, 2 * d);
    const sums = await referenceEngine.sphereMomentumInPlace(x, zeros(n, d), copied(v), keep, 0);
    for (const s of [undefined, sums]) {
      const expected = await flowed(referenceEngine, x, v, times, s);
      expect(expected.points.data.subarray(0, d)).toEqual(x.data.subarray(0, d));
      expect(expected.changed).toBe(n > 1);
      for (const engine of engines) {
        const got = await flowed(engine, x, v, times, s);
        expect(same(got.points.data, expected.points.data)).toBe(true);
        expect(same(got.velocities.data, expected.velocities.data)).toBe(true);
        expect(got.changed).toBe(expected.changed);
      }
    }
  });

  test('says that nothing changed where velocities are too small to move a coordinate', async () => {
    const [n, d] = [300, 70];
    const [x, v] = [zeros(n, d), zeros(n, d)];
    for (let i = 0; i < n; i++) [x.data[i * d], v.data[i * d]] = [1, 0];
    for (const engine of [...engines, referenceEngine]) {
      const times = new Float64Array(n).fill(1);
      expect((await flowed(engine, x, v, times)).changed).toBe(false);
      v.data[n * d - 1] = 1e-3;
      expect((await flowed(engine, x, v, times)).changed).toBe(true);
      v.data[n * d - 1] = 0;
    }
  });

  test('refuses shapes that differ', async () => {
    for (const engine of [...engines, referenceEngine]) {
      const flow = (v: Matrix, times: number, sums: number) => async () =>
        engine.sphereFlowInPlace(zeros(2, 3), v, new Float64Array(times), new Float64Array(sums));
      await expect(flow(zeros(3, 3), 2, 8)()).rejects.toThrow(ShapeError);
      await expect(flow(zeros(2, 3), 3, 8)()).rejects.toThrow(ShapeError);
      await expect(flow(zeros(2, 3), 2, 2)()).rejects.toThrow(ShapeError);
    }
  });
});
