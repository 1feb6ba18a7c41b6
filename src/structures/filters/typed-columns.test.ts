import { expect, test } from 'vitest';
import { typedColumns } from './typed-columns.ts';

test('texts that are all numbers become numbers; blanks and nan are missing', () => {
  const { a } = typedColumns({ a: ['1', ' -2.5e1', '', 'NaN', '.5', '0', '0.25'] });
  expect(a).toEqual(Float64Array.of(1, -25, Number.NaN, Number.NaN, 0.5, 0, 0.25));
});

test.each([
  ['a word among them', ['1', 'two']],
  ['digits that are a name', ['12', '007']],
  ['whole numbers that float64 cannot hold', ['1', '9007199254740993']],
  ['numbers beyond float64', ['1e999']],
  ['hexadecimal', ['0x10']],
  ['nothing but blanks', ['', ' ']],
  ['no rows', []],
])('%s: the column stays texts', (_, column) => {
  expect(typedColumns({ column })).toEqual({ column });
});

test('numbers stay as they are', () => {
  const numbers = Float64Array.of(1, Number.NaN);
  expect(typedColumns({ numbers })['numbers']).toBe(numbers);
});
