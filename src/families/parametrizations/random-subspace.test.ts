import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { constant, evaluateAll, matmul, mlp, parameter, Workspace } from '../../learning/index.ts';
import { singularValues } from '../../numerics/decompositions/svd.ts';
import { randomSubspace } from './random-subspace.ts';

const numbers = (length: number) => Float64Array.from({ length }, (_, e) => Math.sin(e + 1));
const model = () => [parameter('w', numbers(60), [6, 10]), parameter('b', numbers(6), [6])];
const valuesOf = ({
  tensors,
}: Awaited<ReturnType<ReturnType<typeof randomSubspace.bind>['over']>>) =>
  evaluateAll([...tensors.values()], new Workspace(referenceEngine));

test('of the example: 100 numbers are trained in the place of 2410', async () => {
  const { parameters } = mlp({ name: 'net', sizes: [64, 32, 10] });
  const { trained, of, adapted } = await randomSubspace(parameters, { directions: 100 });
  expect([trained, of]).toEqual([100, 2410]);
  expect(adapted).toEqual(parameters.map(({ name }) => name));
});

describe.each(['dense', 'sparse', 'fastfood'] as const)('%s', (ensemble) => {
  test('the way from θ₀ is linear in v', async () => {
    const found = await randomSubspace.bind({ directions: 5, ensemble }).over(model());
    const moved = async (v: readonly number[]) => {
      found.parameters[0].data.set(v);
      const values = await valuesOf(found);
      const starts = model().map(({ data }) => data);
      return values.flatMap((own, w) => Array.from(own, (x, e) => x - starts[w][e]));
    };
    const [a, b] = [await moved([1, 0, 0, 2, 0]), await moved([0, -1, 3, 0, 1])];
    const both = await moved([2, -1, 3, 4, 1]);
    both.forEach((x, e) => {
      expect(x).toBeCloseTo(2 * a[e] + b[e], 12);
    });
  });

  test('ten constraints on a thousand numbers are met from ten directions on, and not by nine', async () => {
    // Section 2 of the paper: constraint i is that θ of the hundred places from 100·i on sum to i.
    const reach = async (directions: number) => {
      const weights = [parameter('theta', new Float64Array(1000), [10, 100])];
      const found = await randomSubspace.bind({ directions, ensemble }).over(weights);
      const ones = constant(new Float64Array(100).fill(1), [100, 1]);
      const sums = [...found.tensors.values()].map((tensor) => matmul(tensor, ones));
      const columns: Float64Array[] = [];
      for (let j = 0; j < directions; j++) {
        found.parameters[0].data.fill(0).fill(1, j, j + 1);
        const [column] = await evaluateAll(sums, new Workspace(referenceEngine));
        columns.push(Float64Array.from(column));
      }
      const all = Float64Array.from(columns.flatMap((column) => [...column]));
      const values = singularValues(matrix(all, directions, 10));
      return values.filter((value) => value > 1e-6 * values[0]).length;
    };
    expect(await reach(9)).toBe(9);
    expect(await reach(10)).toBe(10);
  });
});

test('with a scale a weight, each moves by its own factor, and the scales count', async () => {
  const options = { directions: 6, perLayerScale: true };
  const found = await randomSubspace.bind(options).over(model());
  const [vector, scales] = found.parameters;
  expect([vector.shape, scales.shape, found.trained]).toEqual([[4], [2], 6]);
  expect([...scales.data]).toEqual([1, 1]);
  vector.data.set([1, 2, 3, 4]);
  const before = await valuesOf(found);
  scales.data.set([3, -2]);
  const after = await valuesOf(found);
  const starts = model().map(({ data }) => data);
  after.forEach((values, w) => {
    values.forEach((x, e) => {
      expect(x - starts[w][e]).toBeCloseTo([3, -2][w] * (before[w][e] - starts[w][e]), 12);
    });
  });
});

test('more directions than numbers, or none left beside the scales, are refused in a sentence', async () => {
  await expect(randomSubspace(model(), { directions: 67 })).rejects.toThrow(
    'random-subspace: option "directions" must be at most 66, the numbers of the model; got 67.',
  );
  await expect(randomSubspace(model(), { directions: 2, perLayerScale: true })).rejects.toThrow(
    'random-subspace: option "directions" must be more than 2 with perLayerScale, one for each weight; got 2.',
  );
});

test('as many directions as numbers save nothing, and a warning says so', async () => {
  const { warnings } = await randomSubspace(model(), { directions: 66 });
  expect(warnings).toEqual([
    'random-subspace trains 66 numbers in the place of 66: nothing is saved; a lower rank, or fewer directions, would save.',
  ]);
});
