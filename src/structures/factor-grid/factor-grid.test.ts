import { expect, test } from 'vitest';
import { gathered, type Matrix, matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { singularValues } from '../../numerics/decompositions/index.ts';
import {
  composed,
  explainedShuffled,
  type FactorColumn,
  factorGrid,
  type GridDesign,
  gridDesign,
  idealWordsOf,
  isComplete,
  leverageOf,
  predictedWithout,
  residualFinder,
  valueVectors,
} from './index.ts';

const VALUES = [
  ['red', 'green', 'blue', 'white'],
  ['car', 'dog', 'tree'],
  ['day', 'night'],
];

/** All 24 combinations, as columns of values. */
function columnsOf(): FactorColumn[] {
  const cells = VALUES[0].flatMap((a) => VALUES[1].flatMap((b) => VALUES[2].map((c) => [a, b, c])));
  return VALUES.map((_, f) => ({ name: `f${f}`, values: cells.map((own) => own[f]) }));
}

function normalRows(n: number, d: number, seed = 1): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

/** u₀ + one vector a value. */
function plantedRows(columns: readonly FactorColumn[], d: number): Matrix<Float64Array> {
  const words = new Map<string, Float64Array>();
  const random = Random.fromSeed(5);
  const word = (name: string) => {
    const own = words.get(name) ?? Float64Array.from({ length: d }, () => random.normal());
    words.set(name, own);
    return own;
  };
  const out = zeros64(columns[0].values.length, d);
  for (let i = 0; i < out.rows; i++)
    for (const { values } of [...columns, { values: columns[0].values.map(() => 'origin') }])
      for (let c = 0; c < d; c++) out.data[i * d + c] += word(values[i])[c];
  return out;
}

function some(points: Matrix<Float64Array>, columns: readonly FactorColumn[], rows: number[]) {
  return {
    points: gathered(points, rows),
    columns: columns.map(({ name, values }) => ({ name, values: rows.map((row) => values[row]) })),
  };
}

const designOf = (points: Matrix, columns: readonly FactorColumn[]) =>
  gridDesign('test', factorGrid('test', points, columns), 'uniform');

function residualsOf(design: GridDesign): Float64Array {
  const residualOf = residualFinder(design, idealWordsOf(design));
  const rows = Array.from({ length: design.grid.cells.rows }, (_, i) => [...residualOf(i)]);
  return Float64Array.from(rows.flat());
}

test('vectors that are sums of factors are taken apart exactly, also where cells are missing', () => {
  const columns = columnsOf();
  const points = plantedRows(columns, 9);
  for (const rows of [
    Array.from({ length: 24 }, (_, i) => i),
    [0, 1, 2, 5, 7, 8, 11, 12, 16, 18, 21, 23],
  ]) {
    const part = some(points, columns, rows);
    const design = designOf(part.points, part.columns);
    expect(idealWordsOf(design).explained).toBeCloseTo(1, 12);
    expect(Math.max(...residualsOf(design).map(Math.abs))).toBeLessThan(1e-12);
  }
});

test('of a complete grid the vectors are means less the mean of all, and their shares add up', () => {
  const columns = columnsOf();
  const points = normalRows(24, 5);
  const grid = factorGrid('test', points, columns);
  expect(isComplete(grid)).toBe(true);
  const design = gridDesign('test', grid, 'uniform');
  const words = idealWordsOf(design);
  const vectors = valueVectors(design, words);
  const mean = (rows: number[], c: number) =>
    rows.reduce((sum, row) => sum + points.data[row * 5 + c], 0) / rows.length;
  const all = Array.from({ length: 24 }, (_, i) => i);
  for (let c = 0; c < 5; c++) expect(words.origin[c]).toBeCloseTo(mean(all, c), 13);
  for (const [f, { values }] of grid.factors.entries())
    for (const [v, value] of values.entries())
      for (let c = 0; c < 5; c++) {
        const own = all.filter((row) => columns[f].values[row] === value);
        expect(vectors[f].data[v * 5 + c]).toBeCloseTo(mean(own, c) - mean(all, c), 13);
      }
  const sum = words.byFactor.reduce((total, share) => total + share, 0);
  expect(sum).toBeCloseTo(words.explained, 13);
});

test('the fitted vectors span no more than 1 + Σ(nᵢ − 1) dimensions', () => {
  const columns = columnsOf();
  const points = normalRows(24, 20);
  const design = designOf(points, columns);
  const residuals = residualsOf(design);
  const fitted = matrix(
    points.data.map((x, e) => x - residuals[e]),
    24,
    20,
  );
  const spanned = singularValues(fitted).filter((s) => s > 1e-10).length;
  expect([spanned, design.rank]).toEqual([7, 7]);
});

test('a cell predicted without itself is what a fit to the other cells says', () => {
  const columns = columnsOf();
  const points = normalRows(24, 4);
  const present = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 14, 15, 17, 18, 20, 21, 22, 23];
  const part = some(points, columns, present);
  const design = designOf(part.points, part.columns);
  const words = idealWordsOf(design);
  for (let cell = 0; cell < present.length; cell++) {
    const others = some(
      points,
      columns,
      present.filter((_, i) => i !== cell),
    );
    const design2 = designOf(others.points, others.columns);
    const levels = design2.grid.factors.map(({ values }, f) =>
      values.indexOf(part.columns[f].values[cell]),
    );
    const fit = idealWordsOf(design2);
    const expected = composed(fit.origin, valueVectors(design2, fit), levels);
    const predicted = predictedWithout(design, words, cell);
    for (let c = 0; c < 4; c++) expect(predicted?.[c]).toBeCloseTo(expected[c], 11);
  }
});

test('with weights by count the means are those of rows where the counts are a product', () => {
  // Red twice, green once; day and night alike: six rows in four cells.
  const columns = [
    { name: 'color', values: ['red', 'red', 'red', 'red', 'green', 'green'] },
    { name: 'time', values: ['day', 'night', 'day', 'night', 'day', 'night'] },
  ];
  const points = normalRows(6, 3);
  const grid = factorGrid('test', points, columns);
  const design = gridDesign('test', grid, 'counts');
  const words = idealWordsOf(design);
  const [{ origin }, vectors] = [words, valueVectors(design, words)];
  for (let c = 0; c < 3; c++) {
    const mean = [0, 1, 2, 3, 4, 5].reduce((sum, i) => sum + points.data[i * 3 + c] / 6, 0);
    expect(origin[c]).toBeCloseTo(mean, 13);
    expect((2 * vectors[0].data[c] + vectors[0].data[3 + c]) / 3).toBeCloseTo(0, 13);
  }
});

test('a cell that alone has a value is not predicted, and leverages sum to the free numbers', () => {
  const columns = [
    { name: 'a', values: ['x', 'x', 'y', 'y', 'z'] },
    { name: 'b', values: ['p', 'q', 'p', 'q', 'p'] },
  ];
  const design = designOf(normalRows(5, 3), columns);
  const words = idealWordsOf(design);
  expect(predictedWithout(design, words, 4)).toBeUndefined();
  const sum = [0, 1, 2, 3, 4].reduce((total, cell) => total + leverageOf(design, cell), 0);
  expect([sum, design.rank]).toEqual([expect.closeTo(4, 12), 4]);
});

test('a grid in two parts that share no value has fewer free numbers than its values', () => {
  const columns = [
    { name: 'a', values: ['x', 'x', 'y', 'y', 'z', 'z', 'w', 'w'] },
    { name: 'b', values: ['p', 'q', 'p', 'q', 'r', 's', 'r', 's'] },
  ];
  const design = designOf(normalRows(8, 3), columns);
  expect(design.rank).toBe(6);
  expect(idealWordsOf(design).explained).toBeLessThan(1);
});

test('shuffled cells keep what the narrowest factor explains, and lose the rest', () => {
  const columns = [
    { name: 'thing', values: Array.from({ length: 80 }, (_, i) => `t${i >> 1}`) },
    { name: 'form', values: Array.from({ length: 80 }, (_, i) => `${i % 2}`) },
  ];
  const design = designOf(plantedRows(columns, 6), columns);
  const { byFactor } = idealWordsOf(design);
  const shuffled = explainedShuffled(design, Random.fromSeed(2));
  expect(shuffled).toBeGreaterThan(byFactor[1]);
  expect(shuffled).toBeLessThan(0.8);
  expect(explainedShuffled(design, Random.fromSeed(2))).toBe(shuffled);
});

test('equal cells explain nothing', () => {
  const columns = columnsOf();
  const points = matrix(new Float64Array(24 * 2).fill(0.1), 24, 2);
  expect(idealWordsOf(designOf(points, columns)).explained).toBeNaN();
});

test('rows with an empty value are of no cell; a factor of one value is refused', () => {
  const points = normalRows(4, 2);
  const color = { name: 'color', values: ['red', 'green', '', 'red'] };
  const size = { name: 'size', values: ['big', 'small', 'big', 'big'] };
  const { rowsOf } = factorGrid('test', points, [color, size]);
  expect(rowsOf).toEqual([[0, 3], [1]]);
  const one = { name: 'size', values: ['big', 'big', 'small', 'big'] };
  expect(() => factorGrid('factor', points, [color, one])).toThrow(
    'factor: the factor "size" has one value among the rows; a factor needs two or more.',
  );
  expect(() => factorGrid('factor', points, [color])).toThrow(
    'factor: a grid needs two factors or more; there is 1.',
  );
});

test('the shares explained are those of the residuals, also far from the origin and with cells that are missing', () => {
  const columns = columnsOf();
  const rows = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 14, 15, 17, 18, 20, 21, 22, 23, 0, 3];
  const part = some(normalRows(24, 5), columns, rows);
  const points = { ...part.points, data: part.points.data.map((x) => x + 1000) };
  const design = gridDesign('test', factorGrid('test', points, part.columns), 'counts');
  const { cellWeights, grid } = design;
  const residuals = residualsOf(design);
  const { data, cols: d } = toFloat64(grid.cells);
  const all = cellWeights.reduce((sum, w) => sum + w, 0);
  const squares = (of: (e: number) => number) =>
    data.reduce((sum, _, e) => sum + cellWeights[Math.floor(e / d)] * of(e) ** 2, 0);
  const mean = Array.from({ length: d }, (_, c) =>
    cellWeights.reduce((sum, w, i) => sum + (w / all) * data[i * d + c], 0),
  );
  const left = squares((e) => residuals[e]) / squares((e) => data[e] - mean[e % d]);
  // Sums of squares at 1000 have 1e-10 of the variance as their rounding.
  expect(1 - idealWordsOf(design).explained).toBeCloseTo(left, 9);
});

test('cells of one row each are those rows, not a copy', () => {
  const columns = columnsOf();
  const points = normalRows(24, 3);
  expect(factorGrid('test', points, columns).cells).toBe(points);
  const turned = Array.from({ length: 24 }, (_, i) => 23 - i);
  const { cells } = factorGrid('test', points, some(points, columns, turned).columns, turned);
  expect(cells).toEqual(gathered(points, turned));
});
