// The training step of the MLP in TensorFlow.js (WebAssembly), which has no gradient of convolutions and lookups.
// Argument: the folder whose node_modules has it.
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { answerTrainings } from './contestant.mjs';
import { classes, uniform, weights } from './problems.mjs';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const tf = require('@tensorflow/tfjs');
const backend = require('@tensorflow/tfjs-backend-wasm');
backend.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend('wasm');
await tf.ready();

function mlp() {
  const layer = (inputs, outputs, seed) =>
    tf.variable(tf.tensor(weights(inputs * outputs, inputs, seed), [inputs, outputs]));
  const [w1, w2] = [layer(784, 512, 1), layer(512, 10, 2)];
  const [b1, b2] = [512, 10].map((n) => tf.variable(tf.zeros([n])));
  const x = tf.tensor(uniform(512 * 784, 3), [512, 784]);
  const y = tf.cast(tf.oneHot(tf.tensor1d(classes(512, 10, 4), 'int32'), 10), 'float32');
  const optimizer = tf.train.adam(1e-3);
  return async () => {
    const loss = optimizer.minimize(
      () => {
        const hidden = tf.relu(tf.add(tf.matMul(x, w1), b1));
        const logits = tf.add(tf.matMul(hidden, w2), b2);
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), y), 1)));
      },
      true,
      [w1, b1, w2, b2],
    );
    const [value] = loss.dataSync();
    loss.dispose();
    return value;
  };
}

await answerTrainings('tfjs, wasm', (name) => (name === 'mlp' ? mlp() : undefined));
