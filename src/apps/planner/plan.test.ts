import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { codecById, codeRecall } from '../verbs/compress.ts';
import { chosenOfPlan, compressAsPlanned, planTarget } from '../verbs/compress-plan.ts';
import { planCompression } from './plan.ts';

/** Rows whose columns matter less and less. */
function fading(rows: number, cols: number) {
  const random = Random.fromSeed(4);
  const data = Float32Array.from(
    { length: rows * cols },
    (_, e) => random.normal() / (1 + (e % cols)) ** 2,
  );
  return matrix(data, rows, cols);
}

const points = fading(1500, 16);
const engine = await chooseEngine('wasm', { threads: 1 });
const run = { engine, codecs: ['int8'], asked: 200 };

describe('planCompression', () => {
  test('chooses the fewest bytes that reach the recall, and keeps its promise', async () => {
    const { chosen, front, losses } = await planCompression(points, {
      ...run,
      target: { recall: 0.85 },
    });
    if (!chosen) throw new Error('nothing chosen');
    expect(chosen.codec).toBe('int8');
    expect(chosen.dims).toBeLessThan(16);
    expect(
      front.filter(({ rescore }) => rescore === 1).map(({ bytesPerVector }) => bytesPerVector),
    ).toContain(chosen.bytesPerVector);
    expect(losses?.rare.count).toBe(50);
    const { codes, model } = await compressAsPlanned(points, chosen, { engine });
    const ready = await codecById('int8').ready(model);
    const kept = await codeRecall(points, ready, codes, { engine, queries: 1000, seed: 99 });
    const { low, high } = chosen.recallAt10;
    expect(kept?.value).toBeGreaterThan(low);
    expect(kept?.value).toBeLessThan(high);
  });

  test('keeps within a size with the most recall there is', async () => {
    const { chosen } = await planCompression(points, { ...run, target: { times: 8 } });
    expect(chosen?.bytesPerVector).toBe(8);
    const rescored = await planCompression(points, { ...run, rescore: 10, target: { times: 8 } });
    expect(rescored.chosen?.rescore).toBe(10);
    expect(rescored.chosen?.recallAt10.value).toBeGreaterThan(chosen?.recallAt10.value ?? 1);
  });

  test('says so where nothing reaches the target', async () => {
    const { chosen, warnings } = await planCompression(points, {
      ...run,
      target: { recall: 0.99, times: 16 },
    });
    expect(chosen).toBeNull();
    expect(warnings.join()).toMatch(
      /^Nothing that was tried reaches the target for sure; int8 over/,
    );
    expect(() => chosenOfPlan('plan.json', { chosen })).toThrow('the plan chose nothing');
  });

  test('float32 loses nothing, though a column is constant or rows are fewer than columns', async () => {
    const constant = fading(300, 16);
    for (let i = 0; i < 300; i++) constant.data[i * 16 + 3] = 2;
    for (const rows of [constant, fading(40, 60)]) {
      const { front } = await planCompression(rows, {
        ...run,
        codecs: ['float'],
        target: { recall: 0.9 },
      });
      // Equals within the rounding of a rotation may change places.
      expect(front.at(-1)?.recallAt10.value).toBeGreaterThan(0.995);
    }
  });

  test('rows of zeros are left out, and it says so', async () => {
    const some = fading(300, 16);
    some.data.fill(0, 0, 20 * 16);
    const target = { recall: 0.9 };
    const { n, warnings, chosen } = await planCompression(some, { ...run, target });
    const rest = matrix(some.data.slice(20 * 16), 280, 16);
    const without = await planCompression(rest, { ...run, target });
    expect([n, chosen]).toEqual([300, without.chosen]);
    expect(warnings).toEqual([
      '20 rows have length zero and so no direction; the plan leaves them out.',
    ]);
  });

  test('refuses what makes no plan', async () => {
    await expect(planCompression(fading(8, 4), { target: { recall: 0.9 } })).rejects.toThrow(
      'expected 21 rows or more to plan on; got 8.',
    );
    await expect(planCompression(points, { target: {} })).rejects.toThrow('a recall to reach');
    await expect(
      planCompression(points, { target: { recall: 0.9 }, queries: fading(9, 3) }),
    ).rejects.toThrow('queries of 16 columns');
    expect(() => planTarget('recall>0.9', undefined)).toThrow("like 'recall@10>=0.95'");
    expect(planTarget('recall@5>=95%', '8x')).toEqual({ recall: 0.95, k: 5, times: 8 });
  });
});
