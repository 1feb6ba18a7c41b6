import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine as engine } from '../../engine/reference.ts';
import { explainConcepts } from './concepts.ts';

const D = 6;

/** 60 rows about three axes, ten names about each. */
function problem() {
  const random = Random.fromSeed(4);
  const about = (n: number) =>
    matrix(
      Float64Array.from(
        { length: n * D },
        (_, e) => 0.2 * random.normal() + (e % D === Math.floor(e / D) % 3 ? 1 : 0),
      ),
      n,
      D,
    );
  const points = about(60);
  const names = Array.from({ length: 30 }, (_, i) => `${['a', 'b', 'c'][i % 3]}${i}`);
  const classes = Array.from({ length: 60 }, (_, i) => ['a', 'b', 'c'][i % 3]);
  return { points, classes, concepts: { names, points: about(30) } };
}

test('classes are shown by the names that lie about them, and the coordinates keep the probe', async () => {
  const { points, classes, concepts } = problem();
  const told = await explainConcepts(points, concepts, { classes, top: 3, engine });
  for (const { class: own, concepts: found } of told.shown)
    expect(found.map(({ name }) => name[0])).toEqual([own, own, own]);
  expect(told.probe?.kept).toBeGreaterThan(0.95);
  expect(told.triplets?.value).toBeGreaterThan(0.85);
  expect([told.concepts, told.warnings]).toEqual([30, []]);
  expect(await explainConcepts(points, concepts, { classes, top: 3, engine })).toEqual(told);
});

test('rows are shown by cosine, largest first; a name that is the row itself has 1', async () => {
  const { points, concepts } = problem();
  const own = { names: ['row 0', 'row 1'], points: matrix(points.data.slice(0, 2 * D), 2, D) };
  const { shown, probe, warnings } = await explainConcepts(points, own, { rows: [1], engine });
  expect(shown[0].row).toBe(1);
  expect(shown[0].concepts[0]).toEqual({ name: 'row 1', value: expect.closeTo(1, 12) });
  expect(shown[0].concepts).toHaveLength(2);
  expect(probe).toBeNull();
  expect(warnings).toEqual([
    'There are fewer concepts (2) than columns (6): what no name reaches is lost.',
  ]);
  const all = await explainConcepts(points, concepts, { engine });
  expect(all.shown).toHaveLength(60);
});

test('less their means, coordinates of all rows sum to zero', async () => {
  const { points, concepts } = problem();
  const { shown } = await explainConcepts(points, concepts, { lessMean: true, top: 30, engine });
  let sum = 0;
  for (const { concepts: found } of shown)
    sum += found.find(({ name }) => name === 'a0')?.value ?? Number.NaN;
  expect(sum).toBeCloseTo(0, 10);
});

test('one row, one class and concepts of another model', async () => {
  const { points, concepts } = problem();
  const one = matrix(points.data.slice(0, D), 1, D);
  const told = await explainConcepts(one, concepts, { engine, classes: ['a'] });
  expect([told.triplets, told.probe, told.shown.length]).toEqual([null, null, 1]);
  const other = { names: ['x'], points: matrix(new Float64Array(3).fill(1), 1, 3) };
  await expect(explainConcepts(points, other, { engine })).rejects.toThrow(
    'concepts: expected concepts of 6 numbers, by the model of the rows; got 3.',
  );
});

test('two rows of two classes leave none to hold out: there is no probe, not one of NaN', async () => {
  const { points, concepts } = problem();
  const two = matrix(points.data.slice(0, 2 * D), 2, D);
  const told = await explainConcepts(two, concepts, {
    engine,
    classes: ['a', 'b'],
    lessMean: true,
  });
  expect(told.probe).toBe(null);
});
