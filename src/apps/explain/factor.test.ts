import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine as engine } from '../../engine/reference.ts';
import { explainFactors, factorDirections } from './factor.ts';
import { gridOfLabels } from './grid-of-labels.ts';

const N = 40;
const columns = [
  { name: 'thing', values: Array.from({ length: N }, (_, i) => (i < 36 ? `t${i >> 1}` : '')) },
  { name: 'form', values: Array.from({ length: N }, (_, i) => (i < 36 ? `f${i % 2}` : '')) },
];

/** 18 things by two forms, each row the sum of both and noise, and four rows besides. */
function rows(noise: number) {
  const random = Random.fromSeed(1);
  const d = 10;
  const draw = () => Float64Array.from({ length: d }, () => random.normal());
  const [things, forms] = [Array.from({ length: 20 }, draw), [draw(), draw()]];
  const data = Float64Array.from(
    { length: N * d },
    (_, e) =>
      things[Math.floor(e / d) >> 1][e % d] +
      forms[Math.floor(e / d) % 2][e % d] +
      noise * random.normal(),
  );
  return matrix(data, N, d);
}

test('sums are explained whole and found again; the names of the answer are fixed', async () => {
  const told = await explainFactors(rows(0), columns, { unit: false, engine });
  expect(told.varianceExplained).toBeCloseTo(1, 12);
  expect(told.shuffled).toBeLessThan(0.8);
  expect(told.leaveOneOut).toMatchObject({ top1: 1, asked: 36, candidates: 40 });
  expect(Object.keys(told.leaveOneOut?.baselines ?? {})).toEqual(['threeCosAdd', 'nearest']);
  expect([told.cells, told.complete, told.spanBound]).toEqual([36, true, 19]);
  expect(told.warnings).toEqual([]);
  expect(await explainFactors(rows(0), columns, { unit: false, engine })).toEqual(told);
});

test('several rows of a cell, float32, on the engine for them', async () => {
  const { data } = rows(0);
  const twice = matrix(Float32Array.of(...data, ...data), 2 * N, 10);
  const doubled = columns.map(({ name, values }) => ({ name, values: [...values, ...values] }));
  const told = await explainFactors(twice, doubled, { unit: false });
  expect(told.engine).not.toBe('reference');
  expect(told.leaveOneOut).toMatchObject({ top1: 1, asked: 36, candidates: 36 });
});

test('the cell that was disturbed is the one that sums fit worst', async () => {
  const points = rows(0.01);
  for (let c = 0; c < 10; c++) points.data[70 + c] *= -1;
  const { worst } = await explainFactors(points, columns, { engine });
  expect(['t3', 't3']).toContain(worst[0].values[0]);
});

test('grids that say nothing are told so', async () => {
  const few = [
    { name: 'a', values: ['x', 'y'] },
    { name: 'b', values: ['p', 'q'] },
  ];
  const points = matrix(Float64Array.of(1, 0, 0, 1), 2, 2);
  const told = await explainFactors(points, few, { engine });
  expect(told.leaveOneOut).toBeNull();
  expect(told.warnings).toEqual([
    'The cells do not say all ideal words: 1 more combination would join the parts of the grid that share no value.',
    'There are no more cells than ideal words: sums explain all of any vectors.',
  ]);
});

test('directions of a grid are marked by the space of all rows', async () => {
  const points = rows(0.1);
  const { names, space, provenance } = await factorDirections(points, columns, {
    unit: false,
    engine,
  });
  expect(names.length).toBe(20);
  expect(provenance.facts['explained']).toBeGreaterThan(0.9);
  expect(space.mean[0]).toBeCloseTo(
    Array.from({ length: N }, (_, i) => points.data[i * 10] / N).reduce((a, b) => a + b),
    12,
  );
});

test('a table of labels is a grid: empty fields and unknown labels are no cells', () => {
  const table = new Map([
    ['country', ['france', 'italy', 'france', '']],
    ['capital', ['paris', 'roma', 'lyon', 'oslo']],
  ]);
  const labels = ['oslo', 'france', 'paris', 'italy', 'lyon'];
  const { rows: found, columns: own, missing } = gridOfLabels('grid.csv', table, labels);
  expect(Array.from(found)).toEqual([1, 2, 3, 1, 4, 0]);
  expect(own.map(({ values }) => values)).toEqual([
    ['france', 'france', 'italy', 'france (2)', 'france (2)', 'line 4'],
    ['country', 'capital', 'country', 'country', 'capital', 'capital'],
  ]);
  expect(missing).toEqual(['roma']);
});

test('a table of one column, or of no known label, is refused in a sentence', () => {
  expect(() => gridOfLabels('grid.csv', new Map([['a', ['x']]]), ['x'])).toThrow(
    'grid.csv: a grid of labels needs two columns or more, one for each form; there is 1.',
  );
  const table = new Map([
    ['a', ['x']],
    ['b', ['y']],
  ]);
  expect(() => gridOfLabels('grid.csv', table, ['z'])).toThrow(
    'grid.csv: none of its 2 labels is a row of the vectors.',
  );
});
