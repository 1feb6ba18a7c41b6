import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { sphere } from '../../manifolds/sphere.ts';
import type { BoundObjective } from '../objectives/index.ts';
import { riemannianAdam } from './riemannian-adam.ts';

/** f(x) = −s⟨x, e₁⟩ of one point on the circle. */
const height = (scale: number): BoundObjective => ({
  name: 'height',
  terms: [],
  lossAndGradient(points, gradient) {
    gradient.data.set([-scale, 0]);
    return -scale * points.data[0];
  },
});

test('the first step goes η along the circle, however long the gradient is', async () => {
  const theta = 1;
  const start = matrix(new Float64Array([Math.cos(theta), Math.sin(theta)]), 1, 2);
  for (const scale of [1e-2, 1, 1e3]) {
    const { points } = await riemannianAdam(
      { objective: height(scale), manifold: sphere, start },
      { steps: 1, learningRate: 0.125 },
    );
    const angle = Math.atan2(points.data[1], points.data[0]);
    expect(angle).toBeCloseTo(theta - 0.125, 4);
  }
});
