import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { vectorDistillation } from './vector-distillation.ts';

/** Normal rows whose column c has the deviation 1/(1 + c). */
function falling(n: number, d: number) {
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: n * d }, (_, e) => random.normal() / (1 + (e % d)));
  return matrix(data, n, d);
}

const small = { steps: 100, batch: 32, dim: 4, hidden: 16, heldOut: 0.25, learningRate: 0.02 };

describe('vector-distillation', () => {
  test.each(['linear', 'mlp'] as const)('%s makes vectors shorter', async (encoder) => {
    const points = falling(400, 12);
    const options = { ...small, encoder, narrowest: 2 };
    const { report } = await vectorDistillation({ points, teachers: [points] }, options);
    // Chance finds 10 of 99.
    expect(report['recallAt10']).toBeGreaterThan(0.5);
    expect(report['recallAt10']).toBeGreaterThan(report['recallAt10Of2']);
    expect(report['recallAt10Of2']).toBeGreaterThan(0.2);
  });

  test('embeds each row alone as among others, in the numbers it learned in', async () => {
    const points = falling(60, 6);
    const wide = { ...points, data: Float64Array.from(points.data) };
    const learn = { points: wide, teachers: [points] };
    const { model } = await vectorDistillation(learn, { ...small, steps: 5 });
    const stored = await decodeModel(encodeModel(model), 'm');
    const all = await vectorDistillation.embed(stored, { points: wide });
    const one = await vectorDistillation.embed(model, { points: gathered(wide, [7]) });
    expect(one.points.data).toEqual(all.points.data.slice(28, 32));
    expect(one.points.data).toBeInstanceOf(Float64Array);
  });

  test('constant columns and equal rows are taken as they are', async () => {
    const points = falling(40, 4);
    const flat = { ...points, data: points.data.map((x, e) => (e % 4 === 0 ? 3 : x)) };
    const equal = { ...flat, data: flat.data.map((_, e) => flat.data[e % 8]) };
    for (const rows of [flat, equal]) {
      const { loss } = await vectorDistillation(
        { points: rows, teachers: [rows] },
        { ...small, steps: 20 },
      );
      expect(Number.isFinite(loss)).toBe(true);
    }
  });

  test('says what does not fit', async () => {
    const points = falling(20, 4);
    await expect(vectorDistillation({ points }, small)).rejects.toThrow(
      'vector-distillation: vectors of a teacher are needed.',
    );
    const { model } = await vectorDistillation(
      { points, teachers: [points] },
      { ...small, steps: 2 },
    );
    await expect(vectorDistillation.embed(model, { points: falling(3, 5) })).rejects.toThrow(
      'vector-distillation: expected rows of 4 columns, as the model learned; got 3 × 5.',
    );
  });
});
