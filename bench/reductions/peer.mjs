// A map by a peer from npm: node peer.mjs umap-js|druid|druid-tsne FOLDER ROWS.f32 n d MAP.f32
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [, , method, folder, input, n, d, output] = process.argv;
const require = createRequire(resolve(folder, 'package.json'));
const { buffer, byteOffset, length } = readFileSync(input);
const data = new Float32Array(buffer.slice(byteOffset, byteOffset + length));
const rows = Array.from({ length: Number(n) }, (_, i) =>
  Array.from(data.subarray(i * d, (i + 1) * d)),
);

/** Uniform numbers that repeat. */
let state = 1;
function random() {
  state = (state * 1103515245 + 12345) % 2 ** 31;
  return state / 2 ** 31;
}

function mapped() {
  if (method === 'umap-js') {
    const { UMAP } = require('umap-js');
    return new UMAP({ nNeighbors: 15, minDist: 0.1, random }).fit(rows);
  }
  const { UMAP, TSNE } = require('@saehrimnir/druidjs');
  if (method === 'druid-tsne')
    return new TSNE(rows, { perplexity: 30, epsilon: 10, seed: 1 }).transform(1000);
  return new UMAP(rows, { n_neighbors: 15, min_dist: 0.1, seed: 1 }).transform();
}

const [began, cpu] = [performance.now(), process.cpuUsage()];
const map = mapped();
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpu);
writeFileSync(
  output,
  new Uint8Array(Float32Array.from(Array.from(map, (row) => Array.from(row)).flat()).buffer),
);
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6 }));
