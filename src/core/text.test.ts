import { expect, test } from 'vitest';
import { counted, escaped } from './text.ts';

test('one is singular; none and several are plural', () => {
  expect([0, 1, 2].map((n) => counted(n, 'row'))).toEqual(['0 rows', '1 row', '2 rows']);
  expect([1, 2].map((n) => counted(n, 'row has', 'rows have'))).toEqual([
    '1 row has',
    '2 rows have',
  ]);
  expect(counted(31636, 'row')).toBe('31,636 rows');
});

test('escaped text has no character that ends text or an attribute', () => {
  expect(escaped(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
});
