import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { covarianceSpectrum, principalRows, separateSteps, timeOfRise } from './stairs.ts';

const spectra = (...rows: number[][]) => ({
  times: rows.map((_, at) => at),
  values: rows.map((row) => Float64Array.from(row)),
});

test('a rise is timed between two looks by a line', () => {
  const two = spectra([0, 0], [0.25, 0], [0.75, 0.1]);
  expect(timeOfRise(two, 0, 0.5)).toBe(1.5);
  expect(timeOfRise(two, 1, 0.5)).toBe(Number.POSITIVE_INFINITY);
});

test('steps count where the next eigenvalue is still low', () => {
  expect(separateSteps(spectra([0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]))).toEqual({
    count: 2,
    rises: [0.5, 1.5, 2.5],
  });
  expect(separateSteps(spectra([0, 0, 0], [1, 1, 1])).count).toBe(0);
  expect(separateSteps(spectra([1, 0, 0], [1, 1, 1])).count).toBe(0);
});

test('eigenvalues that end below a hundredth of the first were not gained', () => {
  const two = spectra([0, 0, 0], [1, 0, 0.001], [1, 1, 0.002]);
  expect(separateSteps(two)).toEqual({ count: 1, rises: [0.5, 1.5] });
});

test('spectrum and principal rows of points on a line', () => {
  const line = matrix(Float64Array.of(3, 4, -3, -4), 2, 2);
  expect(covarianceSpectrum(line)[0]).toBeCloseTo(25, 12);
  const { data, variance } = principalRows(line, 1);
  expect(variance).toBeCloseTo(25, 12);
  expect(Math.abs(data[0])).toBeCloseTo(5, 12);
  expect(data[1]).toBeCloseTo(-data[0], 12);
});
