import { expect, test } from 'vitest';
import { matrix, rows } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine as engine } from '../../engine/reference.ts';
import { codeRecall } from './code-recall.ts';
import { codecById } from './codecs.ts';

const random = Random.fromSeed(3);
const all = matrix(
  Float32Array.from({ length: 500 * 8 }, () => random.normal()),
  500,
  8,
);
const points = rows(all, 0, 300);
const asking = rows(all, 300, 500);

const coded = async (codec: string, options = {}) => {
  const { model, codes } = await codecById(codec)(points, options as never, { engine });
  return { ready: await codecById(codec).ready(model), codes };
};

test('codes that lose nothing keep all neighbors, whoever asks', async () => {
  const { ready, codes } = await coded('float', { type: 'f4' });
  expect((await codeRecall(points, ready, codes, { engine }))?.value).toBe(1);
  expect((await codeRecall(points, ready, codes, { engine, asking }))?.value).toBe(1);
});

test('a codec that can learn its rows by heart loses less of them than of others', async () => {
  // 256 centers for 300 rows: most rows are a center of their own. Who asks matters little, what was fitted much.
  const { model } = await codecById('pq')(points, { bytes: 1 } as never, { engine });
  const ready = await codecById('pq').ready(model);
  const others = rows(all, 200, 500);
  const recall = async (some: typeof points) =>
    (await codeRecall(some, ready, await ready.encode(some, { engine }), { engine }))?.value ?? 0;
  expect(await recall(points)).toBeGreaterThan(0.2 + (await recall(others)));
});

test('queries of other columns are refused', async () => {
  const { ready, codes } = await coded('int8');
  const wrong = codeRecall(points, ready, codes, {
    engine,
    asking: matrix(new Float32Array(9), 3, 3),
  });
  await expect(wrong).rejects.toThrow('expected queries of 8 columns; got 3.');
});
