import { expect, test } from 'vitest';
import { matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { binaryRotation } from './binary-rotation.ts';

const context = { engine: referenceEngine, work: {} };
const turned = (angle: number) => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return matrix(new Float32Array([c, -s, s, c]), 2, 2);
};

test('corners of a turned square are found again: ‖R x‖₁ is then √2‖x‖', async () => {
  const square = toFloat32(
    await referenceEngine.matmul(
      matrix(new Float32Array([1, 1, 1, -1, -1, 1, -1, -1]), 4, 2),
      turned(0.5),
    ),
  );
  const { rotation, sums } = await binaryRotation(square, turned(0), context);
  expect(sums.at(-1)).toBeCloseTo(2, 5);
  const { data } = await referenceEngine.matmul(square, rotation, true);
  for (const x of data) expect(Math.abs(x)).toBeCloseTo(1, 5);
});

test('the sum never falls, and the axes stay orthonormal', async () => {
  const random = Random.fromSeed(2);
  const points = zeros(60, 5);
  for (let e = 0; e < points.data.length; e++) points.data[e] = random.normal() * (1 + (e % 5));
  const start = zeros(5, 5);
  for (let c = 0; c < 5; c++) start.data[6 * c] = 1;
  const { rotation, sums } = await binaryRotation(points, start, context);
  expect(sums.length).toBeGreaterThan(2);
  expect([...sums]).toEqual(sums.toSorted((a, b) => a - b));
  const { data: gram } = await referenceEngine.matmul(rotation, rotation, true);
  gram.forEach((x, e) => {
    expect(x).toBeCloseTo(e % 6 === 0 ? 1 : 0, 5);
  });
});

test('rows of zeros leave the rotation as it was', async () => {
  const start = turned(0.3);
  const { rotation, sums } = await binaryRotation(zeros(3, 2), start, context);
  expect([rotation, sums]).toEqual([start, [0]]);
});
