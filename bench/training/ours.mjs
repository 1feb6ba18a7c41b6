// The three training steps on one engine. Arguments: engine, threads.
import { chooseEngine } from '../../dist/engine/index.js';
import * as objectives from '../../dist/families/objectives/index.js';
import {
  adamW,
  add,
  addRows,
  attention,
  constant,
  conv2d,
  crossEntropy,
  embedding,
  gelu,
  gradientsOf,
  layerNorm,
  linear,
  maxPool2d,
  normalizeRows,
  objective,
  parameter,
  relu,
  reshape,
  scale,
  Workspace,
} from '../../dist/learning/index.js';
import { answerTrainings } from './contestant.mjs';
import { classes, uniform, weights } from './problems.mjs';

const [name, threads] = process.argv.slice(2);
const engine = await chooseEngine(name, { threads: Number(threads) });

const layer = (id, outputs, inputs, seed) =>
  parameter(id, weights(outputs * inputs, inputs, seed), [outputs, inputs]);
const bias = (id, n) => parameter(id, new Float32Array(n), [n]);

function mlp() {
  const x = constant(uniform(512 * 784, 3), [512, 784]);
  const y = classes(512, 10, 4);
  const [w1, b1] = [layer('w1', 512, 784, 1), bias('b1', 512)];
  const [w2, b2] = [layer('w2', 10, 512, 2), bias('b2', 10)];
  return () => crossEntropy(linear(relu(linear(x, w1, b1)), w2, b2), y);
}

const REGULARIZERS = {
  koleo: objectives.koleo,
  uniformity: objectives.uniformity,
  sliced: objectives.sliced,
  't-regs': objectives.tRegs,
};

/** The MLP with 128 columns before its last layer, spread by an objective. */
function regularized(id) {
  const x = constant(uniform(512 * 784, 3), [512, 784]);
  const y = classes(512, 10, 4);
  const [w1, b1] = [layer('w1', 512, 784, 1), bias('b1', 512)];
  const [w2, b2] = [layer('w2', 128, 512, 2), bias('b2', 128)];
  const [w3, b3] = [layer('w3', 10, 128, 5), bias('b3', 10)];
  const loss = REGULARIZERS[id]?.bind();
  return () => {
    const embedded = linear(relu(linear(x, w1, b1)), w2, b2);
    const classified = crossEntropy(linear(embedded, w3, b3), y);
    return loss
      ? add(classified, scale(objective(normalizeRows(embedded), loss), 0.1))
      : classified;
  };
}

function cnn() {
  const x = constant(uniform(64 * 784, 4), [64, 28, 28, 1]);
  const y = classes(64, 10, 5);
  const kernel = (id, outputs, inputs, seed) =>
    parameter(id, weights(outputs * 9 * inputs, 9 * inputs, seed), [outputs, 3, 3, inputs]);
  const [k1, b1] = [kernel('k1', 16, 1, 1), bias('b1', 16)];
  const [k2, b2] = [kernel('k2', 32, 16, 2), bias('b2', 32)];
  const [w, b] = [layer('w', 10, 1568, 3), bias('b', 10)];
  const padded = { padding: 'same' };
  return () => {
    const first = maxPool2d(relu(conv2d(x, k1, b1, padded)), 2);
    const second = maxPool2d(relu(conv2d(first, k2, b2, padded)), 2);
    return crossEntropy(linear(reshape(second, [64, 1568]), w, b), y);
  };
}

/** The table of tokens is the output layer too. */
function language() {
  const [ids, next] = [classes(1024, 1000, 9), classes(1024, 1000, 10)];
  const table = layer('tokens', 1000, 64, 1);
  const places = layer('places', 32, 64, 2);
  const [wq, wk, wv, wo] = [3, 4, 5, 6].map((seed) => layer(`w${seed}`, 64, 64, seed));
  const bo = bias('bo', 64);
  const [w1, b1] = [layer('wide', 256, 64, 7), bias('b1', 256)];
  const [w2, b2] = [layer('narrow', 64, 256, 8), bias('b2', 64)];
  const norms = [1, 2, 3].map((n) => [
    parameter(`gain${n}`, new Float32Array(64).fill(1), [64]),
    bias(`shift${n}`, 64),
  ]);
  return () => {
    const x = addRows(embedding(table, ids, [32, 32]), places);
    const a = layerNorm(x, ...norms[0]);
    const [q, k, v] = [wq, wk, wv].map((w) => linear(a, w));
    const seen = attention(q, k, v, { heads: 4, causal: true });
    const mixed = add(x, linear(seen, wo, bo));
    const wide = gelu(linear(layerNorm(mixed, ...norms[1]), w1, b1));
    const deep = add(mixed, linear(wide, w2, b2));
    return crossEntropy(linear(layerNorm(deep, ...norms[2]), table), next);
  };
}

/** One AdamW step of all parameters below the loss that `build` gives. */
function trained(build) {
  const workspace = new Workspace(engine);
  const update = adamW({ learningRate: 1e-3, weightDecay: 0.01 });
  const states = new Map();
  let step = 0;
  return async () => {
    step++;
    const { loss, gradients } = await gradientsOf(build(), workspace);
    for (const [leaf, gradient] of gradients) {
      if (!states.has(leaf)) states.set(leaf, update.start(leaf));
      await update.apply(leaf, gradient, states.get(leaf), { step, rate: 1e-3, engine });
    }
    return loss;
  };
}

const MODELS = { mlp, cnn, language };
const build = (model) => MODELS[model]?.() ?? regularized(model.replace('regularized-', ''));
await answerTrainings(`tammes ${name} × ${threads}`, (model) => trained(build(model)));
