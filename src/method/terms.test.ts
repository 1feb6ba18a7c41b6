import { expect, test } from 'vitest';
import { methodTerm, termsOf } from './terms.ts';

test('options stand in brackets or behind a colon', () => {
  const wanted = { id: 'two-nn', options: { censored: 0.2, rows: 'raw' } };
  expect(methodTerm('two-nn(censored=0.2, rows=raw)')).toEqual(wanted);
  expect(methodTerm(' two-nn:censored=0.2,rows=raw')).toEqual(wanted);
  expect(methodTerm('two-nn')).toEqual({ id: 'two-nn', options: {} });
  expect(methodTerm('rankme(center=true)')?.options).toEqual({ center: true });
});

test('what is no term is none, and an option needs a value', () => {
  expect(methodTerm('two nn')).toBeUndefined();
  expect(methodTerm('two-nn(censored=0.2')).toBeUndefined();
  expect(() => methodTerm('two-nn:censored')).toThrow(
    'two-nn: option "censored" must be given as name=value',
  );
});

test('a list is cut at commas, but not within the options of one', () => {
  expect(termsOf('rank, two-nn:censored=0.2,rows=raw,gride(scale=4, rows=raw),all')).toEqual([
    'rank',
    'two-nn:censored=0.2,rows=raw',
    'gride(scale=4, rows=raw)',
    'all',
  ]);
});
