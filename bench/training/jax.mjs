// The three training steps in jax-js (WebAssembly, under jit). Argument: the folder whose node_modules has it.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answerTrainings } from './contestant.mjs';
import { classes, uniform, weights } from './problems.mjs';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const jax = await import(pathToFileURL(require.resolve('@jax-js/jax')).href.replace('.cjs', '.js'));
const { numpy: np, nn, lax, jit, valueAndGrad } = jax;
await jax.init('wasm');
jax.defaultDevice('wasm');

const array = (data, shape) => np.array(data).reshape(shape);
const layer = (inputs, outputs, seed) =>
  array(weights(inputs * outputs, inputs, seed), [inputs, outputs]);
const zeros = (n) => np.zeros([n]);
const oneHot = (ids, count) => {
  const data = new Float32Array(ids.length * count);
  ids.forEach((id, i) => {
    data[i * count + id] = 1;
  });
  return array(data, [ids.length, count]);
};
const crossEntropy = (logits, targets, n) =>
  nn
    .logSoftmax(logits, -1)
    .mul(targets)
    .sum()
    .mul(-1 / n);

function mlp() {
  const loss = ([w1, b1, w2, b2], x, y) => {
    const hidden = nn.relu(np.matmul(x, w1).add(b1));
    return crossEntropy(np.matmul(hidden, w2).add(b2), y, 512);
  };
  const start = [layer(784, 512, 1), zeros(512), layer(512, 10, 2), zeros(10)];
  return [loss, start, array(uniform(512 * 784, 3), [512, 784]), oneHot(classes(512, 10, 4), 10)];
}

function cnn() {
  const pool = (x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
  const loss = ([k1, b1, k2, b2, w, b], x, y) => {
    const first = pool(nn.relu(lax.conv(x, k1, [1, 1], 'SAME').add(b1)));
    const second = pool(nn.relu(lax.conv(first, k2, [1, 1], 'SAME').add(b2)));
    return crossEntropy(np.matmul(second.reshape([64, 1568]), w).add(b), y, 64);
  };
  const start = [
    array(weights(16 * 9, 9, 1), [16, 1, 3, 3]),
    np.zeros([16, 1, 1]),
    array(weights(32 * 144, 144, 2), [32, 16, 3, 3]),
    np.zeros([32, 1, 1]),
    layer(1568, 10, 3),
    zeros(10),
  ];
  return [
    loss,
    start,
    array(uniform(64 * 784, 4), [64, 1, 28, 28]),
    oneHot(classes(64, 10, 5), 10),
  ];
}

const norm = (x, gain, bias) => {
  const centered = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centered.ref), -1, { keepdims: true });
  return centered
    .div(np.sqrt(variance.add(1e-5)))
    .mul(gain)
    .add(bias);
};

/** Tokens by one-hot rows: the gradient of `take` fails under jit together with an update. */
function language() {
  const later = array(
    Float32Array.from({ length: 1024 }, (_, e) => (e % 32 > Math.floor(e / 32) ? -1e9 : 0)),
    [32, 32],
  );
  const heads = (x) => np.transpose(x.reshape([32, 32, 4, 16]), [0, 2, 1, 3]);
  const loss = (p, x, y) => {
    const [table, places, g1, c1, wq, wk, wv, wo, bo, g2, c2, w1, b1, w2, b2, g3, c3] = p;
    const embedded = np.matmul(x, table.ref).reshape([32, 32, 64]).add(places).reshape([1024, 64]);
    const a = norm(embedded.ref, g1, c1);
    const q = heads(np.matmul(a.ref, wq));
    const k = heads(np.matmul(a.ref, wk));
    const v = heads(np.matmul(a, wv));
    const scores = np
      .matmul(q, np.transpose(k, [0, 1, 3, 2]))
      .mul(0.25)
      .add(later.ref);
    const seen = np.matmul(nn.softmax(scores, -1), v);
    const joined = np.transpose(seen, [0, 2, 1, 3]).reshape([1024, 64]);
    const mixed = embedded.add(np.matmul(joined, wo).add(bo));
    const wide = nn.gelu(np.matmul(norm(mixed.ref, g2, c2), w1).add(b1));
    const deep = mixed.add(np.matmul(wide, w2).add(b2));
    return crossEntropy(np.matmul(norm(deep, g3, c3), np.transpose(table)), y, 1024);
  };
  const ones = () => np.ones([64]);
  const start = [
    layer(1000, 64, 1),
    layer(32, 64, 2),
    ones(),
    zeros(64),
    layer(64, 64, 3),
    layer(64, 64, 4),
    layer(64, 64, 5),
    layer(64, 64, 6),
    zeros(64),
    ones(),
    zeros(64),
    layer(64, 256, 7),
    zeros(256),
    layer(256, 64, 8),
    zeros(64),
    ones(),
    zeros(64),
  ];
  const [ids, next] = [classes(1024, 1000, 9), classes(1024, 1000, 10)];
  return [loss, start, oneHot(ids, 1000), oneHot(next, 1000)];
}

/** One AdamW step; bias corrections enter as numbers of the step. */
function trained([loss, start, x, y]) {
  const update = jit((params, first, second, inputs, targets, fix1, fix2) => {
    const [value, gradients] = valueAndGrad(loss)(
      params.map((p) => p.ref),
      inputs,
      targets,
    );
    const m = first.map((mean, i) => mean.mul(0.9).add(gradients[i].ref.mul(0.1)));
    const v = second.map((mean, i) => mean.mul(0.999).add(np.square(gradients[i]).mul(0.001)));
    const moved = params.map((p, i) => {
      const direction = m[i].ref.mul(fix1.ref).div(np.sqrt(v[i].ref.mul(fix2.ref)).add(1e-8));
      return p.mul(1 - 1e-5).sub(direction.mul(1e-3));
    });
    return [value, moved, m, v];
  });
  let state = [start, start.map((p) => np.zerosLike(p.ref)), start.map((p) => np.zerosLike(p.ref))];
  let steps = 0;
  return async () => {
    steps++;
    const fixes = [0.9, 0.999].map((beta) => np.array(1 / (1 - beta ** steps)));
    const [value, ...next] = update(...state, x.ref, y.ref, ...fixes);
    state = next;
    return (await value.data())[0];
  };
}

const MODELS = { mlp, cnn, language };
await answerTrainings('jax-js, wasm', (name) => trained(MODELS[name]()));
