import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { coverageOf } from './coverage.ts';

const line = (...places: number[]) => matrix(Float64Array.from(places), places.length, 1);
const real = line(0, 1, 2, 10, 11, 12);

test('rows drawn near half of the real ones cover half, and all of them lie well', () => {
  expect(coverageOf(real, line(0, 1, 2, 1.5), 1)).toEqual({ coverage: 0.5, precision: 1 });
});

test('rows drawn far away cover nothing', () => {
  expect(coverageOf(real, line(5, 6), 2)).toEqual({ coverage: 0, precision: 0 });
});

test('the real rows cover themselves, a single one too', () => {
  expect(coverageOf(real, real, 1)).toEqual({ coverage: 1, precision: 1 });
  expect(coverageOf(line(3), line(3), 5)).toEqual({ coverage: 1, precision: 1 });
});
