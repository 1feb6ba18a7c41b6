import { describe, expect, it } from 'vitest';
import { toFloat32, zerosLike } from '../../core/matrix.ts';
import { describeEngineLaws } from '../../testing/engine-laws.ts';
import { uniformRows } from '../../testing/points.ts';
import { createNativeEngine, nativeInstructionSets } from './engine.ts';

const missing = nativeInstructionSets().length === 0;
const skipped = missing ? ' (skipped: it is not compiled here)' : '';

describe.skipIf(missing)(`the native engine${skipped}`, () => {
  describeEngineLaws('native', createNativeEngine, 9000);

  it('stops on a signal that no report brings, from another turn of the event loop', async () => {
    const engine = await createNativeEngine(2);
    const many = toFloat32(uniformRows(9000, 64, 1));
    const kernel = { shape: 'gaussian', distance: 'chordal', scale: 2 } as const;
    const controller = new AbortController();
    const { signal } = controller;
    const answer = engine.pairwiseEnergy(many, kernel, zerosLike(many), { signal });
    setTimeout(() => controller.abort(), 1);
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
    await engine.dispose();
  });
});
