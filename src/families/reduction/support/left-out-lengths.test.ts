import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { rieSne } from '../rie-sne.ts';
import { sphericalPca } from '../spherical-pca.ts';
import { leftOutLengths } from './left-out-lengths.ts';

test('rows of one length, but for rounding, leave nothing out', () => {
  expect(leftOutLengths(Float64Array.of(2, 2.0001, 1.9999), 'Take pca.')).toEqual([]);
});

test('what a sphere leaves out of rows of several lengths is said', async () => {
  const angles = Array.from({ length: 12 }, (_, i) => i / 2);
  const rows = angles.flatMap((a, i) => [Math.cos(a) * (1 + i), Math.sin(a) * (1 + i), 0]);
  const points = matrix(Float64Array.from(rows), 12, 3);
  const said = 'Rows are read as directions: lengths from 1.00 to 12.0 are left out.';
  const { warnings } = await sphericalPca(points, { dim: 2 });
  expect(warnings).toContain(`${said} Take pca where they count.`);
  const map = await rieSne(points, { steps: 10 });
  expect(map.warnings).toContain(`${said} Where they count, give the manifold euclidean.`);
  const flat = await rieSne(points, { steps: 10, manifold: 'euclidean' });
  expect(flat.warnings.filter((text) => text.includes('directions'))).toEqual([]);
});
