import { afterAll, describe, expect, it } from 'vitest';
import { zeros, zeros64 } from '../core/matrix.ts';
import { chooseEngine, defaultEngine } from './choose.ts';
import { nativeInstructionSets } from './native/engine.ts';

const fastest = nativeInstructionSets().length > 0 ? 'native' : 'wasm';

afterAll(async () => {
  await (await defaultEngine(zeros(1, 1))).dispose();
});

describe('chooseEngine', () => {
  it('gives the engine that is named, with as many threads as asked', async () => {
    const engine = await chooseEngine('wasm', { threads: 3 });
    expect([engine.name, engine.threads]).toEqual(['wasm', 3]);
    await engine.dispose();
    expect((await chooseEngine('reference')).name).toBe('reference');
  });

  it('takes native for auto where it is compiled, else wasm', async () => {
    const engine = await chooseEngine('auto', { threads: 1 });
    expect(engine.name).toBe(fastest);
    await engine.dispose();
  });

  it('refuses an engine that is not here rather than taking another', async () => {
    await expect(chooseEngine('webgpu')).rejects.toThrow(
      'engine: there is no engine "webgpu" here; there are "reference", "wasm" and "native".',
    );
  });
});

describe('defaultEngine', () => {
  it('is the reference for float64 and one shared engine for float32', async () => {
    expect((await defaultEngine(zeros64(1, 1))).name).toBe('reference');
    const engine = await defaultEngine(zeros(1, 1));
    expect(engine.name).toBe(fastest);
    expect(await defaultEngine(zeros(2, 2))).toBe(engine);
  });

  it('starts anew after it was disposed of', async () => {
    const first = await defaultEngine(zeros(1, 1));
    await first.dispose();
    const second = await defaultEngine(zeros(1, 1));
    expect(second).not.toBe(first);
    expect((await second.nearest(zeros(3, 2), 1)).n).toBe(3);
  });
});
