import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { keptShare, nearestRight, precision } from './reduced-retrieval.ts';

const known = matrix(Float64Array.of(0, 1, 2, 3), 4, 1);
const asked = matrix(Float64Array.of(-1), 1, 1);
const study = { engine: referenceEngine, signal: undefined };

test('average precision is the mean of the precisions at the places of the class', () => {
  const split = { known, asked, knownClasses: ['b', 'a', 'b', 'a'], askedClasses: ['a'] };
  // Found at the second and the fourth place.
  expect(precision({ known, asked }, split)).toBeCloseTo((1 / 2 + 2 / 4) / 2, 12);
});

test('the nearest row decides the class', async () => {
  const split = { known, asked, knownClasses: ['b', 'a', 'b', 'a'], askedClasses: ['b'] };
  expect(await nearestRight({ known, asked }, split, study)).toBe(1);
  const turned = matrix(Float64Array.of(3), 1, 1);
  expect(await nearestRight({ known, asked: turned }, split, study)).toBe(0);
});

test('of twenty rows on a line ten are kept by themselves, and none by a turned line', async () => {
  const row = Float64Array.from({ length: 20 }, (_, i) => i);
  const line = matrix(row, 20, 1);
  const split = { known: line, asked, knownClasses: [], askedClasses: [] };
  expect(await keptShare({ known: line, asked }, split, study)).toBe(1);
  const turned = matrix(row.toReversed(), 20, 1);
  expect(await keptShare({ known: turned, asked }, split, study)).toBe(0);
});
