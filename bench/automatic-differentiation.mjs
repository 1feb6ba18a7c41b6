// A step of plain descent on the tape and in jax-js (jit), in one run, turn by turn:
//   npm run build && node bench/automatic-differentiation.mjs [engine] [turns]
// prints the least processor time of a step of each, and the losses both reach.
import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/choose.js';
import * as ops from '../dist/learning/index.js';

const [engineName = 'auto', turns = '10'] = process.argv.slice(2);
const RATE = 0.05;
const CLASSES = 10;

const perceptron = {
  name: 'MLP 784-512-10, batch 512',
  input: [512, 784],
  weights: [[512, 784], [512], [CLASSES, 512], [CLASSES]],
  ours: (x, [w1, b1, w2, b2]) => ops.linear(ops.relu(ops.linear(x, w1, b1)), w2, b2),
  theirs: (x, [w1, b1, w2, b2]) => dense(nn.relu(dense(x, w1, b1)), w2, b2),
};

const convolutional = {
  name: 'CNN 28 × 28, 3 × 3 × 16, 3 × 3 × 32, batch 64',
  input: [64, 28, 28, 1],
  weights: [[16, 3, 3, 1], [16], [32, 3, 3, 16], [32], [CLASSES, 7 * 7 * 32], [CLASSES]],
  ours(x, [w1, b1, w2, b2, w3, b3]) {
    const same = { padding: 'same' };
    const first = ops.maxPool2d(ops.relu(ops.conv2d(x, w1, b1, same)), 2);
    const second = ops.maxPool2d(ops.relu(ops.conv2d(first, w2, b2, same)), 2);
    return ops.linear(ops.reshape(second, [64, 7 * 7 * 32]), w3, b3);
  },
  theirs(x, [w1, b1, w2, b2, w3, b3]) {
    const pool = (y) => lax.reduceWindow(y, (window) => np.max(window), [2, 2], [2, 2]);
    const first = pool(nn.relu(convolved(np.transpose(x, [0, 3, 1, 2]), w1, b1)));
    const second = np.transpose(pool(nn.relu(convolved(first, w2, b2))), [0, 2, 3, 1]);
    return dense(second.reshape([64, 7 * 7 * 32]), w3, b3);
  },
};

const dense = (x, w, b) => np.matmul(x, np.transpose(w)).add(b);

function convolved(x, w, b) {
  const m = w.shape[0];
  return lax.conv(x, np.transpose(w, [0, 3, 1, 2]), [1, 1], 'SAME').add(b.reshape([m, 1, 1]));
}

const sizeOf = (shape) => shape.reduce((product, length) => product * length, 1);

function normals(random, shape, scale) {
  return Float32Array.from({ length: sizeOf(shape) }, () => scale * random.normal());
}

function problem({ input, weights }) {
  const random = Random.fromSeed(1);
  return {
    x: normals(random, input, 1),
    classes: Array.from({ length: input[0] }, () => random.integer(CLASSES)),
    start: weights.map((shape) => normals(random, shape, 1 / Math.sqrt(sizeOf(shape.slice(1))))),
  };
}

function ourStep(model, engine) {
  const { x, classes, start } = problem(model);
  const weights = start.map((data, i) => ops.parameter(`w${i}`, data, model.weights[i]));
  const workspace = new ops.Workspace(engine);
  return async () => {
    const logits = model.ours(ops.constant(x, model.input), weights);
    const { loss, gradients } = await ops.gradientsOf(ops.crossEntropy(logits, classes), workspace);
    for (const w of weights) {
      const gradient = gradients.get(w).data;
      for (let e = 0; e < gradient.length; e++) w.data[e] -= RATE * gradient[e];
    }
    return loss;
  };
}

function theirStep(model) {
  const { x, classes, start } = problem(model);
  const data = np.array(x).reshape(model.input);
  const targets = nn.oneHot(np.array(classes, { dtype: np.int32 }), CLASSES);
  const lossOf = (weights, batch, wanted) =>
    nn
      .logSoftmax(model.theirs(batch, weights))
      .mul(wanted)
      .sum()
      .mul(-1 / classes.length);
  const step = jit((weights, batch, wanted) => {
    const [loss, gradients] = valueAndGrad(lossOf)(
      weights.map((w) => w.ref),
      batch,
      wanted,
    );
    return [loss, weights.map((w, i) => w.sub(gradients[i].mul(RATE)))];
  });
  let weights = start.map((w, i) => np.array(w).reshape(model.weights[i]));
  return async () => {
    const [loss, next] = step(weights, data.ref, targets.ref);
    weights = next;
    await Promise.all(next.map((w) => w.ref.data()));
    return (await loss.data())[0];
  };
}

async function timed(step) {
  const start = process.cpuUsage();
  const loss = await step();
  const { user, system } = process.cpuUsage(start);
  return { loss, ms: (user + system) / 1000 };
}

await init('wasm');
defaultDevice('wasm');
const engine = await chooseEngine(engineName, { threads: 1 });
for (const model of [perceptron, convolutional]) {
  const [ours, theirs] = [ourStep(model, engine), theirStep(model)];
  const runs = [];
  for (let turn = 0; turn < Number(turns); turn++) {
    runs.push({ ours: await timed(ours), theirs: await timed(theirs) });
  }
  const least = (side) => Math.min(...runs.map((run) => run[side].ms));
  const last = runs[runs.length - 1];
  console.log(model.name);
  console.log(`  tape (${engine.name}): ${least('ours').toFixed(0)} ms, loss ${last.ours.loss}`);
  console.log(`  jax-js: ${least('theirs').toFixed(0)} ms, loss ${last.theirs.loss}`);
  console.log(`  jax-js / tape: ${(least('theirs') / least('ours')).toFixed(1)}`);
}
await engine.dispose();
