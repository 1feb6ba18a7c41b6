// What copying the rows of an index into the memory of an engine costs, beside searching them.
import { matrix, rows } from '../../dist/core/matrix.js';
import { Random } from '../../dist/core/random.js';
import { chooseEngine } from '../../dist/engine/index.js';

const [n, d, clusters, degree] = [100_000, 100, 200, 32];

/** Rows of length 1 about centers; row i belongs to center i mod 200. */
function clustered() {
  const random = Random.fromSeed(1);
  const [draws, centers] = [new Float64Array(n * d), new Float64Array(clusters * d)];
  random.normals(draws);
  random.normals(centers);
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const row = Array.from(
      { length: d },
      (_, c) => centers[(i % clusters) * d + c] + 0.7 * draws[i * d + c],
    );
    const length = Math.hypot(...row);
    data.set(
      row.map((x) => x / length),
      i * d,
    );
  }
  return matrix(data, n, d);
}

/** Links within clusters, and a few elsewhere. */
function links() {
  const random = Random.fromSeed(3);
  return Int32Array.from({ length: n * degree }, (_, e) => {
    const i = Math.floor(e / degree);
    const isNear = e % degree < degree - 4;
    return isNear ? (i % clusters) + clusters * random.integer(n / clusters) : random.integer(n);
  });
}

async function measured(name, work) {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  console.log(`${name.padEnd(24)} ${best.toFixed(2)} ms`);
}

const points = clustered();
const graph = { points, neighbors: links(), k: 10, effort: 16, product: true, allowed: undefined };
const entries = Int32Array.from({ length: 300 }, (_, i) => i * 331);
for (const name of ['wasm', 'native']) {
  const engine = await chooseEngine(name, { threads: 1 });
  for (const count of [1000, 1]) {
    const queries = rows(points, 0, count);
    await measured(`${name} exact ${count}`, () => engine.largestProducts(queries, points, 10));
    await measured(`${name} graph ${count}`, () =>
      engine.searchGraph({ ...graph, entries, queries }),
    );
  }
  await engine.dispose();
}
const copy = new Float32Array(n * d);
await measured('copy', () => copy.set(points.data));
