import { expect, test } from 'vitest';
import { storedNames } from './stored-names.ts';

test('names that are free stay; others get marks behind until they are', () => {
  expect(storedNames(['year', 'id', 'id_', 'label'], ['id', 'label'])).toEqual({
    year: 'year',
    id: 'id__',
    id_: 'id_',
    label: 'label_',
  });
});

test('what an engine cannot have in a name becomes a mark, and two never become one', () => {
  const names = ['a.b', 'a`b', 'a_b', '', '_', '__proto__'];
  const stored = storedNames(names, [], /[.`]/g);
  expect(Object.keys(stored)).toHaveLength(names.length);
  expect(new Set(Object.values(stored)).size).toBe(names.length);
  expect(stored).toMatchObject({ a_b: 'a_b', 'a.b': 'a_b_', 'a`b': 'a_b__', '': '__' });
});
