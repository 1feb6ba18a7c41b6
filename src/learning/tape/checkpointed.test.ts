import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { expectSameBytes } from '../../testing/engines.ts';
import { gradientRatios, normals } from '../../testing/gradient-check.ts';
import {
  add,
  embedding,
  linear,
  multiply,
  normalizeRows,
  relu,
  stopGradient,
  sum,
} from '../operations/index.ts';
import { checkpointed } from './checkpointed.ts';
import { evaluate, gradientsOf } from './evaluate.ts';
import { parameter } from './parameter.ts';
import { constant, operation, type Shape, type Tensor } from './tensor.ts';
import { Workspace } from './workspace.ts';

const [n, d] = [64, 4];
const random = Random.fromSeed(5);
const draw = (name: string, shape: Shape, byRows = false) =>
  parameter(name, Float32Array.from(normals(random, shape)), shape, { byRows });

const blocks = Array.from({ length: 6 }, (_, i) => ({
  up: draw(`up ${i}`, [4 * d, d]),
  down: draw(`down ${i}`, [d, 4 * d]),
  bias: draw(`bias ${i}`, [d]),
}));
const table = draw('table', [5, d], true);
const ids = Int32Array.from({ length: n }, () => random.integer(5));
const x = constant(Float32Array.from(normals(random, [n, d])), [n, d]);

type Whole = typeof checkpointed;
const plainly: Whole = (build, ...inputs) => build(...inputs);

function chain(part: Whole): Tensor {
  const residual = (input: Tensor, { up, down, bias }: (typeof blocks)[number]) =>
    part(
      (h) => add(h, noisy(linear(relu(linear(normalizeRows(h), up)), down, bias), bias.name)),
      input,
    );
  const start = part((h) => add(h, embedding(table, ids)), x);
  return sum(multiply(blocks.reduce(residual, start), x));
}

/** A mask that is drawn anew in every forward pass, from a stream of its own. */
function noisy(h: Tensor, name: string): Tensor {
  const mask = new Float32Array(h.shape.reduce((a, b) => a * b));
  return operation('noisy', [h], h.shape, {
    forward({ inputs: [a], out }) {
      const stream = Random.fromSeed(1).fork(name);
      for (let e = 0; e < out.length; e++) {
        mask[e] = stream.uniform() < 0.5 ? 0 : 2;
        out[e] = mask[e] * a[e];
      }
    },
    backward({ gradient, to: [toH] }) {
      if (toH) for (let e = 0; e < toH.length; e++) toH[e] = mask[e] * gradient[e];
    },
  });
}

async function run(part: Whole) {
  const workspace = new Workspace(referenceEngine);
  const { loss, gradients } = await gradientsOf(chain(part), workspace);
  const byName = new Map([...gradients].map(([{ name }, gradient]) => [name, gradient]));
  return { loss, byName, size: workspace.size };
}

/** A part inside a part. */
const twice: Whole = (build, ...inputs) =>
  checkpointed((...outer) => checkpointed(build, ...outer), ...inputs);

test('gradients are the same bytes as without, of rows that were looked up too', async () => {
  const whole = await run(plainly);
  expect(whole.byName.size).toBe(3 * blocks.length + 1);
  for (const part of [checkpointed, twice]) {
    const { loss, byName } = await run(part);
    expect(loss).toBe(whole.loss);
    expect(byName.size).toBe(whole.byName.size);
    for (const [name, gradient] of whole.byName) expectSameBytes(byName.get(name), gradient);
  }
});

test('less memory is held: of six parts one at a time', async () => {
  const [whole, parts] = [await run(plainly), await run(checkpointed)];
  expect(parts.size).toBeLessThan(whole.size / 3);
});

test('a second run needs no more memory than the first', async () => {
  const workspace = new Workspace(referenceEngine);
  await gradientsOf(chain(checkpointed), workspace);
  const { size } = workspace;
  await gradientsOf(chain(checkpointed), workspace);
  expect(workspace.size).toBe(size);
});

test('it has the gradient of its value, in every input and in a parameter it meets', async () => {
  const inside = parameter('inside', normals(Random.fromSeed(2), [3, 2]), [3, 2]);
  const build = (a: Tensor, b: Tensor) => multiply(multiply(a, b), multiply(a, inside));
  const ratios = await gradientRatios(
    (a, b) => checkpointed(build, multiply(a, a), multiply(a, b)),
    [[3, 2], [3, 2], inside],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('the same tensor may go in twice, and come out as it is', async () => {
  const product = await gradientRatios(
    (a) => {
      const square = multiply(a, a);
      return checkpointed((b, c) => multiply(b, c), square, square);
    },
    [[3]],
  );
  const same = await gradientRatios((a) => checkpointed((b) => b, multiply(a, a)), [[3]]);
  expect(Math.min(...product, ...same)).toBeGreaterThan(3.8);
});

test('nothing goes into an input whose gradient is stopped', async () => {
  const a = parameter('a', Float64Array.of(3), [1]);
  const loss = sum(checkpointed((b, c) => multiply(b, c), stopGradient(multiply(a, a)), a));
  const { gradients } = await gradientsOf(loss, new Workspace(referenceEngine));
  expect(gradients.get(a)?.data).toEqual(Float64Array.of(9));
});

test('after a failure inside, the workspace serves the next evaluation', async () => {
  const workspace = new Workspace(referenceEngine);
  const failing = checkpointed(
    (h) =>
      operation('failing', [h], h.shape, {
        forward() {
          throw new Error('inside');
        },
        backward() {},
      }),
    x,
  );
  await expect(evaluate(failing, workspace)).rejects.toThrow('inside');
  const whole = await run(plainly);
  expect((await gradientsOf(chain(checkpointed), workspace)).loss).toBe(whole.loss);
});
