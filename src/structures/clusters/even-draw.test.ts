import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { evenDraw, evenQuotas } from './even-draw.ts';

describe('even draws', () => {
  test('a small part gives all it has, and the others share the rest', () => {
    expect([...evenQuotas([2, 100, 100], 20)]).toEqual([2, 9, 9]);
    expect([...evenQuotas([5, 5, 5], 7)]).toEqual([3, 2, 2]);
    expect([...evenQuotas([1, 0, 2], 9)]).toEqual([1, 0, 2]);
    expect([...evenQuotas([4], 0)]).toEqual([0]);
  });

  test('rows are distinct, ascending, and so many of each cluster', () => {
    const of = Int32Array.from({ length: 60 }, (_, i) => (i < 50 ? 0 : i < 55 ? 1 : 2));
    const rows = evenDraw(of, 3, 12, Random.fromSeed(1));
    expect(new Set(rows).size).toBe(12);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    expect([0, 1, 2].map((c) => rows.filter((i) => of[i] === c).length)).toEqual([4, 4, 4]);
    expect(rows).toEqual(evenDraw(of, 3, 12, Random.fromSeed(1)));
  });
});
