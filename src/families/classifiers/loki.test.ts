import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { logistic } from './logistic.ts';
import { loki } from './loki.ts';

/** Labels 0 … 6 of a scale; rows have 0, 3 and 6 alone. */
const names = ['0', '1', '2', '3', '4', '5', '6'];
const about = {
  names,
  distances: matrix(
    Float64Array.from({ length: 49 }, (_, e) => Math.abs((e % 7) - Math.floor(e / 7))),
    7,
    7,
  ),
};

test('on a scale the prediction is the expected value, rounded', async () => {
  const random = Random.fromSeed(1);
  const classes = Array.from({ length: 90 }, (_, i) => `${3 * (i % 3)}`);
  const points = matrix(
    Float64Array.from(classes, (name) => Number(name) + 1.5 * random.normal()),
    90,
    1,
  );
  const { model } = await loki({ points, classes, about });
  const found = await loki.predict(model, points);
  const base = await logistic({ points, classes });
  const { scores, names: seen } = await logistic.scores(base.model, points);
  for (let i = 0; i < 90; i++) {
    const mean = seen.reduce((sum, name, c) => sum + Number(name) * scores.data[3 * i + c], 0);
    expect(Math.abs(Number(found.classes[i]) - mean)).toBeLessThanOrEqual(0.5 + 1e-9);
  }
  expect(new Set(found.classes).size).toBeGreaterThan(3);
});

test('where every label is as far from every other the prediction is the likeliest label', async () => {
  const random = Random.fromSeed(2);
  const points = matrix(
    Float64Array.from({ length: 60 }, () => random.normal()),
    30,
    2,
  );
  const classes = Array.from({ length: 30 }, (_, i) => ['a', 'b', 'c'][i % 3]);
  const equal = matrix(
    Float64Array.from({ length: 16 }, (_, e) => Number(e % 5 !== 0)),
    4,
    4,
  );
  const flat = { names: ['a', 'b', 'c', 'd'], distances: equal };
  const { model } = await loki({ points, classes, about: flat });
  const base = await logistic({ points, classes });
  expect((await loki.predict(model, points)).classes).toEqual(
    (await logistic.predict(base.model, points)).classes,
  );
});

test('the sharper the probabilities, the nearer to the likeliest label', async () => {
  const points = matrix(Float64Array.of(0, 1, 2, 3, 4, 5), 6, 1);
  const classes = ['0', '0', '0', '6', '6', '6'];
  const at = async (sharpness: number) => {
    const { model } = await loki({ points, classes, about }, { sharpness });
    return (await loki.predict(model, matrix(Float64Array.of(1.8), 1, 1))).classes[0];
  };
  expect([await at(0.1), await at(100)]).toEqual(['3', '0']);
});
