import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { full } from '../../families/tables/index.ts';
import type { StudyContext } from '../define.ts';
import { bagAccuracy, bagsOf, plainWords } from './bag-classifier.ts';

test('words are those with a letter or a digit, in lower case', () => {
  expect(plainWords('Set 2 alarms, please!')).toEqual(['set', '2', 'alarms', 'please']);
});

test('words without an id are left out', () => {
  const bags = bagsOf(['a b c', 'c'], Int32Array.of(0, 1), new Map([['b', 0]]));
  expect(bags.words).toEqual([Int32Array.of(0), Int32Array.of()]);
});

test('learns which of two words a text has', async () => {
  const words = Array.from({ length: 40 }, (_, i) => Int32Array.of(i % 2, 2 + (i % 3)));
  const bags = { words, classes: Int32Array.from(words, ([first]) => first) };
  const study = { seed: 1, random: Random.fromSeed(1), engine: referenceEngine } as StudyContext;
  const table = await full({ fields: [{ name: 'word', size: 5 }] }, { dim: 4, keep: 0 });
  const training = { classes: 2, steps: 60, batch: 8, learningRate: 0.3 };
  expect(await bagAccuracy(table, { train: bags, test: bags }, training, study)).toBe(1);
});
