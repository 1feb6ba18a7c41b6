import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { constant, meanSquaredError, mlp } from '../../learning/index.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { dem } from './dem.ts';
import { mappedRows, ridgeMap } from './support/row-maps.ts';

const context = { engine: referenceEngine, work: {} };

/** Classes whose rows are a linear map of their attributes, with a little noise; `e` has no rows. */
function planted() {
  const vectors = matrix(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1), 5, 3);
  const [map, noise] = [normalMatrix(3, 6, 1), normalMatrix(60, 6, 2)];
  const place = (c: number, k: number) =>
    [0, 1, 2].reduce((sum, a) => sum + vectors.data[c * 3 + a] * map.data[a * 6 + k], 0);
  const points = matrix(
    noise.data.map((x, e) => 4 * place(Math.floor(e / 6) % 4, e % 6) + 0.1 * x),
    60,
    6,
  );
  const unseen = matrix(
    Float64Array.from({ length: 6 }, (_, k) => 4 * place(4, k)),
    1,
    6,
  );
  const names = ['a', 'b', 'c', 'd', 'e'];
  const classes = Array.from({ length: 60 }, (_, i) => names[i % 4]);
  return { input: { points, classes, about: { names, vectors } }, unseen };
}

test('a class without rows is found by its attributes where rows are linear in them, in both directions', async () => {
  const { input, unseen } = planted();
  for (const direction of ['visual', 'semantic'] as const) {
    const { model } = await dem(input, { direction, map: 'ridge', penalty: 0.001 });
    expect((await dem.predict(model, unseen)).classes).toEqual(['e']);
    const network = await dem(input, { direction, hidden: 32, steps: 300 });
    for (const fitted of [model, network.model])
      expect((await dem.predict(fitted, input.points)).classes).toEqual(input.classes);
  }
});

test('the ridge is the solution of its normal equations', async () => {
  const x = matrix(Float64Array.of(-1, 0, 1), 3, 1);
  const y = matrix(Float64Array.of(1, 3, 5), 3, 1);
  // XᵀX = 2, XᵀY = 4: w = 4/(2 + λ·2), through the means.
  const { weights, shift } = await ridgeMap(x, y, 1, context);
  expect([weights.data[0], shift.data[0]]).toEqual([1, 3]);
  expect(Array.from((await mappedRows({ weights, shift }, x, context)).data)).toEqual([2, 3, 4]);
});

test('more penalty draws the prototypes to the middle of the rows', async () => {
  const { input } = planted();
  const lengths: number[] = [];
  for (const penalty of [0.001, 1, 100]) {
    const { model } = await dem(input, { map: 'ridge', penalty });
    const { data } = model.parameters.find(({ name }) => name === 'prototypes') ?? { data: [] };
    lengths.push(Array.from(data).reduce((sum, own) => sum + own * own, 0));
  }
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
});

test('the gradient of the network is right', async () => {
  const apply = mlp({ name: 'dem', sizes: [3, 5, 4], float64: true });
  const [x, y] = [normalMatrix(6, 3, 1), normalMatrix(6, 4, 2)];
  const tensor = ({ data, rows, cols }: typeof x) => constant(data, [rows, cols]);
  const ratios = await gradientRatios(
    () => meanSquaredError(apply(tensor(x)), tensor(y)),
    apply.parameters,
  );
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(3.5);
});

test('the same seed gives the same scores, another seed others', async () => {
  const { input } = planted();
  const options = { hidden: 4, steps: 20 };
  const scores = async (seed: number) => {
    const { model } = await dem(input, { ...options, seed });
    return (await dem.scores(model, input.points)).scores.data;
  };
  expect(await scores(1)).toEqual(await scores(1));
  expect(await scores(2)).not.toEqual(await scores(1));
});

test('constant columns, attributes that are all the same and fewer rows than columns are no trouble', async () => {
  const points = matrix(Float64Array.of(1, 7, 0, 2, 7, 0, 9, 7, 0), 3, 3);
  const about = { names: ['a', 'b', 'c'], vectors: matrix(new Float64Array(6).fill(1), 3, 2) };
  for (const map of ['network', 'ridge'] as const) {
    for (const direction of ['visual', 'semantic'] as const) {
      const { model } = await dem(
        { points, classes: ['a', 'b', 'b'], about },
        { map, direction, hidden: 2, steps: 5 },
      );
      const { scores } = await dem.scores(model, points);
      expect(scores.data.every(Number.isFinite)).toBe(true);
    }
  }
});
