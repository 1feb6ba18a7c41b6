// `node bench/databases.mjs postgres://user@host/database`: rows a second into and out of PostgreSQL and LanceDB
// (where build/peers has it), as the command writes and reads them.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lance, postgres } from '../dist/adapters/databases/index.js';
import { readBlocks, write } from '../dist/io/index.js';

const [address] = process.argv.slice(2);
const [n, d] = [200_000, 100];
const data = Float32Array.from({ length: n * d }, (_, i) => Math.sin(i));
const table = {
  points: { data, rows: n, cols: d },
  labels: Array.from({ length: n }, (_, i) => `w${i}`),
};
const required = createRequire(new URL('../build/peers/package.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tammes-bench-'));
const places = [postgres(), lance(async (name) => required(name))];

async function timed(what, work) {
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what}: ${seconds.toFixed(2)} s, ${Math.round(n / seconds)} rows a second`);
}

const with_ = (own, more) => `${own}${own.includes('?') ? '&' : '?'}${more}`;
const targets = [
  ...(address ? [with_(address, 'table=tammes_bench')] : []),
  `lance://${folder}/bench`,
];
for (const at of targets) {
  const [kind] = at.split(':');
  try {
    await timed(`${kind}, new table`, () => write(with_(at, 'replace=true'), table, { places }));
    let ids = [];
    await timed(`${kind}, read by blocks`, async () => {
      for await (const block of readBlocks(at, 20_000, { places })) ids.push(block.columns.id);
    });
    ids = Float64Array.from(ids.flatMap((part) => [...part]));
    await timed(`${kind}, new vectors for its rows`, () =>
      write(at, { ...table, columns: { id: ids } }, { places }),
    );
  } catch (cause) {
    console.log(cause.message);
  }
}
rmSync(folder, { recursive: true, force: true });
