import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import type { StudyData } from '../define.ts';
import { drawnConcept } from './concepts.ts';

const data: StudyData = {
  folder: async (name) => pathToFileURL(`study-data/${name}/`),
  full: async () => undefined,
};

test('an intent with few texts of it and as many others, and its own words', async () => {
  const sizes = { words: 300, shots: 4, others: 20 };
  const concept = await drawnConcept(data, Random.fromSeed(1), sizes);
  expect([concept.vocabulary.rows, concept.vocabulary.cols]).toEqual([300, 100]);
  expect([...concept.train.isOf]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  // CLINC150 has 30 test requests an intent.
  expect(concept.test.isOf.reduce((a, b) => a + b)).toBe(30);
  expect(concept.test.points.rows).toBe(50);
  expect(new Set(concept.own).size).toBe(300);
  const again = await drawnConcept(data, Random.fromSeed(1), sizes);
  expect(again.train.points.data).toEqual(concept.train.points.data);
});
