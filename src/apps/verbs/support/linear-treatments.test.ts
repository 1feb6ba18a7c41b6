import { expect, test } from 'vitest';
import { toFloat64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/index.ts';
import { uniformPoints } from '../../../manifolds/index.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import { whitened, withoutTopComponents } from './linear-treatments.ts';

const points = toFloat64(uniformPoints(60, 5, Random.fromSeed(1)));

test('centered rows have mean zero', () => {
  const { data } = centered(points);
  for (let c = 0; c < 5; c++) {
    let sum = 0;
    for (let i = 0; i < 60; i++) sum += data[i * 5 + c];
    expect(sum).toBeCloseTo(0, 12);
  }
});

test('whitened rows have covariance one', async () => {
  const { data } = await whitened(points, referenceEngine);
  for (let a = 0; a < 5; a++) {
    for (let b = 0; b < 5; b++) {
      let sum = 0;
      for (let i = 0; i < 60; i++) sum += data[i * 5 + a] * data[i * 5 + b];
      expect(sum / 60).toBeCloseTo(a === b ? 1 : 0, 10);
    }
  }
});

test('removing two components leaves the other variances as they were', async () => {
  const before = await principalAxes(centered(points), 5, referenceEngine);
  const rest = await withoutTopComponents(points, 2, referenceEngine);
  const after = await principalAxes(rest, 5, referenceEngine);
  for (const [a, value] of [...before.values.slice(2), 0, 0].entries()) {
    expect(after.values[a]).toBeCloseTo(value, 12);
  }
});
