// Steps a second of a dispersion that is watched, alone and with a listener that draws:
//   npm run build && node bench/studio-live.mjs [rows] [columns] [seconds]
// The listener takes 16 ms for each picture, as a page does at 60 pictures a second. Prints a table for
// docs/performance/studio.md.
import { Session } from '../dist/apps/studio/session/session.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/choose.js';
import { uniformPoints } from '../dist/manifolds/sampling.js';

const rows = Number(process.argv[2] ?? 20_000);
const columns = Number(process.argv[3] ?? 64);
const seconds = Number(process.argv[4] ?? 4);

/** Rows around one direction, as embeddings are. */
const points = uniformPoints(rows, columns, Random.fromSeed(1));
for (let row = 0; row < rows; row++) points.data[row * columns] += 0.5;

const opened = (engine) =>
  new Session(engine, [
    { id: 'a', name: 'points', sha256: '', table: { points }, fields: new Map() },
  ]);

async function timed(engine, settings, listens) {
  const session = opened(engine);
  await session.do('disperse-run', { ...settings, until: 2 });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  let [frames, held, last, longest] = [0, 0, performance.now(), 0];
  const send = async (packet) => {
    if (packet.kind !== 'frame') return;
    frames += 1;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    held = Math.max(held, packet.arrays.points.data.byteLength);
    await new Promise((done) => setTimeout(done, 16));
  };
  const began = performance.now();
  const processor = process.cpuUsage();
  let paused = 0;
  await session
    .do('disperse-run', settings, { signal: stop.signal, ...(listens && { send }) })
    .catch(() => {
      paused = performance.now() - began - seconds * 1000;
    });
  clearTimeout(timer);
  const { run } = (await session.do('disperse-look')).facts;
  const passed = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const cost = (user + system) / 1000 / Math.max(1, run.step - 2);
  return {
    cost,
    stepsPerSecond: (run.step - 2) / passed,
    framesPerSecond: frames / passed,
    longest,
    paused,
  };
}

const one = (x) => x.toFixed(1);
console.log(`${rows} × ${columns}, ${seconds} s each\n`);
console.log(
  '| engine | rows in a step | steps/s alone | processor ms a step | steps/s watched | processor ms a step | pictures/s | longest wait, ms | pause after, ms |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const name of ['native', 'wasm']) {
  const engine = await chooseEngine(name);
  for (const batch of [2048, 0]) {
    const settings = { steps: 100_000, batch, keep: 0, schedule: 'constant' };
    const alone = await timed(engine, settings, false);
    const watched = await timed(engine, settings, true);
    console.log(
      `| ${name} | ${batch || rows} | ${one(alone.stepsPerSecond)} | ${one(alone.cost)} | ${one(watched.stepsPerSecond)} | ${one(watched.cost)} | ${one(watched.framesPerSecond)} | ${Math.round(watched.longest)} | ${Math.round(watched.paused)} |`,
    );
  }
  await engine.dispose();
}
