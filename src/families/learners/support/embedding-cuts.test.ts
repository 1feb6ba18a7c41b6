import { expect, test } from 'vitest';
import { constant, evaluate } from '../../../learning/index.ts';
import { cutColumns, requireCut, untrained } from './embedding-cuts.ts';

const cuts = { layers: 3, dims: 8 };

test('a cut is a whole number of blocks and of columns that the model has', () => {
  expect(() => requireCut('x', { layer: 3, dims: 8 }, cuts)).not.toThrow();
  expect(() => requireCut('x', {}, undefined)).not.toThrow();
  for (const layer of [0, 4, 1.5, Number.NaN])
    expect(() => requireCut('x', { layer }, cuts)).toThrow(
      'x: option "layer" must be a whole number from 1 to 3, the blocks of the model; got',
    );
  expect(() => requireCut('x', { dims: 9 }, cuts)).toThrow(
    'x: option "dims" must be a whole number from 1 to 8, the columns of the model; got 9.',
  );
});

test('a model that cannot be cut says so', () => {
  expect(() => requireCut('x', { layer: 1 }, { dims: 8 })).toThrow(
    'x: option "layer" must be left out: this model has no blocks to leave out; got 1.',
  );
  expect(() => requireCut('x', { dims: 1 }, undefined)).toThrow(
    'x: option "dims" must be left out: this model was not made to be cut (tammes compress --codec pca makes fewer columns); got 1.',
  );
});

test('cut rows are their first columns at length 1', async () => {
  const rows = constant(Float64Array.of(0.6, 0, 0.8, 0, 1, 0), [2, 3]);
  const { cols, block } = cutColumns({ rows: 2, cols: 3, block: () => rows }, { dims: 2 });
  expect(cols).toBe(2);
  expect([...(await evaluate(block(0, 2)))]).toEqual([1, 0, 0, 1]);
});

test('a cut that was not trained is told with those that were', () => {
  const trained = [
    { layer: 1, dims: 4 },
    { layer: 3, dims: 8 },
  ];
  expect(untrained({ layer: 1, dims: 4 }, { ...cuts, trained })).toBeUndefined();
  expect(untrained({}, { ...cuts, trained })).toBeUndefined();
  expect(untrained({ layer: 2 }, cuts)).toBeUndefined();
  expect(untrained({ layer: 1 }, { ...cuts, trained })).toBe(
    'The model was not trained to be cut to --layer 1 --dims 8; it was to --layer 1 --dims 4, --layer 3 --dims 8.',
  );
  expect(untrained({ dims: 2 }, { dims: 8, trained: [{ layer: 1, dims: 8 }] })).toBe(
    'The model was not trained to be cut to 2 columns; it was to 8 columns.',
  );
});
