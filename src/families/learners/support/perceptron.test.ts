import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import {
  constant,
  evaluate,
  gradientsOf,
  mlp,
  parameter,
  sum,
  Workspace,
} from '../../../learning/index.ts';
import { frozen, perceptron } from './perceptron.ts';

const net = mlp({ name: 'net', sizes: [3, 4, 2], seed: 1, float64: true });
const x = parameter('x', Float64Array.of(1, -2, 0.5, 3, 0.1, -1), [2, 3]);

test('it is the network that the parameters came from', async () => {
  const rows = constant(x.data, [2, 3]);
  expect(await evaluate(perceptron(rows, net.parameters))).toEqual(await evaluate(net(rows)));
});

test('frozen weights pass the gradient to the input and get none', async () => {
  const workspace = new Workspace(referenceEngine);
  const own = (await gradientsOf(sum(net(x)), workspace)).gradients.get(x)?.data.slice();
  const { gradients } = await gradientsOf(sum(perceptron(x, frozen(net.parameters))), workspace);
  expect([...gradients.keys()]).toEqual([x]);
  expect(gradients.get(x)?.data).toEqual(own);
});
