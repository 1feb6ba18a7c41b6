import { describe, expect, test } from 'vitest';
import { rowClasses } from './row-classes.ts';

const table = {
  labels: ['a', 'b', 'a', ''],
  columns: { topic: ['x', '', 'y', 'x'], year: Float64Array.of(1999, NaN, 1999, 2000) },
};

describe('rowClasses', () => {
  test('numbers the values of a column in order of appearance, −1 where there is none', () => {
    expect(rowClasses('disperse', table, 'topic')).toEqual(Int32Array.of(0, -1, 1, 0));
    expect(rowClasses('disperse', table, 'year')).toEqual(Int32Array.of(0, -1, 0, 1));
    expect(rowClasses('disperse', table, 'labels')).toEqual(Int32Array.of(0, 1, 0, -1));
  });
  test('without a name takes labels, if one repeats', () => {
    expect(rowClasses('disperse', table)).toEqual(Int32Array.of(0, 1, 0, -1));
    expect(rowClasses('disperse', { labels: ['a', 'b', 'c'] })).toBeUndefined();
    expect(rowClasses('disperse', { labels: ['', '', 'c'] })).toBeUndefined();
    expect(rowClasses('disperse', {})).toBeUndefined();
  });
  test('a named column counts even where no value repeats', () => {
    expect(rowClasses('disperse', { labels: ['a', 'b'] }, 'labels')).toEqual(Int32Array.of(0, 1));
  });
  test('refuses a column that is not there, naming those that are', () => {
    expect(() => rowClasses('disperse', table, 'kind')).toThrow(
      'disperse: option "classes" must be one of labels, topic, year; got "kind".',
    );
    expect(() => rowClasses('disperse', {}, 'kind')).toThrow('left out: the table has no columns');
  });
});
