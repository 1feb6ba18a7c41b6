import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { randomSubspace } from '../../families/parametrizations/index.ts';
import { constant, evaluateAll, matmul, parameter, Workspace } from '../../learning/index.ts';
import { svd } from '../../numerics/decompositions/svd.ts';

const [CONSTRAINTS, PLACES] = [10, 100];

/**
 * The least loss of the paper's first problem in so many directions: of a thousand numbers the first hundred are to sum to
 * 1, the next to 2, and so on to 10; Σ of squared errors. The loss is quadratic: least squares in place of training.
 */
export async function toyLoss(directions: number, seed: number): Promise<number> {
  const theta = parameter('theta', new Float64Array(CONSTRAINTS * PLACES), [CONSTRAINTS, PLACES]);
  const found = await randomSubspace.bind({ directions, seed, ensemble: 'dense' }).over([theta]);
  const ones = constant(new Float64Array(PLACES).fill(1), [PLACES, 1]);
  const sums = [...found.tensors.values()].map((weights) => matmul(weights, ones));
  const reached = new Float64Array(directions * CONSTRAINTS);
  for (let j = 0; j < directions; j++) {
    found.parameters[0].data.fill(0).fill(1, j, j + 1);
    const [values] = await evaluateAll(sums, new Workspace(referenceEngine));
    reached.set(values, j * CONSTRAINTS);
  }
  const { v, s } = svd(matrix(reached, directions, CONSTRAINTS));
  const wanted = Float64Array.from({ length: CONSTRAINTS }, (_, i) => i + 1);
  const left = wanted.slice();
  for (let r = 0; r < s.length && s[r] > 1e-9 * s[0]; r++) {
    let share = 0;
    for (let i = 0; i < CONSTRAINTS; i++) share += v.data[i * v.cols + r] * wanted[i];
    for (let i = 0; i < CONSTRAINTS; i++) left[i] -= share * v.data[i * v.cols + r];
  }
  return left.reduce((sum, x) => sum + x * x, 0);
}
