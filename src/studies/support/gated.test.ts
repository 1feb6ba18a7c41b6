import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { classMeans, drawnPairs, groupsRecovered, labeledWhere } from './gated.ts';

const data = {
  points: matrix(Float64Array.of(1, 0, 3, 0, 0, 2, 0, 4), 4, 2),
  labels: Int32Array.of(7, 7, 3, 3),
};

test('means of classes stand in the order of their numbers', () => {
  expect(Array.from(classMeans(data).data)).toEqual([0, 3, 2, 0]);
  expect(Array.from(labeledWhere(data, (label) => label === 3).points.data)).toEqual([0, 2, 0, 4]);
});

test('pairs are of two different classes', () => {
  for (const [a, b] of drawnPairs(Int32Array.of(5, 2, 2, 9), Random.fromSeed(1))) {
    expect([2, 5, 9]).toContain(a);
    expect([2, 5, 9]).toContain(b);
    expect(a).not.toBe(b);
  }
});

test('groups of equal directions are told apart, by chance alone where they mean nothing', () => {
  expect(groupsRecovered(data.points, Int32Array.of(0, 0, 1, 1))).toBe(1);
  expect(groupsRecovered(data.points, Int32Array.of(0, 1, 0, 1))).toBe(0.5);
});
