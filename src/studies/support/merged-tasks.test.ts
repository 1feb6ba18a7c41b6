import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { constant, evaluate } from '../../learning/index.ts';
import type { LabeledImages } from './images.ts';
import { indecision, quarterTurned, type TunedTasks } from './merged-tasks.ts';

const SIDE = 14;
const image = Float32Array.from({ length: SIDE * SIDE }, (_, pixel) => pixel);
const one = { images: matrix(image, 1, SIDE * SIDE), labels: Int32Array.of(3) };

test('a quarter turn takes the first row to the last column', () => {
  const { images, labels } = quarterTurned(one);
  expect(Array.from({ length: SIDE }, (_, row) => images.data[row * SIDE + SIDE - 1])).toEqual([
    ...image.subarray(0, SIDE),
  ]);
  expect(labels).toEqual(one.labels);
});

test('four quarter turns are none', () => {
  let turned: LabeledImages = one;
  for (let turn = 0; turn < 4; turn++) turned = quarterTurned(turned);
  expect([...turned.images.data]).toEqual([...image]);
});

/** Two images, of which one pixel each is bright, and a network that lets `strength` of it through to its own class. */
function twoImages(strength: number, classes: readonly [number, number]) {
  const pixels = new Float32Array(2 * SIDE * SIDE);
  pixels[0] = 1;
  pixels[SIDE * SIDE + 1] = 1;
  const pass = (rows: number, cols: number, places: readonly (readonly [number, number])[]) => {
    const data = new Float32Array(rows * cols);
    for (const [row, col] of places) data[row * cols + col] = 1;
    return constant(data, [rows, cols]);
  };
  const head = constant(new Float32Array(20), [10, 2]);
  classes.forEach((own, feature) => {
    (head.data as Float32Array)[own * 2 + feature] = strength;
  });
  const images = { images: matrix(pixels, 2, SIDE * SIDE), labels: Int32Array.of(0, 1) };
  const task = {
    ...{ train: images, test: images },
    head: { weight: head, bias: constant(new Float32Array(10)) },
  };
  const tuned: TunedTasks = {
    tasks: [task],
    base: { kind: 'encoder', settings: {}, parameters: [] },
    models: [],
  };
  const diagonal = [
    [0, 0],
    [1, 1],
  ] as const;
  const weights = new Map([
    ['encoder.0.weight', pass(2, SIDE * SIDE, diagonal)],
    ['encoder.0.bias', constant(new Float32Array(2))],
    ['encoder.1.weight', pass(2, 2, diagonal)],
    ['encoder.1.bias', constant(new Float32Array(2))],
  ]);
  return { tuned, weights };
}

test('indecision is lowest where each image is sure of a class of its own', async () => {
  const indecisionOf = async (strength: number, classes: readonly [number, number]) => {
    const { tuned, weights } = twoImages(strength, classes);
    return (await evaluate(indecision(tuned, weights)))[0];
  };
  expect(await indecisionOf(50, [4, 7])).toBeCloseTo(-Math.log(2), 5);
  // All sure of one class: certain, and worth nothing.
  expect(await indecisionOf(50, [4, 4])).toBeCloseTo(0, 5);
  expect(await indecisionOf(0, [4, 7])).toBeCloseTo(0, 5);
});
