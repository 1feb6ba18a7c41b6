import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/index.ts';
import { constant } from '../../learning/index.ts';
import { pooledImages, shareRight } from './classified.ts';

test('a row is right where its largest logit is that of its class', async () => {
  const logits = constant(Float64Array.of(1, 2, 0, 3, 0, 1, 0, 0, 5, 1, 4, 2), [4, 3]);
  expect(await shareRight(logits, [1, 0, 2, 2], referenceEngine)).toBe(0.75);
});

test('images for training come first, those for tests behind them, each with its class', () => {
  const images = (from: number) => matrix(Float32Array.of(from, from + 1), 2, 1);
  const set = {
    height: 1,
    width: 1,
    classes: ['a', 'b'],
    train: { images: images(1), labels: Int32Array.of(0, 1) },
    test: { images: images(5), labels: Int32Array.of(1, 0) },
  };
  const all = pooledImages(set);
  expect([...(all.points?.data ?? [])]).toEqual([1, 2, 5, 6]);
  expect(all.classes).toEqual(['a', 'b', 'b', 'a']);
  const first = pooledImages(set, 3);
  expect([...(first.points?.data ?? [])]).toEqual([1, 2, 5]);
  expect(first.classes).toEqual(['a', 'b', 'b']);
});
