import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { labelsOf, type Translation, tokenOf, trainedTransformer } from './word-transformer.ts';

const prompts: readonly Translation[] = [
  { number: 1, from: 'french', to: 'german' },
  { number: 2, from: 'english', to: 'english' },
];
const lesson = {
  numbers: 3,
  cols: 4,
  blocks: 2,
  steps: 2,
  batch: 4,
  shares: [0, 0, 1],
  seed: 1,
  engine: referenceEngine,
  signal: undefined,
};

test('each word of each language has a token behind the tags', () => {
  expect(tokenOf(0, 'english', 3)).toBe(3);
  expect(tokenOf(2, 'german', 3)).toBe(11);
  const labels = labelsOf(3);
  expect([labels.length, labels[0], labels[11]]).toEqual([12, '[english]', 'zwei (german)']);
});

test('there is a state for each prompt before the blocks and behind each of them', async () => {
  const drawn: Translation[] = [];
  const withheld = (one: Translation) => {
    drawn.push(one);
    return one.number === 0;
  };
  const model = await trainedTransformer({ ...lesson, withheld });
  const states = await model.states(prompts);
  expect(states.map(({ rows, cols }) => [rows, cols])).toEqual([
    [2, 4],
    [2, 4],
    [2, 4],
  ]);
  // Before any block a state knows the tag that is read last and its place, and nothing else.
  const alike = await model.states([{ number: 0, from: 'english', to: 'german' }]);
  expect(Array.from(alike[0].data)).toEqual(Array.from(states[0].data.subarray(0, 4)));
  expect([model.unembed.rows, model.unembed.cols, model.gain.length]).toEqual([12, 4, 4]);
  // Of shares 0, 0, 1 only the last language is drawn.
  expect(new Set(drawn.map(({ to }) => to))).toEqual(new Set(['german']));
  const again = await (await trainedTransformer({ ...lesson, withheld })).states(prompts);
  expect(again).toEqual(states);
});
