// Processor time of `measure` with its defaults on small wide tables:
//
//   npm run build && node bench/wide-tables.mjs
import { measure } from '../dist/apps/verbs/measure.js';
import { matrix } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { datasetByName } from '../dist/io/datasets/index.js';

/** Ten clusters whose columns vary less and less. */
function table(n, d) {
  const random = Random.fromSeed(n);
  const centers = Float64Array.from({ length: 10 * d }, () => 0.2 + 0.3 * random.normal());
  const data = Float32Array.from({ length: n * d }, (_, e) => {
    const [i, c] = [Math.floor(e / d), e % d];
    return (random.normal() + centers[(i % 10) * d + c]) * (c + 1) ** -0.3;
  });
  return matrix(data, n, d);
}

async function timed(name, input, options = {}) {
  const before = process.cpuUsage();
  await measure(input, { metrics: ['all'], ...options });
  const { user, system } = process.cpuUsage(before);
  console.log(`| ${name} | ${((user + system) / 1e6).toFixed(1)} |`);
}

console.log('| table | processor time, s |\n| --- | --- |');
for (const [n, d] of [
  [1000, 768],
  [500, 1536],
]) {
  await timed(`${n} × ${d}`, table(n, d));
}
const classes = Array.from({ length: 900 }, (_, i) => `${i % 7}`);
await timed('900 × 1433 with classes', table(900, 1433), { classes });
await timed('dataset:cora', await datasetByName('cora')());
