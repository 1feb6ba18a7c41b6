import { expect, test } from 'vitest';
import { TammesError } from './errors.ts';
import { givenPoints } from './given-points.ts';

const values = [1, 2, 3, 4, 5, 6];
const expected = { data: Float32Array.from(values), rows: 2, cols: 3 };

test('every form of 2 × 3 vectors is the same matrix', () => {
  const data = Float32Array.from(values);
  expect(givenPoints('f', { data, rows: 2, cols: 3 })).toEqual(expected);
  expect(givenPoints('f', { data, dims: [2, 3] })).toEqual(expected);
  expect(givenPoints('f', { data, dims: [1, 2, 3] })).toEqual(expected);
  expect(givenPoints('f', { data, shape: [2, 3] })).toEqual(expected);
  expect(givenPoints('f', { data: values, rows: 2, cols: 3 })).toEqual(expected);
  expect(givenPoints('f', { data: Int8Array.from(values), dims: [2, 3] })).toEqual(expected);
  expect(givenPoints('f', [values.slice(0, 3), values.slice(3)])).toEqual(expected);
  expect(givenPoints('f', [data.slice(0, 3), data.slice(3)])).toEqual(expected);
});

test('a matrix is taken as it is, without a copy', () => {
  const given = { data: new Float64Array(6), rows: 2, cols: 3 };
  expect(givenPoints('f', given)).toBe(given);
});

test('float64 rows keep their digits', () => {
  const { data } = givenPoints('f', [Float64Array.of(0.1, 0.2)]);
  expect(data).toEqual(Float64Array.of(0.1, 0.2));
});

test('one flat tensor is one row', () => {
  expect(givenPoints('f', { data: Float32Array.from(values), dims: [6] })).toMatchObject({
    rows: 1,
    cols: 6,
  });
});

test('no rows stay no rows, for the caller to refuse', () => {
  expect(givenPoints('f', [])).toMatchObject({ rows: 0, cols: 0 });
});

test('what is no vectors is refused in a sentence that says what came', () => {
  const data = Float32Array.from(values);
  const said = (given: unknown): string => {
    try {
      givenPoints('measure', given);
    } catch (error) {
      expect(error).toBeInstanceOf(TammesError);
      return (error as Error).message;
    }
    throw new Error('nothing was refused');
  };
  expect(said('A.npy')).toBe('measure: got the path "A.npy"; read it first: await read("A.npy").');
  expect(said(Promise.resolve(1))).toBe('measure: got a promise; await it first.');
  expect(said(undefined)).toContain('got undefined');
  expect(said(7)).toContain('got 7 (number)');
  expect(said(data)).toContain('got one flat Float32Array');
  expect(said({ rows: 2, cols: 3 })).toContain('got an object with rows, cols');
  expect(said({ data, rows: 3, cols: 3 })).toContain('expected 9 values for 3 × 3; got 6');
  expect(said({ data, rows: 2 })).toContain('got an object with data, rows');
  expect(said({ data, dims: [2, 1, 3] })).toContain(
    'two whole numbers, rows and columns; got 2 × 1 × 3',
  );
  expect(said({ data, rows: 1.5, cols: 4 })).toContain('got 1.5 × 4');
  expect(said([[1, 2], [3]])).toContain('expected 2 numbers in every row; got 1 in row 1');
  expect(said([[1, '2']])).toContain('row 0, column 1 is the text "2", not a number');
  expect(said([1, 2])).toContain('got 1 (number) as row 0');
  expect(said({ data: [1, null], dims: [1, 2] })).toContain('value 1 of the data is null');
  expect(said({ data: BigInt64Array.of(1n), dims: [1, 1] })).toContain('64-bit integers');
});
