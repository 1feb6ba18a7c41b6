import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  adam,
  constant,
  evaluateAll,
  matmul,
  meanSquaredError,
  mlp,
  parameter,
  train,
  Workspace,
} from '../../learning/index.ts';
import { singularValues, svd } from '../../numerics/decompositions/svd.ts';
import { normals } from '../../testing/gradient-check.ts';
import { householder } from './householder.ts';

const drawn = (rows: number, cols: number, seed = 1) =>
  normals(Random.fromSeed(seed), [rows, cols]);
const weight = (rows: number, cols: number) => parameter('w', drawn(rows, cols), [rows, cols]);

async function computed(found: Awaited<ReturnType<ReturnType<typeof householder.bind>['over']>>) {
  const [data] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
  return data;
}

test('of the example: 4·(64 + 16) numbers of the first layer', async () => {
  const { parameters } = mlp({ name: 'decoder', sizes: [16, 64, 256] });
  const { trained, adapted } = await householder(parameters, { rank: 4, layer: 0, others: false });
  expect([trained, adapted]).toEqual([320, ['decoder.0.weight']]);
});

test('it begins with the leading singular vectors, their values made one', async () => {
  const given = weight(9, 6);
  const found = await householder.bind({ rank: 3, strength: 2 }).over([given]);
  const w = await computed(found);
  const { u, v } = svd(matrix(given.data, 9, 6));
  for (let i = 0; i < 9; i++) {
    for (let j = 0; j < 6; j++) {
      let wanted = 0;
      for (let r = 0; r < 3; r++) wanted += 2 * u.data[i * 6 + r] * v.data[j * 6 + r];
      expect(Math.abs(w[i * 6 + j] - wanted)).toBeLessThan(1e-13);
    }
  }
});

test('an orthogonal weight of full rank is itself before anything is trained', async () => {
  const turned = Float64Array.of(0.6, 0.8, -0.8, 0.6);
  const found = await householder
    .bind({ rank: 2, layer: 0 })
    .over([parameter('w', turned, [2, 2])]);
  const w = await computed(found);
  for (const [e, x] of w.entries()) expect(Math.abs(x - turned[e])).toBeLessThan(1e-14);
});

test('singular values stay what they are while it is trained: r times s, then 0', async () => {
  const found = await householder.bind({ rank: 3, strength: 1.5 }).over([weight(12, 8)]);
  const [tensor] = found.tensors.values();
  const rows = constant(drawn(20, 12, 2), [20, 12]);
  const wanted = constant(drawn(20, 8, 3), [20, 8]);
  const before = [...(await computed(found))];
  const { losses } = await train({
    parameters: found.parameters,
    steps: 60,
    update: adam({ learningRate: 0.05 }),
    engine: referenceEngine,
    loss: () => meanSquaredError(matmul(rows, tensor), wanted),
  });
  expect(losses.at(-1)).toBeLessThan(losses[0]);
  const after = await computed(found);
  expect([...after]).not.toEqual(before);
  const values = singularValues(matrix(after, 12, 8));
  // 60 steps leave nothing behind: the frames are made anew from the vectors, to some roundings.
  for (const [i, value] of values.entries())
    expect(Math.abs(value - (i < 3 ? 1.5 : 0))).toBeLessThan(1e-13);
});

test('strength 0 keeps the mean square of the singular values that are kept', async () => {
  const diagonal = Float64Array.of(3, 0, 0, 0, 1, 0, 0, 0, 0.5);
  const found = await householder
    .bind({ rank: 2, layer: 0 })
    .over([parameter('w', diagonal, [3, 3])]);
  const values = singularValues(matrix(await computed(found), 3, 3));
  expect(values[0]).toBeCloseTo(Math.sqrt(5), 13);
  expect(values[2]).toBeCloseTo(0, 13);
});

test('a weight of zeros begins with a frame all the same', async () => {
  const found = await householder
    .bind({ rank: 1, layer: 0 })
    .over([parameter('w', new Float64Array(6), [3, 2])]);
  expect(singularValues(matrix(await computed(found), 3, 2))[0]).toBeCloseTo(1, 14);
});

test('others are trained whole, or stay as they are', async () => {
  const model = [weight(12, 8), parameter('bias', drawn(1, 8), [8])];
  const adapted = async (others: boolean) =>
    (await householder(model, { rank: 2, others })).adapted;
  expect(await adapted(true)).toEqual(['w', 'bias']);
  expect(await adapted(false)).toEqual(['w']);
});

test('what cannot be projected is refused in a sentence', async () => {
  await expect(householder([parameter('bias', drawn(1, 8), [8])])).rejects.toThrow(
    'householder: no weight of the model has two axes; there is nothing to project.',
  );
  await expect(householder([weight(4, 4)], { layer: 1 })).rejects.toThrow(
    'householder: option "layer" must be at most 0, the last of the weights of two axes; got 1.',
  );
  await expect(householder([weight(4, 4)], { layer: 0, rank: 5 })).rejects.toThrow(
    'householder: option "rank" must be at most 4, a full rank of w; got 5.',
  );
  await expect(householder([weight(4, 4)], { rank: 2 })).rejects.toThrow(
    'householder: option "rank" must be r with r·(m + k) < m·k for some weight m × k, or a layer by its number; got 2.',
  );
});
