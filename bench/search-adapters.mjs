// What other engines find beside exact search, and which recall is stated: the table of docs/search.md.
//
//   npm run build && node bench/search-adapters.mjs [--peers build/peers] [--queries 200]
//
// glove, 31,636 × 100; queries are rows of it with normal noise of 0.2 a coordinate, k = 10. pgvector runs in PGlite.
// Engines draw random levels and centers of their own: the last digits differ from run to run.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { lancedb, pgvector, usearch } from '../dist/adapters/search/index.js';
import { Random } from '../dist/core/random.js';
import { exact } from '../dist/families/search/index.js';
import { datasetByName } from '../dist/io/datasets/index.js';

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: 'build/peers' },
    queries: { type: 'string', default: '200' },
  },
});
const K = 10;
const required = createRequire(join(resolve(values.peers), 'package.json'));
const load = async (name) => required(name);
const folder = mkdtempSync(join(tmpdir(), 'tammes-adapters-'));

const { points } = await datasetByName('glove')();
const queries = noisyRows(points, Number(values.queries));
const { index } = await exact({ points });
const truth = await exact.search(index, { points: queries }, { k: K });

const database = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0 });
await server.start();
const place = `postgres://postgres@${server.getServerConn()}/postgres`;

console.log(`| | same rows, of ${queries.rows} | recall | stated |\n|---|---|---|---|`);
for (const way of ['exact', 'graph']) await line(pgvector, way, { place, table: way });
for (const way of ['exact', 'graph', 'ivf'])
  await line(lancedb, way, { place: join(folder, 'lance'), table: way, load });
await line(usearch, 'graph', { place: join(folder, 'a.usearch'), load });
await server.stop();
await database.close();
rmSync(folder, { recursive: true });

async function line(adapter, way, at) {
  const rows = await adapter.build({ points }, { ...at, index: way });
  const found = await rows.query(queries, { k: K });
  await rows.close();
  let [same, hits] = [0, 0];
  for (const [q, own] of found.entries()) {
    const wanted = [...truth.rows.subarray(q * K, (q + 1) * K)];
    if (String(own.rows) === String(wanted)) same++;
    hits += own.rows.filter((row) => wanted.includes(row)).length;
  }
  const recall = hits / (queries.rows * K);
  const stated = found.find((own) => !own.exact)?.estimatedRecall ?? 1;
  const shown = [recall, stated].map((x) => Number(x.toFixed(4)));
  console.log(`| ${[`${adapter.title}, ${way}`, same, ...shown].join(' | ')} |`);
}

function noisyRows({ data, rows, cols }, count) {
  const random = Random.fromSeed(1);
  const out = new Float32Array(count * cols);
  for (const [i, row] of random.sample(rows, count).entries())
    for (let c = 0; c < cols; c++) out[i * cols + c] = data[row * cols + c] + 0.2 * random.normal();
  return { data: out, rows: count, cols };
}
