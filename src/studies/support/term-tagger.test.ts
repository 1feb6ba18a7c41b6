import { describe, expect, test } from 'vitest';
import { spanF1, spansOf, type TermSentence, tagsOf } from './term-tagger.ts';

const sentence: TermSentence = {
  rows: Int32Array.of(0, 1, 2, 3, 4, 5),
  kinds: ['food', 'food', undefined, 'plant', undefined, 'food'],
};

describe('term tags', () => {
  test('runs begin and go on; kinds that are left out have no tag', () => {
    expect([...tagsOf(sentence)]).toEqual([0, 1, 2, 0, 2, 0]);
    expect([...tagsOf(sentence, (kind) => kind === 'food')]).toEqual([0, 1, 2, -1, 2, 0]);
  });

  test('spans end where a tag is not inside, and a lone inside begins one', () => {
    expect([...spansOf([0, 1, 2, 0, 0, 1])]).toEqual(['0-2', '3-4', '4-6']);
    expect([...spansOf([1, 1, 2])]).toEqual(['0-2']);
    expect(spansOf([2, -1, 2]).size).toBe(0);
  });

  test('F1 counts whole terms, and terms of other kinds not at all', () => {
    const asked = (kind: string) => kind === 'food';
    expect(spanF1([sentence], [[0, 1, 2, 0, 2, 0]], asked)).toBe(1);
    // One of two found whole, the other cut; the plant that was found is no error.
    expect(spanF1([sentence], [[0, 2, 2, 0, 2, 0]], asked)).toBe(0.5);
    expect(spanF1([sentence], [[2, 2, 2, 2, 2, 2]], asked)).toBe(0);
  });
});
