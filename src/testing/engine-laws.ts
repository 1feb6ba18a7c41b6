import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFloat32, zeros, zeros64, zerosLike } from '../core/matrix.ts';
import type { Engine } from '../engine/engine.ts';
import { uniformRows } from './points.ts';

const kernel = { shape: 'gaussian', distance: 'chordal', scale: 2 } as const;
const few = toFloat32(uniformRows(4, 3, 1));

/**
 * What every engine that computes float32 outside the main thread owes its caller, besides the right
 * numbers (those are in the conformance tests): quick answers, progress, interruption, order, and a
 * sentence for what it does not take. `rows` of 64 columns must be work for many turns of the event loop.
 */
export function describeEngineLaws(
  name: string,
  create: (threads: number) => Promise<Engine>,
  rows: number,
): void {
  const many = toFloat32(uniformRows(rows, 64, 1));
  let engine: Engine;
  beforeAll(async () => {
    engine = await create(2);
  });
  afterAll(() => engine.dispose());

  it('answers small questions at once', () => {
    const answer = engine.pairwiseEnergy(toFloat32(uniformRows(24, 3, 1)), kernel);
    expect(answer).not.toBeInstanceOf(Promise);
  });

  it('reports progress that grows to 1, letting the event loop run meanwhile', async () => {
    const seen: number[] = [];
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await engine.pairwiseEnergy(many, kernel, zerosLike(many), {
      onProgress: (done) => seen.push(done),
    });
    clearInterval(timer);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    expect(turns).toBeGreaterThan(0);
  });

  it('stops when the signal aborts, and works afterwards', async () => {
    const points = toFloat32(uniformRows(300, 20, 1));
    const before = await engine.nearest(points, 5);
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = () => controller.abort();
    const answer = engine.pairwiseEnergy(many, kernel, zerosLike(many), { signal, onProgress });
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
    expect(await engine.nearest(points, 5)).toEqual(before);
  });

  it('passes on what a progress report throws, and works afterwards', async () => {
    const onProgress = (): void => {
      throw new Error('not now');
    };
    const answer = (async () => engine.pairwiseEnergy(many, kernel, null, { onProgress }))();
    await expect(answer).rejects.toThrow('not now');
    expect((await engine.nearest(few, 1)).n).toBe(4);
  });

  it('refuses work whose signal has aborted already', async () => {
    const work = { signal: AbortSignal.abort() };
    await expect((async () => engine.nearest(many, 5, work))()).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('serves operations asked for at the same time as it would one after the other', async () => {
    const points = toFloat32(uniformRows(1500, 40, 2));
    const alone = [await engine.nearest(points, 5), await engine.pairwiseEnergy(many, kernel)];
    const [energy, neighbors, again] = await Promise.all([
      engine.pairwiseEnergy(many, kernel),
      engine.nearest(points, 5),
      engine.pairwiseEnergy(many, kernel),
    ]);
    expect([neighbors, energy]).toEqual(alone);
    expect(again).toEqual(energy);
  });

  it('takes matrices without rows, and rows without columns', async () => {
    const none = zeros(0, 3);
    expect((await engine.pairwiseEnergy(none, kernel, zeros(0, 3))).sum).toBe(0);
    expect((await engine.nearest(none, 2)).indices.length).toBe(0);
    expect((await engine.assign(none, zeros(5, 3))).indices.length).toBe(0);
    const { indices } = await engine.assign(toFloat32(uniformRows(2, 3, 1)), none);
    expect(indices).toEqual(Int32Array.of(-1, -1));
    expect((await engine.gram(none)).data).toEqual(new Float64Array(9));
    expect((await engine.matmul(none, zeros(3, 2))).data.length).toBe(0);
    expect((await engine.matmul(zeros(2, 0), zeros(0, 2))).data).toEqual(new Float32Array(4));
    expect((await engine.sortRows(none)).length).toBe(0);
  });

  it('leaves its inputs unchanged', async () => {
    const points = toFloat32(uniformRows(100, 9, 3));
    const copy = points.data.slice();
    await engine.pairwiseEnergy(points, kernel, zerosLike(points));
    await engine.nearest(points, 3);
    await engine.gram(points);
    await engine.sortRows(points);
    await engine.matmul(points, points, true);
    expect(points.data).toEqual(copy);
  });

  describe('says in a sentence', () => {
    it('that it takes float32 only', async () => {
      await expect((async () => engine.nearest(zeros64(3, 2), 1))()).rejects.toThrow(
        `nearest: the ${name} engine takes float32 matrices; this one is float64, which the reference engine takes.`,
      );
    });

    it('that a gradient does not fit float32', async () => {
      const close = toFloat32(uniformRows(4, 3, 1));
      close.data.copyWithin(3, 0, 3);
      close.data[5] += 1e-6;
      const riesz = { shape: 'riesz', distance: 'chordal', scale: 40 } as const;
      await expect(
        (async () => engine.pairwiseEnergy(close, riesz, zerosLike(close)))(),
      ).rejects.toThrow(
        'the chordal riesz energy with scale 40 of these points does not fit float32',
      );
    });

    it('which scale a kernel may have', async () => {
      for (const scale of [-1, NaN, Infinity]) {
        await expect(
          (async () => engine.pairwiseEnergy(few, { ...kernel, scale }))(),
        ).rejects.toThrow(
          `pairwise-energy: option "scale" must be a number in [0, ∞); got ${scale}.`,
        );
      }
    });

    it('that shapes do not fit', async () => {
      const short = { data: new Float32Array(5), rows: 3, cols: 2 };
      await expect((async () => engine.nearest(short, 1))()).rejects.toThrow(
        'nearest: expected 3 × 2 values; got 5.',
      );
      await expect((async () => engine.pairwiseEnergy(few, kernel, zeros(3, 4)))()).rejects.toThrow(
        'pairwise-energy: expected gradient of 4 × 3; got 3 × 4.',
      );
      await expect((async () => engine.matmul(few, few))()).rejects.toThrow(
        'matmul: expected as many columns in A as rows in B; got 4 × 3 and 4 × 3.',
      );
      await expect((async () => engine.nearest(few, 0))()).rejects.toThrow(
        'nearest: option "k" must be an integer in [1, ∞]; got 0.',
      );
    });

    it('how many threads there may be', async () => {
      for (const threads of [0, 257]) {
        await expect(create(threads)).rejects.toThrow(
          `${name}: option "threads" must be an integer in [1, 256]; got ${threads}.`,
        );
      }
    });

    it('that it has been disposed of', async () => {
      const other = await create(2);
      await other.dispose();
      await expect((async () => other.nearest(many, 1))()).rejects.toThrow(
        'nearest: this engine has been disposed of.',
      );
    });
  });
}
