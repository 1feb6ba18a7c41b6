// A million rows on one machine: what a step takes, what is held, and whether what was said before it began holds.
//
//   npm run build && node bench/million.mjs [exact|counted|minibatch|gaussian|memory …] [--rows 1000000] [--dim 64]
//
// Each part runs in a process of its own, so that the most memory held is its own. Seconds are by the clock, the least of
// the steps; beside them those of the processor over the cores, which a machine at work stretches less.
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '1000000' },
    dim: { type: 'string', default: '64' },
    child: { type: 'boolean', default: false },
  },
});
const [n, d] = [Number(values.rows), Number(values.dim)];
const cores = cpus().length;

const load = async () => {
  const [{ chooseEngine }, { Random }, verbs, memory, time] = await Promise.all([
    import('../dist/engine/choose.js'),
    import('../dist/core/random.js'),
    import('../dist/apps/verbs/disperse.js'),
    import('../dist/apps/verbs/disperse-memory.js'),
    import('../dist/apps/verbs/dispersion.js'),
  ]);
  return { ...verbs, ...memory, ...time, Random, engine: await chooseEngine('auto', {}) };
};

/** Rows of a crowded cone: a direction that all share, and noise. */
function made(Random, rows) {
  const random = Random.fromSeed(1);
  const data = new Float32Array(rows * d);
  const row = new Float64Array(d);
  for (let i = 0; i < rows; i++) {
    random.normals(row);
    row[0] += 4;
    data.set(row, i * d);
  }
  return { data, rows, cols: d };
}

/** At unit length, where they lie. */
function unitRows(points) {
  for (let i = 0; i < points.rows; i++) {
    const row = points.data.subarray(i * d, (i + 1) * d);
    const length = Math.hypot(...row);
    for (let c = 0; c < d; c++) row[c] /= length;
  }
  return points;
}

/** Runs a dispersion; the clock and the processor at each step. */
async function stepped({ disperse, engine }, points, options) {
  const at = [];
  const mark = () => {
    const { user, system } = process.cpuUsage();
    at.push([performance.now() / 1000, (user + system) / 1e6]);
  };
  const run = { overwrite: true, onStep: mark, onProgress: at.length === 0 ? mark : undefined };
  mark();
  const began = at[0];
  at.length = 0;
  await disperse(
    { points },
    { keep: 0, ...options, engine },
    { overwrite: run.overwrite, onStep: mark },
  );
  const steps = at
    .slice(1)
    .map(([clock, processor], i) => [clock - at[i][0], processor - at[i][1]]);
  const least = (k) => Math.min(...steps.map((step) => step[k]));
  const end = at[at.length - 1];
  return {
    clock: least(0),
    processor: least(1) / cores,
    all: end[0] - began[0],
    allProcessor: (end[1] - began[1]) / cores,
  };
}

const peak = () => process.resourceUsage().maxRSS * 1024;
const data = 4 * n * d;
const seconds = (x) => (x < 0.1 ? `${(1000 * x).toFixed(1)} ms` : `${x.toFixed(2)} s`);
const held = (needed) =>
  `held ${(peak() / 1e6).toFixed(0)} MB, ${(peak() / data).toFixed(2)} times the rows; ${(needed / 1e6).toFixed(0)} MB were said`;

const parts = {
  async exact(tools) {
    const options = { objective: 'sliced', batch: 0, steps: 5 };
    const took = await stepped(tools, made(tools.Random, n), options);
    const needed = tools.memoryOfDisperse({ rows: n, cols: d }, options, tools.engine.name);
    return `exact sliced step: ${seconds(took.clock)} (processor ${seconds(took.processor)}); ${held(needed)}`;
  },
  async counted(tools) {
    const options = { objective: 'sliced(ranks=counted)', batch: 0, steps: 100 };
    const took = await stepped(tools, made(tools.Random, n), options);
    const needed = tools.memoryOfDisperse({ rows: n, cols: d }, options, tools.engine.name);
    return `100 counted sliced steps: ${seconds(took.all)} (processor ${seconds(took.allProcessor)}), the least step ${seconds(took.clock)}; ${held(needed)}`;
  },
  async minibatch(tools) {
    const lines = [];
    for (const objective of ['sliced', 'uniformity']) {
      const took = await stepped(tools, made(tools.Random, n), {
        objective,
        steps: 60,
        schedule: 'constant',
      });
      lines.push(
        `a step of 2,048 rows of ${objective}: ${seconds(took.clock)} (processor ${seconds(took.processor)})`,
      );
    }
    const needed = tools.memoryOfDisperse(
      { rows: n, cols: d },
      { objective: 'uniformity' },
      tools.engine.name,
    );
    return `${lines.join('\n')}; ${held(needed)}`;
  },
  async gaussian(tools) {
    const { engine, Random, disperse, dispersionOf } = tools;
    const options = { objective: 'gaussian-energy', batch: 0, steps: 1, keep: 0, engine };
    const told = (name, share, said, took) =>
      `Gaussian, ${name}: ${seconds(share * said.clock)} were said and it took ${seconds(took.clock)}, ` +
      `${(took.clock / (share * said.clock)).toFixed(2)} of it; by the processor ${(took.processor / (share * said.processor)).toFixed(2)}`;
    const lines = [];
    const now = () => {
      const { user, system } = process.cpuUsage();
      return { clock: performance.now() / 1000, processor: (user + system) / 1e6 };
    };
    const since = (then) => {
      const { clock, processor } = now();
      return { clock: clock - then.clock, processor: processor - then.processor };
    };
    const kernel = { shape: 'gaussian', distance: 'chordal', scale: 2 };
    // A share of the pairs: seconds of both kinds that all of them take by it.
    const partOf = async (points, seconds) => {
      const stop = new AbortController();
      let [first, last] = [];
      const gradient = { ...points, data: new Float32Array(points.data.length) };
      const onProgress = (done) => {
        last = { done, ...now() };
        if (done > 0) first ??= last;
        if (first && last.clock - first.clock > seconds) stop.abort();
      };
      const work = { signal: stop.signal, onProgress };
      await Promise.resolve(engine.pairwiseEnergy(points, kernel, gradient, work)).catch(() => {});
      const share = last.done - first.done;
      const clock = last.clock - first.clock;
      const processor = last.processor - first.processor;
      return { share, took: { clock, processor } };
    };
    const predict = async (points, clock) => {
      const { share, took } = await partOf(points, 2);
      return { clock, processor: took.processor / share };
    };
    {
      let [said, then] = [];
      const points = made(Random, n / 10);
      await disperse({ points }, options, {
        onPredicted: async ({ seconds: clock }) => {
          const unit = { ...points, data: points.data.slice() };
          said = await predict(unitRows(unit), clock);
          then = now();
        },
      });
      lines.push(told(`a step of ${n / 10} rows`, 1, said, since(then)));
    }
    const dispersion = await dispersionOf({ points: made(Random, n) }, options, {
      engine,
      overwrite: true,
    });
    const { predictedTime } = await import('../dist/apps/verbs/predicted-time.js');
    const { secondsPerStep } = await predictedTime(dispersion);
    const said = await predict(dispersion.start, secondsPerStep);
    const { share, took } = await partOf(dispersion.start, 30);
    lines.push(told(`${(100 * share).toFixed(2)} % of a step of ${n} rows`, share, said, took));
    lines.push(`a step of all ${n} rows takes ${(secondsPerStep / 3600).toFixed(2)} hours here`);
    return lines.join('\n');
  },
};

if (values.child) {
  const tools = await load();
  console.log(await parts[positionals[0]](tools));
  await tools.engine.dispose();
} else {
  console.log(
    `${n} × ${d} float32, ${data / 1e6} MB; ${cores} cores, load ${loadavg()[0].toFixed(1)}`,
  );
  for (const part of positionals.length > 0 ? positionals : Object.keys(parts)) {
    const own = [
      fileURLToPath(import.meta.url),
      part,
      '--child',
      '--rows',
      values.rows,
      '--dim',
      values.dim,
    ];
    const { stdout, stderr } = spawnSync(process.execPath, own, { encoding: 'utf8' });
    console.log(stdout.trim() || stderr.trim());
  }
}
