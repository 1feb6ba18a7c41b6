import { expect, test } from 'vitest';
import type { Matrix } from '../../core/matrix.ts';
import { toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { defaultEngine } from '../../engine/choose.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { rieszEnergy } from '../../families/objectives/index.ts';
import { riemannianAdam as adamOfPoints } from '../../families/optimizers/index.ts';
import { grassmann, poincareBall, sphere, uniformPoints } from '../../manifolds/index.ts';
import { taken } from '../../testing/update-steps.ts';
import { objective } from '../operations/index.ts';
import { gradientsOf } from '../tape/evaluate.ts';
import { parameter } from '../tape/parameter.ts';
import { Workspace } from '../tape/workspace.ts';
import { riemannianAdam } from './riemannian-adam.ts';
import { riemannianSgd } from './riemannian-sgd.ts';

const height = () => ({ data: Float64Array.of(-1, 0) });
const angleOf = (x: ArrayLike<number>) => Math.atan2(x[1], x[0]);
const circle = (theta: number) =>
  parameter('x', Float64Array.of(Math.cos(theta), Math.sin(theta)), [1, 2], { manifold: sphere });

test('a step of riemannianSgd goes η sin θ along the circle, under the height −x₁', async () => {
  const x = circle(1);
  await taken(riemannianSgd({ learningRate: 0.25 }), x, height, { steps: 1 });
  expect(angleOf(x.data)).toBeCloseTo(1 - 0.25 * Math.sin(1), 14);
});

test('momentum on the circle is momentum of the angle', async () => {
  const x = circle(1);
  await taken(riemannianSgd({ learningRate: 0.25, momentum: 0.5 }), x, height, { steps: 5 });
  let [theta, m] = [1, 0];
  for (let step = 0; step < 5; step++) {
    m = 0.5 * m + Math.sin(theta);
    theta -= 0.25 * m;
  }
  expect(angleOf(x.data)).toBeCloseTo(theta, 13);
});

test('the first step of riemannianAdam has the length α, however long the gradient', async () => {
  for (const scale of [1e-8, 1, 1e6]) {
    const x = circle(1);
    const steep = () => ({ data: height().data.map((value) => scale * value) });
    await taken(riemannianAdam({ learningRate: 0.125 }), x, steep, { steps: 1 });
    expect(angleOf(x.data)).toBeCloseTo(1 - 0.125, 7);
  }
});

test('in the Poincaré ball a step is measured in its metric', async () => {
  // From the point r of the axis towards the center: d = 2 artanh r falls by α.
  const x = parameter('x', Float64Array.of(0.8, 0), [1, 2], { manifold: poincareBall() });
  await taken(riemannianAdam({ learningRate: 0.5 }), x, () => ({ data: Float64Array.of(1, 0) }), {
    steps: 1,
  });
  expect(2 * Math.atanh(x.data[0])).toBeCloseTo(2 * Math.atanh(0.8) - 0.5, 7);
});

test('a point pulled to another reaches it at the pace of a quadratic', async () => {
  // f = dist²/2 has the gradient −log: a step of rate η leaves 1 − η of the way.
  const manifold = grassmann(2);
  const random = Random.fromSeed(2);
  const [x, target, u] = [new Float64Array(8), new Float64Array(8), new Float64Array(8)];
  manifold.randomPoint(random, x);
  manifold.randomPoint(random, target);
  const start = manifold.distance(x, target);
  const point = parameter('x', x, [1, 8], { manifold });
  const pull = () => {
    manifold.log(x, target, u);
    return { data: u.map((value) => -value) };
  };
  await taken(riemannianSgd({ learningRate: 0.5 }), point, pull, { steps: 20 });
  expect(manifold.distance(x, target) / start / 2 ** -20).toBeCloseTo(1, 6);
});

test('riemannianAdam takes the path of the optimizer of that name', async () => {
  const start = toFloat64(uniformPoints(8, 3, Random.fromSeed(4)));
  for (let i = 0; i < 8; i++) {
    const row = start.data.subarray(3 * i, 3 * i + 3);
    sphere.projectPoint(row, row);
  }
  const bound = rieszEnergy.bind({ s: 1 });
  const settings = { learningRate: 0.05, steps: 40 };
  const run = { engine: referenceEngine };
  const { points } = await adamOfPoints(
    { objective: bound, manifold: sphere, start },
    settings,
    run,
  );
  const x = parameter('x', start.data.slice(), [8, 3], { manifold: sphere });
  const rule = riemannianAdam({ learningRate: 0.05 });
  const state = rule.start(x);
  const workspace = new Workspace(referenceEngine);
  for (let step = 1; step <= 40; step++) {
    const gradient = (await gradientsOf(objective(x, bound), workspace)).gradients.get(x);
    if (gradient)
      await rule.apply(x, gradient, state, { step, rate: 0.05, engine: referenceEngine });
  }
  // Powers of β by products there, by pow here.
  for (const [e, value] of points.data.entries())
    expect(Math.abs(x.data[e] - value)).toBeLessThan(1e-12);
});

test('a table so large that an engine moves it goes where the reference says, to rounding', async () => {
  const [n, d] = [300, 64];
  const start: Matrix<Float32Array> = uniformPoints(n, d, Random.fromSeed(1));
  const gradient = { data: Float32Array.from(start.data.toReversed()) };
  const moved = async (engine: typeof referenceEngine) => {
    const x = parameter('x', start.data.slice(), [n, d], { manifold: sphere });
    await taken(riemannianAdam({ learningRate: 0.1 }), x, () => gradient, { steps: 3, engine });
    return x.data;
  };
  const [fast, slow] = [await moved(await defaultEngine(start)), await moved(referenceEngine)];
  for (const [e, value] of slow.entries()) expect(Math.abs(fast[e] - value)).toBeLessThan(1e-6);
});
