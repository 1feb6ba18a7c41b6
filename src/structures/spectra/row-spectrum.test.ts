import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { uniformRows } from '../../testing/points.ts';
import { createSpace } from '../space/space.ts';
import { spectralEstimate } from './row-spectrum.ts';

const trace = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0);

describe.each(['second-moment', 'covariance', 'raw-second-moment', 'raw-covariance'] as const)(
  '%s',
  (of) => {
    test('padding with columns of zeros leaves the spectrum and the groups unchanged', async () => {
      const points = uniformRows(20, 5, 1);
      const padded = new Float64Array(20 * 30);
      for (let i = 0; i < 20; i++) padded.set(points.data.subarray(i * 5, i * 5 + 5), i * 30);
      const narrow = await createSpace(points, referenceEngine).spectrum(of);
      const wide = await createSpace(matrix(padded, 20, 30), referenceEngine).spectrum(of);
      for (let k = 0; k < 5; k++) {
        expect(wide.values[k]).toBeCloseTo(narrow.values[k], 12);
        for (let g = 0; g < 20; g++) {
          expect(wide.groups?.[g][k]).toBeCloseTo(narrow.groups?.[g][k] ?? NaN, 12);
        }
      }
    });
  },
);

describe.each([
  // Rows many enough for the delta method, which the second moments alone need coordinates for.
  ['second-moment', 140, 6],
  ['raw-second-moment', 140, 6],
  ['covariance', 140, 6],
  ['covariance', 40, 6],
  ['covariance', 6, 40],
  ['raw-covariance', 40, 6],
  ['raw-covariance', 6, 40],
] as const)('%s of %i × %i', (of, n, d) => {
  test('the squared coordinates of the rows average to the eigenvalues', async () => {
    const space = createSpace(uniformRows(n, d, 3), referenceEngine);
    const { values, squares } = await space.spectrum(of);
    for (let k = 0; k < Math.min(n, d); k++) {
      let mean = 0;
      for (let i = 0; i < n; i++) mean += (squares?.data[i * squares.cols + k] ?? NaN) / n;
      expect(mean).toBeCloseTo(values[k], 12);
    }
  });
});

test.each([
  [40, 6],
  [6, 40],
])('%i × %i: both moments have the eigenvalues and groups that each has alone', async (n, d) => {
  const points = uniformRows(n, d, 3);
  const space = createSpace(points, referenceEngine, {}, { raw: points });
  for (const [of, alone] of [
    ['second-moment', 'raw-second-moment'],
    ['covariance', 'raw-covariance'],
  ] as const) {
    const [both, one] = [await space.spectrum(of), await space.spectrum(alone)];
    expect(both.groups).toEqual(one.groups);
    for (const [k, value] of both.values.entries()) expect(value).toBeCloseTo(one.values[k], 14);
  }
});

test('the trace of a covariance has the standard error of a mean of squared lengths', async () => {
  // Rows many enough for the delta method.
  const points = uniformRows(200, 3, 4);
  for (let i = 0; i < points.data.length; i++) points.data[i] *= 1 + (Math.floor(i / 3) % 5);
  const space = createSpace(points, referenceEngine, {}, { raw: points });
  const spectrum = await space.spectrum('raw-covariance');
  expect(spectrum.groups).toBeUndefined();
  const ones = (values: Float64Array) => values.map(() => 1);
  const { value, standardError } = spectralEstimate(spectrum, 200, trace, ones);
  const { mean } = await space.rawCovariance();
  const lengths = Array.from({ length: 200 }, (_, i) =>
    [0, 1, 2].reduce((sum, c) => sum + (points.data[3 * i + c] - mean[c]) ** 2, 0),
  );
  const average = lengths.reduce((sum, x) => sum + x, 0) / 200;
  const squares = lengths.reduce((sum, x) => sum + (x - average) ** 2, 0);
  expect(value).toBeCloseTo(average, 12);
  expect(standardError).toBeCloseTo(Math.sqrt(squares / 199 / 200), 12);
});
