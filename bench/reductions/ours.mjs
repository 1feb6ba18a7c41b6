// A map by Tammes: node ours.mjs METHOD ENGINE THREADS ROWS.f32 n d MAP.f32
import { readFileSync, writeFileSync } from 'node:fs';
import { reductionById, reductionIds } from '../../dist/apps/verbs/reduce.js';
import { chooseEngine } from '../../dist/engine/index.js';

const [, , method, name, threads, input, n, d, output] = process.argv;
if (!reductionIds().includes(method)) {
  console.error('not built');
  process.exit(1);
}
const engine = await chooseEngine(name, { threads: Number(threads) });
const { buffer, byteOffset, length } = readFileSync(input);
const data = new Float32Array(buffer.slice(byteOffset, byteOffset + length));
const [began, cpu] = [performance.now(), process.cpuUsage()];
const { points } = await reductionById(method)(
  { data, rows: Number(n), cols: Number(d) },
  {},
  { engine },
);
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpu);
await engine.dispose();
writeFileSync(output, new Uint8Array(Float32Array.from(points.data).buffer));
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6 }));
