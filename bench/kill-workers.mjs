// Kills workers, the queue and the disk at random moments, and compares every output with those of one process.
//   node bench/kill-workers.mjs [--kills 50] [--shards 80] [--seed 1] [--json]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { queueAddress } from '../dist/cli/workers/queue/address.js';
import { queueRunner } from '../dist/cli/workers/queue/queue-runner.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/choose.js';
import { openTable } from '../dist/io/open.js';
import { openStore, writeShards } from '../dist/io/sharded/index.js';
import { momentsPlan } from '../dist/jobs/plans/moments-plan.js';
import { runPlan } from '../dist/jobs/run-plan.js';
import { inProcess } from '../dist/jobs/runners/in-process.js';
import { startRedis } from './workers/redis.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    shards: { type: 'string', default: '80' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [KILLS, SHARDS] = [Number(values.kills), Number(values.shards)];
const [ROWS, COLS] = [1500, 192];
const LOCK_SECONDS = 2;
/** A run that lasts longer counts as one that never ends. */
const PATIENCE = 120_000;
const program = fileURLToPath(new URL('../bin/tammes.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tammes-kills-'));
const random = Random.fromSeed(Number(values.seed));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const say = (line) => values.json || console.error(line);

const engine = await chooseEngine('wasm', { threads: 1 });
const table = openStore(join(folder, 'table'));
const data = new Float32Array(ROWS * SHARDS * COLS);
for (let i = 0; i < data.length; i++) data[i] = random.normal();
const points = { data, rows: ROWS * SHARDS, cols: COLS };
const opened = await openTable({ points }, 'made');
const { manifest } = await writeShards(opened, table, { shardBytes: ROWS * COLS * 4 });
const plan = await momentsPlan(manifest, engine.name);

/** SHA-256 of each output that can be seen. */
function hashes(work) {
  const place = join(work.address, 'work/outputs');
  const found = new Map();
  const whole = readdirSync(place, { recursive: false }).filter((name) =>
    /^[0-9a-f]{64}$/.test(name),
  );
  for (const name of whole) {
    found.set(
      name,
      createHash('sha256')
        .update(readFileSync(join(place, name)))
        .digest('hex'),
    );
  }
  return found;
}

const alone = openStore(join(folder, 'alone'));
const began = performance.now();
await runPlan(plan, alone, inProcess({ table, work: alone, engine }));
const oneProcess = (performance.now() - began) / 1000;
const expected = hashes(alone);
say(`${expected.size} outputs of one process in ${oneProcess.toFixed(1)} s`);

class Workers {
  constructor(url) {
    this.url = url;
    this.alive = [];
    this.count = 0;
  }
  start(count) {
    for (let i = 0; i < count; i++) {
      const args = ['worker', '--queue', '--threads', '1', '--quiet', '--name', `w${++this.count}`];
      const child = spawn(
        process.execPath,
        [program, ...args, '--lock-seconds', String(LOCK_SECONDS), '--grace-seconds', '2'],
        { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TAMMES_QUEUE: this.url } },
      );
      this.alive.push(child);
    }
  }
  async kill(child = this.alive[random.integer(this.alive.length)]) {
    this.alive = this.alive.filter((other) => other !== child);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  async end() {
    for (const child of [...this.alive]) await this.kill(child);
  }
}

/** Leads the plan by a queue while `meanwhile` does harm; every output that can be seen must be right at any time. */
async function run(redis, work, meanwhile) {
  const runner = await queueRunner({
    address: queueAddress(redis.url),
    table,
    work,
    lookSeconds: 0.5,
    say,
  });
  let running = true;
  const patience = AbortSignal.timeout(PATIENCE);
  const done = runPlan(plan, work, runner, { signal: patience }).finally(() => {
    running = false;
  });
  done.catch(() => {});
  let looks = 0;
  const watch = (async () => {
    while (running) {
      for (const [name, hash] of hashesIfAny(work)) {
        if (expected.get(name) !== hash) throw new Error(`the output ${name} is wrong`);
        looks++;
      }
      await pause(250);
    }
  })();
  try {
    await Promise.all([done, meanwhile(() => running), watch]);
    return { ...(await done), looks };
  } finally {
    running = false;
    await runner.close();
  }
}

function hashesIfAny(work) {
  try {
    return hashes(work);
  } catch {
    return new Map();
  }
}

function requireEqual(work) {
  const found = hashes(work);
  if (found.size !== expected.size) throw new Error(`${found.size} outputs of ${expected.size}`);
  for (const [name, hash] of expected) {
    if (found.get(name) !== hash) throw new Error(`the output ${name} differs`);
  }
}

let fresh = 0;
const freshStore = () => openStore(join(folder, `work-${++fresh}`));
const results = [];
async function scenario(what, redisOptions, act) {
  const redis = await startRedis(redisOptions);
  const workers = new Workers(redis.url);
  const work = freshStore();
  const start = performance.now();
  try {
    const more = await act({ redis, workers, work });
    requireEqual(work);
    const seconds = (performance.now() - start) / 1000;
    results.push({ what, seconds, equal: true, ...more });
    say(`${what}: ${seconds.toFixed(1)} s, ${JSON.stringify(more)}, equal`);
  } finally {
    await workers.end();
    await redis.end();
    rmSync(work.address, { recursive: true, force: true });
  }
}

try {
  let kills = 0;
  const numbers = [2, 4, 8];
  for (let r = 0; kills < KILLS; r++) {
    const count = numbers[r % numbers.length];
    const share = Math.min(KILLS - kills, Math.max(3, Math.ceil(KILLS / 6)));
    await scenario(`${count} workers`, {}, async ({ redis, workers, work }) => {
      workers.start(count);
      let killed = 0;
      const { looks } = await run(redis, work, async (running) => {
        while (killed < share && running()) {
          await pause(150 + 900 * random.uniform());
          if (!running()) break;
          await workers.kill();
          killed++;
          workers.start(1);
        }
      });
      kills += killed;
      return { workers: count, kills: killed, looks };
    });
  }
  const aQuarterIsDone = async (work) => {
    while (hashesIfAny(work).size < SHARDS / 4) await pause(50);
  };
  for (const [title, settings, milliseconds] of [
    ['Redis killed, with its log', { log: true }, 1000],
    ['Redis killed, without a log', {}, 300],
  ]) {
    await scenario(title, settings, async ({ redis, workers, work }) => {
      workers.start(2);
      const { looks } = await run(redis, work, async () => {
        await aQuarterIsDone(work);
        await redis.kill();
        await pause(milliseconds);
        await redis.restart();
      });
      return { looks };
    });
  }
  await scenario('a worker that sleeps past its lock', {}, async ({ redis, workers, work }) => {
    workers.start(2);
    const { looks } = await run(redis, work, async () => {
      await aQuarterIsDone(work);
      const [slow] = workers.alive;
      slow.kill('SIGSTOP');
      await pause(1000 * (LOCK_SECONDS + 2));
      slow.kill('SIGCONT');
    });
    return { looks };
  });
  await scenario('a disk that is full', {}, async ({ redis, workers, work }) => {
    mkdirSync(work.address, { recursive: true });
    const mount = (...args) => spawnSync('mount', [...args, work.address]).status === 0;
    if (!mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs')) {
      await runPlan(plan, work, inProcess({ table, work, engine }));
      return { skipped: 'no right to mount' };
    }
    try {
      workers.start(2);
      const sentence = await run(redis, work, async () => {}).then(
        () => 'none',
        (cause) => cause.message,
      );
      if (!sentence.includes('the disk is full')) throw new Error(`no sentence: ${sentence}`);
      mount('-o', 'remount,size=400m');
      const { looks } = await run(redis, work, async () => {});
      requireEqual(work);
      return { sentence: sentence.replaceAll(folder, ''), looks };
    } finally {
      const copy = `${work.address}-copy`;
      spawnSync('cp', ['-r', work.address, copy]);
      spawnSync('umount', [work.address]);
      spawnSync('cp', ['-r', `${copy}/.`, work.address]);
      rmSync(copy, { recursive: true });
    }
  });
} finally {
  await engine.dispose();
  rmSync(folder, { recursive: true, force: true });
}
const totals = {
  kills: results.reduce((sum, { kills = 0 }) => sum + kills, 0),
  outputs: expected.size,
  oneProcess,
  results,
};
if (values.json) console.log(JSON.stringify(totals));
else console.log(`${totals.kills} kills, ${results.length} runs, every output equal`);
process.exit(0);
