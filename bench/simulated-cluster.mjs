// The real planner, queue and worker loop, with up to 256 workers whose tasks only wait as long as a task was measured to
// take: what the queue bears, what lost workers cost, and where it bends.
//   node bench/simulated-cluster.mjs [--workers 16,64,256] [--seconds 2,0.5] [--json]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { queueAddress } from '../dist/cli/workers/queue/address.js';
import { queueRunner } from '../dist/cli/workers/queue/queue-runner.js';
import { serve } from '../dist/cli/workers/queue/serve.js';
import { openStore } from '../dist/io/sharded/index.js';
import { storeOutput } from '../dist/jobs/output.js';
import { momentsPlan } from '../dist/jobs/plans/moments-plan.js';
import { runPlan } from '../dist/jobs/run-plan.js';
import { taskName } from '../dist/jobs/task.js';
import { startRedis } from './workers/redis.mjs';

const LOCK_SECONDS = 5;
/** Seconds that a run is meant to last. */
const LASTS = 12;
const MOST_TASKS = 15_000;
const PROCESSES = 4;

if (process.argv[2] === 'workers') await simulateWorkers(JSON.parse(process.argv[3]));
else await lead();

/** Several workers in one process, each with its own connections; a task waits, and stores an output of a few bytes. */
async function simulateWorkers({ url, from, count, seconds }) {
  const pool = {
    size: 1,
    async run({ task, work }) {
      await new Promise((done) => setTimeout(done, 1000 * seconds));
      const name = await taskName(task);
      await storeOutput(openStore(work), name, { arrays: {} });
      return { name, seconds };
    },
  };
  const options = { pool, lockSeconds: LOCK_SECONDS, graceSeconds: 1 };
  const serving = (i) =>
    new Promise((ready) => {
      const { signal } = new AbortController();
      void serve(queueAddress(url), { ...options, name: `s${from + i}`, signal, say: ready });
    });
  await Promise.all(Array.from({ length: count }, (_, i) => serving(i)));
  const begun = process.cpuUsage();
  process.on('message', () => {
    const { user, system } = process.cpuUsage(begun);
    process.send({ processor: (user + system) / 1e6 });
  });
  process.send('ready');
}

async function lead() {
  const { values } = parseArgs({
    options: {
      workers: { type: 'string', default: '16,64,256' },
      seconds: { type: 'string', default: '2,0.5' },
      json: { type: 'boolean', default: false },
    },
  });
  const rows = [];
  const tell = (row) => {
    rows.push(row);
    if (!values.json) console.log(JSON.stringify(row));
  };
  for (const rowsOfTable of [1e8, 1e9]) tell(await planned(rowsOfTable));
  for (const seconds of values.seconds.split(',').map(Number)) {
    for (const workers of values.workers.split(',').map(Number)) {
      tell(await simulated(workers, seconds, false));
    }
  }
  tell(await simulated(64, 0.5, true));
  if (values.json) console.log(JSON.stringify(rows));
  process.exit(0);
}

/** A table of so many shards, of which only the names exist. */
function manifestOf(shards, rowsPerShard, cols = 128) {
  const names = Array.from({ length: shards }, (_, i) => i.toString(16).padStart(64, '0'));
  return {
    dtype: 'f4',
    cols,
    rows: shards * rowsPerShard,
    labels: false,
    columns: [],
    shards: names.map((sha256) => ({ sha256, rows: rowsPerShard, bytes: rowsPerShard * cols * 4 })),
  };
}

/** What it takes to plan for a table of so many rows in shards of 64 MiB. */
async function planned(rows) {
  const before = process.memoryUsage().heapUsed;
  const began = performance.now();
  const plan = await momentsPlan(manifestOf(Math.ceil(rows / 131_072), 131_072), 'wasm');
  const tasks = plan.stages.reduce((sum, stage) => sum + stage.tasks.length, 0);
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  return { what: 'plan', rows, tasks, seconds: (performance.now() - began) / 1000, megabytes };
}

async function simulated(workers, seconds, loses) {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(memory, 'tammes-simulated-'));
  const redis = await startRedis();
  const children = await Promise.all(
    Array.from({ length: PROCESSES }, async (_, p) => {
      const count = workers / PROCESSES;
      const given = JSON.stringify({ url: redis.url, from: p * count, count, seconds });
      const child = fork(fileURLToPath(import.meta.url), ['workers', given]);
      await once(child, 'message');
      return child;
    }),
  );
  try {
    const tasks = Math.min(MOST_TASKS, Math.round((LASTS * workers) / seconds));
    const plan = await momentsPlan(manifestOf(tasks, 4096), 'wasm');
    const table = openStore(join(folder, 'table'));
    const work = openStore(join(folder, 'work'));
    const address = queueAddress(redis.url);
    const runner = await queueRunner({ address, table, work, say: () => {} });
    const { Redis } = await import('ioredis');
    const client = new Redis(redis.url);
    const info = async (section, field) =>
      Number(new RegExp(`${field}:([\\d.]+)`).exec(await client.info(section))?.[1]);
    const commands = await info('stats', 'total_commands_processed');
    const cpu = process.cpuUsage();
    let most = 0;
    const watch = setInterval(async () => {
      most = Math.max(most, await info('memory', 'used_memory').catch(() => 0));
    }, 500);
    if (loses) {
      // A quarter of all workers is lost at once, as with a machine.
      setTimeout(() => children[0].kill('SIGKILL'), (1000 * LASTS) / 3);
    }
    const first = { ...plan, stages: plan.stages.slice(0, 1) };
    const done = await runPlan(first, work, runner);
    clearInterval(watch);
    const used = process.cpuUsage(cpu);
    const processors = await Promise.all(
      children
        .filter(({ connected }) => connected)
        .map(async (child) => {
          child.send('how much');
          return (await once(child, 'message'))[0].processor;
        }),
    );
    const row = {
      what: loses ? 'a quarter of the workers is killed' : 'run',
      workers,
      taskSeconds: seconds,
      tasks,
      seconds: done.seconds,
      tasksPerSecond: tasks / done.seconds,
      ofIdeal: tasks / done.seconds / (workers / seconds),
      redisCommandsPerTask: ((await info('stats', 'total_commands_processed')) - commands) / tasks,
      redisMegabytes: most / 2 ** 20,
      redisProcessorShare: (await info('cpu', 'used_cpu_user')) / done.seconds,
      workerMillisecondsPerTask: (1000 * processors.reduce((sum, own) => sum + own, 0)) / tasks,
      leaderProcessorShare: (used.user + used.system) / 1e6 / done.seconds,
    };
    client.disconnect();
    await runner.close();
    return row;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await redis.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
