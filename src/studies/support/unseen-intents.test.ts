import { expect, test } from 'vitest';
import { studyData } from '../../cli/study/places.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { loadRequests } from './requests.ts';
import { rowsOfEach, unseenIntents } from './unseen-intents.ts';
import { cosines } from './zero-shot.ts';

test('rows are the first of each class asked for', () => {
  const labels = Int32Array.from([2, 0, 2, 1, 2, 1]);
  expect(rowsOfEach(labels, Int32Array.from([2, 1]), 2)).toEqual([0, 2, 3, 5]);
});

test('words predicted for requests of intents never seen lie nearer to their intent than to others', async () => {
  const engine = await chooseEngine('wasm');
  const data = studyData();
  const context = { seed: 1, quick: true, random: Random.fromSeed(1), engine, data };
  const found = await unseenIntents(
    await loadRequests(data),
    { seen: 30, unseen: 6, train: 10, rows: 4, anchors: 60 },
    { ...context, signal: undefined, tick: async () => {} },
  );
  expect([found.features.rows, found.semantic[0].prototypes.rows]).toEqual([24, 6]);
  expect(Array.from(new Set(found.labels)).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  const { data: products } = await cosines(found.semantic[0], { engine });
  let [own, all] = [0, 0];
  found.labels.forEach((label, i) => {
    own += products[6 * i + label] / 24;
    for (let c = 0; c < 6; c++) all += products[6 * i + c] / (24 * 6);
  });
  expect(own).toBeGreaterThan(all + 0.1);
  await engine.dispose();
});
