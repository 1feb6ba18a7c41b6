import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { engineFamilies, expectSameBytes, onEachKind } from '../../../testing/engines.ts';
import { UNIT_F32 } from '../../../testing/tolerances.ts';
import { referenceEngine } from '../../reference.ts';
import { type Patches, patchMatrix } from './patches.ts';

const families = engineFamilies();

function normals(rows: number, cols: number, seed: number): Matrix<Float32Array> {
  const random = Random.fromSeed(seed);
  const data = Float32Array.from({ length: rows * cols }, () => random.normal());
  return matrix(data, rows, cols);
}

function windows(
  [n, height, width, channels]: readonly number[],
  [kernelHeight, kernelWidth, stride]: readonly number[],
  [down, across, top, left]: readonly number[],
): Patches {
  const kernel = { kernelHeight, kernelWidth, stride };
  return { n, height, width, channels, ...kernel, down, across, top, left };
}

const CASES: readonly (readonly [string, Patches, number])[] = [
  ['one place', windows([1, 1, 1, 1], [1, 1, 1], [1, 1, 0, 0]), 1],
  ['3 × 3 with padding', windows([3, 7, 5, 2], [3, 3, 1], [7, 5, 1, 1]), 4],
  ['stride 2, a wider kernel', windows([2, 9, 8, 3], [2, 5, 2], [4, 4, 0, 2]), 5],
  ['windows beyond the image', windows([2, 3, 3, 1], [2, 2, 2], [5, 5, 4, 4]), 3],
  ['more than 256 terms', windows([1, 6, 6, 33], [3, 3, 1], [6, 6, 1, 1]), 70],
  ['the layers of a small network', windows([9, 14, 14, 16], [3, 3, 1], [14, 14, 1, 1]), 32],
];

test.each(CASES)('a product of patches equals that of their matrix: %s', async (_, patches, m) => {
  const { n, height, width, channels } = patches;
  const images = normals(n * height * width, channels, 1);
  const matrixOfAll = patchMatrix(images, patches);
  const { rows, cols } = matrixOfAll;
  for (const transposeA of [false, true]) {
    const b = normals(transposeA ? rows : cols, m, 2);
    const wide = toFloat64(matrixOfAll);
    const wanted = await referenceEngine.matmul(wide, toFloat64(b), { transposeA });
    const results = await onEachKind(families, (engine) =>
      engine.matmul(images, b, { transposeA, patches }),
    );
    // Terms of size one: rounding adds up like a random walk, ten deviations.
    const terms = transposeA ? rows : cols;
    const tolerance = 10 * UNIT_F32 * (2 + Math.sqrt(terms)) * 3;
    for (const { data } of results)
      data.forEach((value, e) => {
        if (!(Math.abs(value - wanted.data[e]) <= tolerance)) expect(value).toBe(wanted.data[e]);
      });
    const seen = await referenceEngine.matmul(toFloat64(images), toFloat64(b), {
      transposeA,
      patches,
    });
    expectSameBytes(seen, wanted);
  }
});

test('the windows of an image by hand', () => {
  const image = matrix(Float64Array.of(1, 2, 3, 4), 4, 1);
  const seen = patchMatrix(image, windows([1, 2, 2, 1], [2, 2, 1], [2, 2, 1, 1]));
  expect([...seen.data]).toEqual([0, 0, 0, 1, 0, 0, 1, 2, 0, 1, 0, 3, 1, 2, 3, 4]);
});

test('refuses images of another shape and windows that are no whole numbers', async () => {
  const patches = windows([1, 3, 3, 2], [2, 2, 1], [2, 2, 0, 0]);
  const b = normals(8, 1, 3);
  for (const engine of [families[0][0], referenceEngine]) {
    const refused = (images: Matrix, given: Patches) =>
      expect((async () => engine.matmul(images, b, { patches: given }))()).rejects;
    await refused(normals(9, 1, 4), patches).toThrow(
      'matmul: expected images of 1 · 3 · 3 × 2; got 9 × 1.',
    );
    await refused(normals(9, 2, 4), { ...patches, top: 0.5 }).toThrow('patches.top');
    await refused(normals(9, 2, 4), { ...patches, stride: 0 }).toThrow('patches.stride');
  }
});
