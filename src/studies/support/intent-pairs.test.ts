import { expect, test } from 'vitest';
import { studyData } from '../../cli/study/places.ts';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { gradeCorrelation, intentPairs } from './intent-pairs.ts';
import { loadRequests } from './requests.ts';

const data = studyData();
const counts = { pairs: 400, asked: 50, known: 300, graded: 90 };

test('pairs are short, of one intent, and no request is in two', async () => {
  const { texts, partners } = await intentPairs(data, counts, Random.fromSeed(1));
  const { sentences, labels } = (await loadRequests(data)).inScope.train;
  const intentOf = new Map(sentences.map((sentence, row) => [sentence, labels[row]]));
  const intents = texts.map((text) => intentOf.get(text));
  expect(partners.map((text) => intentOf.get(text))).toEqual(intents);
  // One intent has no two requests that are so short.
  expect(new Set(intents).size).toBe(149);
  expect(new Set([...texts, ...partners]).size).toBe(800);
  expect(Math.max(...[...texts, ...partners].map((text) => text.split(' ').length))).toBe(8);
});

test('requests that are asked are not among the known, and neither was learned from', async () => {
  const { texts, partners, asked, known } = await intentPairs(data, counts, Random.fromSeed(1));
  const all = [...texts, ...partners, ...asked.texts, ...known.texts];
  expect(new Set(all).size).toBe(800 + 350);
});

test('a third of the pairs each is of one intent, one domain, two domains', async () => {
  const { known, graded } = await intentPairs(data, counts, Random.fromSeed(1));
  const { domainOf } = await loadRequests(data);
  const { first, second, grades } = graded;
  const intentsOf = (places: readonly number[]) => places.map((place) => known.intents[place]);
  const [a, b] = [intentsOf(first), intentsOf(second)];
  const wanted = a.map((intent, i) =>
    intent === b[i] ? 2 : domainOf[intent] === domainOf[b[i]] ? 1 : 0,
  );
  expect(grades).toEqual(wanted);
  expect(first.every((place, i) => place !== second[i])).toBe(true);
  for (const grade of [0, 1]) expect(grades.filter((own) => own === grade)).toHaveLength(30);
  // Not every drawn request has another of its intent.
  expect(grades.filter((own) => own === 2).length).toBeGreaterThan(20);
});

test('cosines in the order of the grades correlate with them', () => {
  const rows = matrix(Float64Array.of(1, 0, 1, 0, 0.6, 0.8, 0, 1), 4, 2);
  const pairs = { first: [0, 0, 0], second: [1, 2, 3], grades: [2, 1, 0] };
  expect(gradeCorrelation(rows, pairs)).toBeCloseTo(1, 12);
  expect(gradeCorrelation(rows, { ...pairs, grades: [0, 1, 2] })).toBeCloseTo(-1, 12);
});
