import { expect, test } from 'vitest';
import { manifoldNamed } from './named.ts';

test('every manifold is found again by its id', () => {
  for (const id of [
    'sphere',
    'euclidean',
    'grassmann(3)',
    'stiefel(12)',
    'poincareBall(0.25)',
    'hyperboloid(1)',
    'hyperboloid(1e-7)',
  ])
    expect(manifoldNamed(id).id).toBe(id);
});

test('an unknown name, a missing and a superfluous number are refused', () => {
  for (const id of ['torus', 'stiefel', 'sphere(3)', 'toString', '', 'stiefel(2)(3)'])
    expect(() => manifoldNamed(id)).toThrow(`got "${id}"`);
  expect(() => manifoldNamed('stiefel(x)')).toThrow('option "k" must be a whole number');
});
