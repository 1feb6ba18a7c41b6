import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RedisServer, redisMissing, startRedis } from '../bench/workers/redis.mjs';
import { measureStore } from '../src/apps/verbs/measure-store.ts';
import { LAUNCHERS, launcherText } from '../src/cli/workers/launchers.ts';
import { ThreadPool } from '../src/cli/workers/pool.ts';
import { queueAddress, shownWords } from '../src/cli/workers/queue/address.ts';
import { queueRunner } from '../src/cli/workers/queue/queue-runner.ts';
import { threadsRunner } from '../src/cli/workers/threads-runner.ts';
import { Random } from '../src/core/random.ts';
import { chooseEngine } from '../src/engine/choose.ts';
import type { Engine } from '../src/engine/engine.ts';
import { openTable } from '../src/io/open.ts';
import {
  type Manifest,
  memoryObjects,
  type ObjectStore,
  openStore,
  readObject,
  shardKey,
  writeShards,
} from '../src/io/sharded/index.ts';
import type { Plan } from '../src/jobs/plan.ts';
import { momentsPlan } from '../src/jobs/plans/moments-plan.ts';
import { type PlanDone, runPlan } from '../src/jobs/run-plan.ts';
import { inProcess } from '../src/jobs/runners/in-process.ts';
import { outputKey } from '../src/jobs/task.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'bin/tammes.js');
const program = new URL('../dist/command/task-thread.js', import.meta.url);
const D = 16;
const N = 1200;
let folder: string;
let engine: Engine;
let table: ObjectStore;
let manifest: Manifest;
let plan: Plan;
let expected: Map<string, string>;

const store = (name: string): ObjectStore => openStore(join(folder, name));
const placesOf = (work: ObjectStore) => ({ table: table.address, work: work.address });

/** Every output, byte for byte. */
async function outputsOf(work: ObjectStore): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of plan.stages.flatMap(({ tasks }) => tasks)) {
    const bytes = await readObject(work, outputKey(name));
    found.set(name, Buffer.from(bytes ?? []).toString('base64'));
  }
  return found;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tammes-workers-'));
  engine = await chooseEngine('wasm', { threads: 1 });
  table = store('table');
  const random = Random.fromSeed(8);
  const data = Float32Array.from({ length: N * D }, () => random.normal());
  const opened = await openTable({ points: { data, rows: N, cols: D } }, 'made');
  ({ manifest } = await writeShards(opened, table, { shardBytes: 100 * D * 4 }));
  plan = await momentsPlan(manifest, engine.name);
  const work = store('alone');
  await runPlan(plan, work, inProcess({ table, work, engine }));
  expected = await outputsOf(work);
});
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('threads', () => {
  const withThreads = async (size: number, work: ObjectStore, own = plan, from = table) => {
    const pool = new ThreadPool({ size, program });
    const places = { table: from.address, work: work.address };
    try {
      return await runPlan(own, work, threadsRunner(pool, places));
    } finally {
      await pool.end();
    }
  };

  test.each([1, 3])('%i of them store the bytes of one process', async (size) => {
    const work = store(`threads-${size}`);
    expect(await withThreads(size, work)).toMatchObject({ tasks: 13, ran: 13 });
    expect(await outputsOf(work)).toEqual(expected);
  });

  test('a damaged shard stops the plan with the sentence of its task', async () => {
    const damaged = store('damaged');
    for (const [i, shard] of manifest.shards.entries()) {
      const key = shardKey(shard, manifest.dtype);
      const bytes = (await readObject(table, key)) ?? new Uint8Array();
      if (i === 4) bytes[9] ^= 1;
      await damaged.create(key, [bytes]);
    }
    await expect(withThreads(2, store('damaged-work'), plan, damaged)).rejects.toThrow(
      /the bytes are not those that the manifest names/,
    );
  });

  test('a thread that ends each time is given up in a sentence', async () => {
    const dying = new URL(`data:text/javascript,${encodeURIComponent(DYING)}`);
    const pool = new ThreadPool({ size: 2, program: dying });
    const work = store('dying');
    await expect(runPlan(plan, work, threadsRunner(pool, placesOf(work)))).rejects.toThrow(
      /^moments: a task was begun 3 times and its thread ended each time; .*exit code 7/,
    );
    await pool.end();
  });

  test('a signal ends what is computed', async () => {
    const waiting = new URL(`data:text/javascript,${encodeURIComponent(WAITING)}`);
    const pool = new ThreadPool({ size: 2, program: waiting });
    const work = store('waiting');
    const stop = new AbortController();
    const running = runPlan(plan, work, threadsRunner(pool, placesOf(work)), {
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await pool.end();
  });

  test('cannot open what lies in the memory of this process', () => {
    const pool = new ThreadPool({ size: 1, program });
    const places = { table: memoryObjects('own').address, work: table.address };
    expect(() => threadsRunner(pool, places)).toThrow(/^memory:own: workers cannot open/);
  });
});

const DYING = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', () => process.exit(7));`;
const WAITING = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', () => {});`;

describe.skipIf(redisMissing)('a queue', () => {
  let redis: RedisServer;
  const SECRET = 'open-sesame';
  const said: string[] = [];

  beforeAll(async () => {
    redis = await startRedis({ password: SECRET });
  });
  // A test that failed must not leave its worker to the next.
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => redis.end());

  const runnerFor = (work: ObjectStore, from = table) =>
    queueRunner({
      address: queueAddress(redis.url),
      table: from,
      work,
      command: ['tammes', 'measure', 'store', `--queue=${redis.url}`],
      lookSeconds: 0.2,
      say: (line) => said.push(line),
    });

  const withQueue = async (work: ObjectStore, from = table, use = runPlan) => {
    const runner = await runnerFor(work, from);
    try {
      return await use(plan, work, runner);
    } finally {
      await runner.close();
    }
  };

  /** A worker process; what it says is kept. */
  function startWorker(...more: string[]) {
    const args = [bin, 'worker', '--queue', '--threads', '2', '--name', 'one', ...more];
    const env = { ...process.env, TAMMES_QUEUE: redis.url };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => {
        text += String(part);
      });
    }
    return {
      text: () => text,
      async end() {
        if (child.exitCode === null) child.kill('SIGTERM');
        const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
        return code as number;
      },
    };
  }

  const jobs = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((done) => {
      const env = { ...process.env, TAMMES_QUEUE: redis.url };
      execFile(process.execPath, [bin, 'jobs', ...args, '--queue'], { env }, (error, out, err) =>
        done({ code: Number(error?.code ?? 0), out, err }),
      );
    });

  /** The id of the plan that works in a store, as soon as it is listed. */
  async function idOf(work: ObjectStore): Promise<string> {
    for (;;) {
      const { plans } = JSON.parse((await jobs('--json')).out);
      const found = plans.find((one: { work: string }) => one.work === work.address);
      if (found) return found.id as string;
    }
  }

  test('its workers store the bytes of one process, and no job stays behind', async () => {
    const worker = startWorker();
    const work = store('queue');
    expect(await withQueue(work)).toMatchObject({ tasks: 13, ran: 13 });
    expect(await outputsOf(work)).toEqual(expected);
    const listed = JSON.parse((await jobs('--json')).out);
    expect(listed).toMatchObject({ workers: ['one'], waiting: 0, active: 0, failed: 0 });
    expect(listed.plans).toMatchObject([{ title: 'moments', state: 'done', done: 13, toRun: 13 }]);
    expect(await worker.end()).toBe(0);
    expect(worker.text()).toMatch(/^one serves redis:\/\/127\.0\.0\.1:\d+, 2 tasks at a time\.\n/);
  });

  test('what is stored is not handed out again', async () => {
    const work = store('queue');
    expect(await withQueue(work)).toMatchObject({ ran: 0 });
  });

  test('a task that fails is not tried again: its sentence ends the plan', async () => {
    const worker = startWorker();
    const missing = store('nowhere');
    await expect(withQueue(store('failed'), missing)).rejects.toThrow(
      /the object is missing; the manifest names it/,
    );
    const { out } = await jobs();
    expect(out).toMatch(/moments +failed/);
    expect(out).toMatch(/the object is missing/);
    // The same ids are free again for a run that can succeed.
    const work = store('failed');
    for (const { bytes, ...shard } of manifest.shards) {
      const key = shardKey({ ...shard, bytes }, manifest.dtype);
      await missing.create(key, [(await readObject(table, key)) ?? new Uint8Array()]);
    }
    await withQueue(work, missing);
    expect(await outputsOf(work)).toEqual(expected);
    await worker.end();
  });

  test('a plan is stopped from outside and led on by another process', async () => {
    const work = store('stopped');
    const running = withQueue(work);
    running.catch(() => {});
    const id = await idOf(work);
    const stopped = await jobs('stop', id.slice(0, 8));
    expect(stopped.err).toBe('');
    expect(stopped.out).toMatch(new RegExp(`^moments \\(${id}\\) is stopped`));
    await expect(running).rejects.toThrow(/stopped by tammes jobs stop; the same command, or/);
    const worker = startWorker('--once', '1');
    const resumed = await jobs('resume', id);
    expect(resumed.err).toBe('');
    expect(resumed.out).toMatch(/is done, 13 of 13 tasks now/);
    expect(resumed.out).toMatch(/reads them: tammes measure store redis:\/\/127/);
    expect(await outputsOf(work)).toEqual(expected);
    expect(await worker.end()).toBe(0);
    expect((await jobs('stop', id)).err).toMatch(/does not run: it is done/);
    expect((await jobs('resume', 'ffff')).err).toMatch(/^jobs: no plan has the id "ffff"/);
  });

  test('a plan of measure is led on by another process, and the command then finds its outputs', async () => {
    const metrics = ['mean-cosine', 'effective-rank', 'min-angle'];
    const measuredWith = (work: ObjectStore, run: (plan: Plan) => Promise<PlanDone>) => {
      const discard = (name: string) => work.remove(outputKey(name));
      const own = { name: 'table', manifest, table, work, engine, run, discard };
      return measureStore(own, { metrics, null: 'none', sampleRows: 300 });
    };
    const within = (work: ObjectStore) => {
      const runner = inProcess({ table, work, engine });
      return (own: Plan) => runPlan(own, work, runner);
    };
    const alone = store('measured-alone');
    const { inspection } = await measuredWith(alone, within(alone));
    const work = store('measured');
    const runner = await runnerFor(work);
    try {
      // Moments are there; nobody serves what comes next, which reads a list that the command has stored.
      const running = measuredWith(work, (own) =>
        own.title === 'moments' ? within(work)(own) : runPlan(own, work, runner),
      );
      running.catch(() => {});
      const id = await idOf(work);
      expect((await jobs('stop', id)).err).toBe('');
      await expect(running).rejects.toThrow(/stopped by tammes jobs stop/);
      const worker = startWorker('--once', '1');
      expect((await jobs('resume', id)).out).toMatch(
        /^nearest rows .* is done, (\d+) of \1 tasks now/,
      );
      expect(await worker.end()).toBe(0);
      const ran = new Map<string, number>();
      const again = await measuredWith(work, async (own) => {
        const done = await within(work)(own);
        ran.set(own.title, (ran.get(own.title) ?? 0) + done.ran);
        return done;
      });
      expect(ran.get('nearest rows')).toBe(0);
      expect(again.inspection.measurement.metrics).toEqual(inspection.measurement.metrics);
    } finally {
      await runner.close();
    }
  });

  test('no secret is said, stored or listed', async () => {
    const { out } = await jobs('--json');
    expect(out).not.toContain(SECRET);
    expect(said.join()).not.toContain(SECRET);
    const wrong = redis.url.replace(SECRET, 'wrong-word');
    const address = queueAddress(wrong);
    const refused = queueRunner({ address, table, work: store('x'), say: () => {} });
    await expect(refused).rejects.toThrow(
      /^redis:\/\/127\.0\.0\.1:\d+: Redis refuses the name or password\.$/,
    );
    await redis.kill();
    await expect(runnerFor(store('x'))).rejects.toThrow(
      /^redis:\/\/127\.0\.0\.1:\d+: no Redis answers there \(ECONNREFUSED\)\.$/,
    );
    await redis.restart();
  });

  test('workers, Redis and the disk are killed at random moments: every output is equal', async () => {
    const args = ['bench/kill-workers.mjs', '--kills', '6', '--shards', '24', '--json'];
    const out = await new Promise<string>((done, fail) => {
      execFile(process.execPath, args, { cwd: root }, (error, text) =>
        error ? fail(error) : done(text),
      );
    });
    const { results } = JSON.parse(out) as { results: { equal: boolean }[] };
    expect(results.length).toBeGreaterThanOrEqual(6);
    expect(results.every(({ equal }) => equal)).toBe(true);
  });
});

describe('an address of a queue', () => {
  test('names its queue, and is shown without user and password', () => {
    expect(queueAddress('redis://user:word@host:6380/2?queue=big')).toEqual({
      url: 'redis://user:word@host:6380/2',
      queue: 'big',
      shown: 'redis://host:6380/2?queue=big',
    });
  });

  test.each(['http://host', 'host:6379', 'redis://', 'redis://h?queue=a%20b'])(
    'refuses %s in a sentence without what was given',
    (given) => {
      expect(() => queueAddress(given)).toThrow(/^tammes: option "queue" must be/);
    },
  );

  test('is taken out of a command', () => {
    const address = queueAddress('redis://:word@host');
    const words = ['measure', '--queue', 'redis://:word@host', '--queue=redis://:word@host'];
    expect(shownWords(words, address).join(' ')).not.toContain('word@');
  });
});

describe('launchers', () => {
  const options = { nodes: 64, threads: 16 };
  const files = { local: 'local.sh', slurm: 'slurm.sh', kubernetes: 'kubernetes.yaml' } as const;

  test.each(LAUNCHERS)('%s is the file in docs/launchers', (name) => {
    const file = readFileSync(join(root, 'docs/launchers', files[name]), 'utf8');
    expect(file).toBe(launcherText(name, name === 'local' ? { nodes: 2, threads: 4 } : options));
  });

  test.each(['local', 'slurm'] as const)('bash can read %s', async (name) => {
    const file = join(folder, files[name]);
    writeFileSync(file, launcherText(name, options));
    const [code] = await once(spawn('bash', ['-n', file]), 'exit');
    expect(code).toBe(0);
  });

  test('the local script ends its workers with a signal', async () => {
    const tool = join(folder, 'bin');
    const script = join(folder, 'local.sh');
    writeFileSync(script, launcherText('local', { nodes: 2, threads: 1 }));
    await writeTool(tool);
    const env = {
      ...process.env,
      PATH: `${tool}:${process.env['PATH']}`,
      TAMMES_QUEUE: 'redis://h',
    };
    const child = spawn('bash', [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let isEnded = false;
    child.stdout.on('data', (part) => {
      text += String(part);
      if (isEnded || text.split('started').length < 3) return;
      isEnded = true;
      child.kill('SIGTERM');
    });
    await once(child, 'close');
    expect(text.split('stopped').length).toBe(3);
  });

  test('kubernetes is a Job of batch/v1 with known fields alone', () => {
    const job = parse(launcherText('kubernetes', options));
    expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job' });
    const { spec } = job;
    const pod = spec.template.spec;
    const [container] = pod.containers;
    expect(Object.keys(spec).filter((field) => !JOB_SPEC.split(' ').includes(field))).toEqual([]);
    expect(Object.keys(pod).filter((field) => !POD_SPEC.split(' ').includes(field))).toEqual([]);
    expect(Object.keys(container).filter((field) => !CONTAINER.split(' ').includes(field))).toEqual(
      [],
    );
    // An index of its own limit asks for pods that are not restarted in place.
    expect(pod.restartPolicy).toBe('Never');
    expect(spec.completions).toBe(64);
    for (const word of [...container.command, ...container.args]) expect(word).toBeTypeOf('string');
    for (const { name, value, valueFrom } of container.env) {
      expect(name).toBeTypeOf('string');
      expect([typeof value, typeof valueFrom]).toContain('object');
    }
  });
});

async function writeTool(tool: string): Promise<void> {
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(tool, { recursive: true });
  const text = `#!/usr/bin/env bash
trap 'echo stopped; exit 0' TERM
echo started
while true; do sleep 0.1; done
`;
  await writeFile(join(tool, 'tammes'), text, { mode: 0o755 });
}

// Fields of the API reference of Kubernetes 1.31: JobSpec, PodSpec and Container of batch/v1 and v1.
const JOB_SPEC =
  'activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template ttlSecondsAfterFinished';
const POD_SPEC =
  'activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks hostNetwork imagePullSecrets initContainers nodeName nodeSelector priorityClassName restartPolicy schedulerName securityContext serviceAccountName terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes';
const CONTAINER =
  'args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resources securityContext startupProbe stdin terminationMessagePath tty volumeMounts workingDir';
