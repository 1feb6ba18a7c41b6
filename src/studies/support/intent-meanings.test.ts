import { expect, test } from 'vitest';
import { loadGlove } from '../../io/datasets/index.ts';
import { intentMeanings } from './intent-meanings.ts';

test('an intent is the mean of its words, and its attributes are words that it shares', async () => {
  const { words, attributes, attributeNames } = await intentMeanings({
    intents: ['order_checks', 'order', 'w2zzz', 'translate'],
    domains: ['banking', 'small_talk'],
    domainOf: Int32Array.from([0, 0, 1, 1]),
  });
  expect(attributeNames).toEqual(['banking', 'order', 'small', 'talk']);
  expect(Array.from(attributes.data)).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1]);
  const { points, labels = [] } = await loadGlove();
  const first = (word: string) => points.data[labels.indexOf(word) * 100];
  expect(words.data[0]).toBeCloseTo((first('order') + first('checks')) / 2, 6);
  expect(words.data[100]).toBeCloseTo(first('order'), 6);
});
