import { expect, test } from 'vitest';
import { classesOfRows, numberedClasses } from './numbered-classes.ts';

test('classes are numbered by name, and counted', () => {
  expect(numberedClasses(['b', 'a', 'b'])).toEqual({
    names: ['a', 'b'],
    of: Int32Array.of(1, 0, 1),
    counts: Int32Array.of(1, 2),
  });
});

test('classes without any of some rows keep their number', () => {
  const { of, counts } = classesOfRows(numberedClasses(['b', 'a', 'b']), [0, 2]);
  expect([of, counts]).toEqual([Int32Array.of(1, 1), Int32Array.of(0, 2)]);
});
