import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { prototypes } from './prototypes.ts';

/** Two spirals of one turn and a half in the first two of `d` columns, with a little noise. */
function spirals(n: number, d: number, seed: number) {
  const random = Random.fromSeed(seed);
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const t = 1 + 8.5 * random.uniform();
    const turn = i % 2 === 0 ? 0 : Math.PI;
    for (let c = 0; c < d; c++) data[i * d + c] = 0.1 * random.normal();
    data[i * d] += t * Math.cos(t + turn);
    data[i * d + 1] += t * Math.sin(t + turn);
  }
  const classes = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 'one' : 'other'));
  return { points: matrix(data, n, d), classes };
}

const known = spirals(400, 10, 1);
const others = spirals(400, 10, 2);
const accuracyOf = async (options: Parameters<typeof prototypes>[1]) => {
  const { model } = await prototypes(known, { count: 3, ...options });
  const { classes } = await prototypes.predict(model, others.points);
  return classes.filter((name, i) => name === others.classes[i]).length / classes.length;
};

test('three prototypes of a spiral do by diffusion, along paths and on a shared map what straight lines cannot', async () => {
  const straight = await accuracyOf({ distance: 'euclidean' });
  expect(straight).toBeLessThan(0.75);
  for (const distance of ['diffusion', 'shared-diffusion', 'geodesic'] as const)
    expect(await accuracyOf({ distance }), distance).toBeGreaterThan(straight + 0.1);
});

test('without the mass of the kernel far rows look like one’s own', async () => {
  expect(await accuracyOf({ distance: 'diffusion', mass: 0 })).toBeLessThan(
    (await accuracyOf({ distance: 'diffusion' })) - 0.1,
  );
});

test('one prototype is the mean of the class', async () => {
  const { model } = await prototypes(known, { count: 1 });
  const { scores } = await prototypes.scores(model, known.points);
  const mean = meanOf(known.points, (i) => i % 2 === 0);
  let square = 0;
  for (let c = 0; c < 10; c++) square += (known.points.data[c] - mean[c]) ** 2;
  expect(scores.data[0]).toBeCloseTo(-square, 9);
});

test('fewer rows than prototypes and landmarks, and equal rows, are no trouble', async () => {
  const points = matrix(Float64Array.of(0, 0, 1, 1, 5, 5, 5, 5), 4, 2);
  for (const distance of ['euclidean', 'diffusion', 'shared-diffusion', 'geodesic'] as const) {
    const { model } = await prototypes({ points, classes: ['a', 'a', 'b', 'b'] }, { distance });
    const { classes, scores } = await prototypes.predict(model, points);
    expect(scores.data.every(Number.isFinite), distance).toBe(true);
    expect(classes, distance).toEqual(['a', 'a', 'b', 'b']);
  }
});

function meanOf({ data, rows: n, cols: d }: Matrix, isOwn: (i: number) => boolean): Float64Array {
  const mean = new Float64Array(d);
  const own = Array.from({ length: n }, (_, i) => i).filter(isOwn);
  for (const i of own) for (let c = 0; c < d; c++) mean[c] += data[i * d + c] / own.length;
  return mean;
}
