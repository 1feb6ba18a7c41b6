// How far gradients by counts and by random features are from those by sorting and by all pairs.
//
//   npm run build && node bench/part-errors.mjs [--rows 2000,31636]
import { parseArgs } from 'node:util';
import { gathered } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { unitRows } from '../dist/core/rows.js';
import { chooseEngine } from '../dist/engine/choose.js';
import {
  gaussianEnergy,
  projectToTangentsInPlace,
  sliced,
  slicedAxis,
  uniformity,
} from '../dist/families/objectives/index.js';
import { datasetByName } from '../dist/io/datasets/index.js';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '2000,31636' } } });
const engine = await chooseEngine('auto', {});
const { points } = await datasetByName('glove')();
const blank = ({ data, rows, cols }) => ({ data: new Float32Array(data.length), rows, cols });

function error(all, found, wanted) {
  for (const gradient of [found, wanted]) projectToTangentsInPlace(all, gradient);
  let [off, length] = [0, 0];
  for (let e = 0; e < found.data.length; e++) {
    off += (found.data[e] - wanted.data[e]) ** 2;
    length += wanted.data[e] ** 2;
  }
  return Math.sqrt(off / length);
}

console.log('| rows | objective | relative error of the gradient |');
console.log('|---|---|---|');
for (const n of values.rows.split(',').map(Number)) {
  const order = Random.fromSeed(1).sample(points.rows, Math.min(n, points.rows)).sort();
  const all = unitRows('glove', gathered(points, order)).points;
  const context = (seed) => ({ engine, random: Random.fromSeed(seed) });
  for (const method of [sliced, slicedAxis]) {
    const errors = [];
    for (let seed = 0; seed < 5; seed++) {
      const [sorted, counted] = [blank(all), blank(all)];
      await method.bind().lossAndGradient(all, sorted, context(seed));
      await method.bind({ ranks: 'counted' }).lossAndGradient(all, counted, context(seed));
      errors.push(error(all, counted, sorted));
    }
    console.log(
      `| ${n} | ${method.spec.id}, counted | ${Math.max(...errors).toExponential(1)} at most in 5 draws |`,
    );
  }
  if (n > 8000) continue;
  for (const method of [gaussianEnergy, uniformity]) {
    const exact = blank(all);
    await method.bind().lossAndGradient(all, exact, context(0));
    const sum = new Float64Array(exact.data.length);
    const errors = [];
    const draws = 16;
    for (let seed = 0; seed < draws; seed++) {
      const part = () => ({ ...context(seed), total: all.rows, firstRow: 0, features: 8192 });
      const form = method.bind().additive;
      const found = blank(all);
      await form.lossAndGradient(all, await form.statistic(all, part()), found, part());
      errors.push(error(all, found, exact));
      for (let e = 0; e < sum.length; e++) sum[e] += found.data[e] / draws;
    }
    const mean = { ...exact, data: Float32Array.from(sum) };
    const typical = errors.sort((a, b) => a - b)[draws >> 1];
    console.log(
      `| ${n} | ${method.spec.id}, 8,192 features | ${typical.toFixed(2)}; of the mean of ${draws} draws ${error(all, mean, exact).toFixed(2)} |`,
    );
  }
}
await engine.dispose();
