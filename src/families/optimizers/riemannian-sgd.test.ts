import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { sphere } from '../../manifolds/sphere.ts';
import type { BoundObjective } from '../objectives/index.ts';
import { riemannianSgd } from './riemannian-sgd.ts';

/** f(x) = −⟨x, e₁⟩ of one point on the circle, at angle θ from e₁: its gradient has length sin θ. */
const height: BoundObjective = {
  name: 'height',
  terms: [],
  lossAndGradient(points, gradient) {
    gradient.data.set([-1, 0]);
    return -points.data[0];
  },
};

test('a step without momentum goes η sin θ along the circle', async () => {
  const [theta, learningRate] = [1, 0.25];
  const start = matrix(new Float64Array([Math.cos(theta), Math.sin(theta)]), 1, 2);
  const { points } = await riemannianSgd(
    { objective: height, manifold: sphere, start },
    { steps: 1, learningRate, momentum: 0 },
  );
  const angle = Math.atan2(points.data[1], points.data[0]);
  expect(angle).toBeCloseTo(theta - learningRate * Math.sin(theta), 12);
});
