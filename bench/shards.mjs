/**
 * Throughput of sharded tables: writing and reading a folder and a bucket beside one npy file, and what SHA-256 costs.
 *
 *   node bench/shards.mjs [--rows 1000000] [--cols 128] [--endpoint http://127.0.0.1:9000 --bucket name]
 *
 * Files lie in a folder of the system for temporary files and are read from the page cache. Without --endpoint the
 * bucket is one in the memory of a second process on this machine. Medians of three (writing) and five (reading).
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { info, readBlocks, write } from '../dist/io/index.js';
import { openTable } from '../dist/io/open.js';
import {
  newestManifest,
  openSharded,
  openStore,
  readShard,
  writeShards,
} from '../dist/io/sharded/index.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    cols: { type: 'string', default: '128' },
    endpoint: { type: 'string' },
    bucket: { type: 'string', default: 'bucket' },
    serve: { type: 'boolean' },
  },
});

if (values.serve) serveBucket();
else await measure();

/** As little of S3 as a table needs, in memory: a lower bound of what a server costs. */
function serveBucket() {
  const objects = new Map();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://server');
    const key = url.pathname.split('/').slice(2).join('/');
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    if (request.method === 'PUT') objects.set(key, Buffer.concat(pieces));
    if (request.method === 'PUT') return response.writeHead(200).end();
    if (key === '') {
      const prefix = url.searchParams.get('prefix');
      const keys = [...objects.keys()].filter((own) => own.startsWith(prefix));
      const entries = keys.map((own) => `<Contents><Key>${own}</Key></Contents>`).join('');
      return response.writeHead(200).end(`<ListBucketResult>${entries}</ListBucketResult>`);
    }
    const bytes = objects.get(key);
    if (!bytes) return response.writeHead(404).end();
    if (request.method === 'HEAD')
      return response.writeHead(200, { 'content-length': bytes.length }).end();
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(
      request.headers.range ?? `bytes=0-${bytes.length - 1}`,
    );
    const part = bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(206, {
      'content-length': part.length,
      'content-range': `bytes ${from}-${to}/${bytes.length}`,
    });
    response.end(part);
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

async function measure() {
  const [rows, cols] = [Number(values.rows), Number(values.cols)];
  const bytes = rows * cols * 4;
  const folder = await mkdtemp(join(tmpdir(), 'tammes-shards-'));
  const server = values.endpoint ? undefined : await bucketServer();
  const s3 = {
    endpoint: values.endpoint ?? server.endpoint,
    ...(server && { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } }),
  };
  const data = new Float32Array(rows * cols).map((_, i) =>
    Math.fround(((i * 2654435761) % 1e6) / 1e6),
  );
  const table = { points: { data, rows, cols } };
  console.log(
    `${rows} × ${cols} float32, ${(bytes / 1e9).toFixed(2)} GB; ${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`,
  );
  const perSecond = (seconds) => `${(bytes / seconds / 1e9).toFixed(2)} GB/s`;
  const row = (name, { wall, cpu }) =>
    console.log(
      `${name.padEnd(46)} ${wall.toFixed(2)} s, ${perSecond(wall)};  processor ${cpu.toFixed(2)} s, ${perSecond(cpu)}`,
    );
  try {
    const npy = join(folder, 'v.npy');
    row('write npy', await median(3, () => write(npy, table)));
    let n = 0;
    const sharded = async (store) => writeShards(await openTable(table, 'made'), store);
    row('write shards, folder', await median(3, () => sharded(openStore(join(folder, `t${n++}`)))));
    const path = join(folder, 't0');
    row(
      'write shards again, all there',
      await median(3, async () => {
        await rm(join(path, 'manifests'), { recursive: true });
        await sharded(openStore(path));
      }),
    );
    row(
      'write shards, bucket',
      await median(3, () => sharded(openStore(`s3://${values.bucket}/t${n++}`, { s3 }))),
    );
    const blocks = async (from) => {
      let sum = 0;
      for await (const { points } of readBlocks(from, Math.floor(2 ** 24 / cols)))
        sum += points.rows;
      if (sum !== rows) throw new Error('rows are missing');
    };
    await info(npy);
    row('read npy in blocks of 64 MiB', await median(5, () => blocks(npy)));
    row('read folder in blocks of 64 MiB', await median(5, () => blocks(path)));
    const whole = async (store) => {
      const { reader } = await openSharded(store, await newestManifest(store));
      for await (const block of reader.blocks(rows, true))
        if (block.points.rows !== rows) throw new Error();
    };
    row('read folder whole', await median(5, () => whole(openStore(path))));
    const bucket = openStore(`s3://${values.bucket}/t${n - 1}`, { s3 });
    row('read bucket whole', await median(5, () => whole(bucket)));
    const store = openStore(path);
    const { manifest } = await newestManifest(store);
    row(
      'each shard alone, one after another',
      await median(5, async () => {
        for (const shard of manifest.shards) await readShard(store, shard, cols, manifest.dtype);
      }),
    );
    const raw = new Uint8Array(manifest.shards[0].bytes);
    row(
      'the same without SHA-256, into memory in use',
      await median(5, async () => {
        for (const { sha256, bytes: size } of manifest.shards)
          await store.readInto(`shards/${sha256}.f4`, 0, raw.subarray(0, size));
      }),
    );
    row(
      'SHA-256 alone',
      await median(5, async () => {
        for (const { bytes: size } of manifest.shards)
          createHash('sha256').update(raw.subarray(0, size)).digest();
      }),
    );
  } finally {
    server?.child.kill();
    await rm(folder, { recursive: true });
  }
}

async function bucketServer() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--serve']);
  const port = await new Promise((done) =>
    child.stdout.once('data', (text) => done(String(text).trim())),
  );
  return { child, endpoint: `http://127.0.0.1:${port}` };
}

/** The run of the median time, and what it took of the processor: that hardly changes when others use the machine. */
async function median(times, work) {
  const runs = [];
  for (let i = 0; i < times; i++) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(used);
    runs.push({ wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 });
  }
  return runs.sort((a, b) => a.wall - b.wall)[times >> 1];
}
