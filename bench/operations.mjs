// How fast each operation is on each engine, beside what this processor can do, measured in the same run,
// and beside ledoh-torch where a Python has it:  npm run bench -- --help
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chooseEngine } from '../dist/engine/index.js';
import { createNativeEngine, nativeInstructionSets } from '../dist/engine/native/engine.js';
import { cases, growth } from './operations/cases.mjs';
import { Ceiling } from './operations/ceiling.mjs';
import { best, exponent, memoryOf } from './operations/measure.mjs';
import { chart, page, table } from './operations/page.mjs';
import { startPeer } from './operations/peer.mjs';

const HELP = `npm run bench -- [options]

  --only WORD        operations whose name contains WORD
  --engine NAME      native, wasm; may be repeated; default: all there are
  --instructions I   instruction set of the native engine; default: the best
  --threads N        default: one per processor, and one
  --large            sizes that take the peer seconds and gigabytes
  --growth           fit how time and memory grow with n and d
  --python PATH      a Python with torch and ledoh_torch; default: $TAMMES_PEER_PYTHON or python3
  --peer-path DIR    where ledoh_torch lies; default: $TAMMES_PEER_PATH
  --no-peer          leave the peer out
  --json             rows as JSON lines
  --write            write docs/performance/kernels.md and its chart`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    engine: { type: 'string', multiple: true, default: [] },
    instructions: { type: 'string' },
    threads: { type: 'string' },
    large: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    python: { type: 'string', default: process.env.TAMMES_PEER_PYTHON ?? 'python3' },
    'peer-path': { type: 'string', default: process.env.TAMMES_PEER_PATH ?? '' },
    'no-peer': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const available = nativeInstructionSets();
const instructions = flags.instructions ?? available[0];
const names =
  flags.engine.length > 0 ? flags.engine : [...(instructions ? ['native'] : []), 'wasm'];
const counts = flags.threads ? [Number(flags.threads)] : [...new Set([1, availableParallelism()])];

const create = (name, threads) =>
  name === 'native' ? createNativeEngine(threads, instructions) : chooseEngine(name, { threads });

/** The rows of one case: one for each engine and number of threads. */
function rowsOf({ operation, n, d, flops, bytes, executed }, { times, peerTime }, ceilings, peer) {
  return Array.from(times, ([engine, { ms, cpuMs }]) => {
    const { name, threads } = engine;
    const [ceiling, core] = [ceilings.get(threads), ceilings.get(1)];
    const row = { operation, engine: name, n, d, threads, ms, cpuMs };
    if (flops) {
      row.gflops = flops / ms / 1e6;
      if (ceiling) row.ceilingRatio = row.gflops / ceiling.gigaflops;
      if (core) row.coreRatio = flops / cpuMs / 1e6 / core.gigaflops;
      if (core && executed) row.executedRatio = executed * row.coreRatio;
    }
    if (bytes) {
      row.gbs = bytes / ms / 1e6;
      if (ceiling) row.ceilingRatio = row.gbs / ceiling.gigabytes;
    }
    if (peerTime) {
      row.peerMs = peerTime.ms;
      row.peerRatio = peerTime.ms / ms;
      row.peerCoreRatio = peerTime.cpuMs / cpuMs;
      row.peer = peer.name;
    }
    return row;
  });
}

async function fits(engines, ceilings) {
  const lines = [];
  for (const engine of engines) {
    for (const [letter, sizes] of Object.entries(growth())) {
      const ms = [];
      for (const one of sizes)
        ms.push((await best(one, [engine], ceilings)).times.get(engine).cpuMs);
      const xs = sizes.map((one) => one[letter]);
      const power = exponent(xs, ms);
      lines.push({
        engine: engine.name,
        threads: engine.threads,
        what: 'time',
        letter,
        xs,
        ys: ms,
        power,
      });
    }
  }
  for (const name of names) {
    const sizes = { n: [8000, 16_000, 32_000], d: [64, 128, 256] };
    for (const [letter, xs] of Object.entries(sizes)) {
      const ys = xs.map((x) => memoryOf(name, ...(letter === 'n' ? [x, 64] : [8000, x])));
      lines.push({ engine: name, what: 'memory', letter, xs, ys, power: exponent(xs, ys) });
    }
  }
  return lines;
}

async function main() {
  if (flags.help) return console.log(HELP);
  const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${instructions ?? 'no native engine'}, load ${loadavg()[0].toFixed(0)}`;
  const say = (text) => (flags.json ? undefined : console.log(text));
  say(machine);
  const options = { python: flags.python, path: flags['peer-path'], instructionSets: available };
  const peer = flags['no-peer'] ? undefined : await startPeer(options);
  if (peer) say(`peer: ${peer.name}, the better of one and all threads`);
  const ceilings = new Map(
    instructions ? counts.map((threads) => [threads, new Ceiling(threads, instructions)]) : [],
  );
  for (const ceiling of ceilings.values()) for (let i = 0; i < 5; i++) await ceiling.measureCopy();
  const engines = [];
  for (const name of names) for (const threads of counts) engines.push(await create(name, threads));

  const rows = [];
  for (const one of cases(flags.large)) {
    if (!one.operation.includes(flags.only)) continue;
    const found = await best(one, engines, [...ceilings.values()], peer);
    const fresh = rowsOf(one, found, ceilings, peer);
    rows.push(...fresh);
    for (const row of fresh) if (flags.json) console.log(JSON.stringify(row));
    say(table(fresh, rows.length === fresh.length));
  }
  const ceilingRows = Array.from(ceilings, ([threads, { gigaflops, gigabytes }]) => ({
    threads,
    gigaflops,
    gigabytes,
  }));
  for (const { threads, gigaflops, gigabytes } of ceilingRows)
    say(
      `ceiling, ${threads} threads: ${gigaflops.toFixed(0)} GFLOP/s, ${gigabytes.toFixed(1)} GB/s`,
    );
  const alone = engines.filter(({ threads }) => threads === counts[0]);
  const grown = flags.growth || flags.write ? await fits(alone, [...ceilings.values()]) : [];
  for (const fit of grown) {
    if (flags.json) console.log(JSON.stringify(fit));
    say(
      `${fit.engine} ${fit.threads ?? ''} ${fit.what} grows as ${fit.letter}^${fit.power.toFixed(2)}`,
    );
  }
  if (flags.write) {
    const folder = new URL('../docs/performance/', import.meta.url);
    writeFileSync(new URL('kernels.md', folder), page({ machine, peer, rows, ceilingRows, grown }));
    writeFileSync(new URL('kernels.svg', folder), chart(rows));
  }
  peer?.end();
  for (const ceiling of ceilings.values()) ceiling.end();
  for (const engine of engines) await engine.dispose();
}

await main();
