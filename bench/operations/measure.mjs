import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Repetitions until a case has had this many milliseconds, within these numbers. */
const BUDGET_MS = 400;
const [FEWEST, MOST] = [3, 40];

/** A case that takes this long is not repeated. */
const LONG_MS = 6000;

/** Milliseconds of one call, and of processors; calls too short for the clock are repeated. */
async function timed(run, engine, repeat) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  for (let i = 0; i < repeat; i++) await run(engine);
  const { user, system } = process.cpuUsage(used);
  return { ms: (performance.now() - start) / repeat, cpuMs: (user + system) / 1000 / repeat };
}

function lesser(a, b) {
  return { ms: Math.min(a.ms, b.ms), cpuMs: Math.min(a.cpuMs, b.cpuMs) };
}

/**
 * The best time of each engine and of the peer on one case, taken in turns so that a disturbance meets all
 * of them; the ceilings are measured in between.
 */
export async function best({ operation, n, d, peer: loss, make }, engines, ceilings, peer) {
  const run = make();
  const times = new Map();
  const repeats = new Map();
  for (const engine of engines) {
    const first = await timed(run, engine, 1);
    times.set(engine, first);
    repeats.set(engine, Math.max(1, Math.min(1000, Math.floor(2 / first.ms))));
  }
  let peerTime;
  const started = performance.now();
  for (let round = 0; round < MOST; round++) {
    const elapsed = performance.now() - started;
    if (elapsed > LONG_MS || (round >= FEWEST && elapsed > BUDGET_MS * engines.length)) break;
    for (const ceiling of ceilings) await ceiling.measure();
    for (const engine of engines) {
      const again = await timed(run, engine, repeats.get(engine));
      times.set(engine, lesser(times.get(engine), again));
    }
    if (!loss || !peer || round >= FEWEST) continue;
    const most = Math.max(...engines.map(({ threads }) => threads));
    const again = await peer.time(loss, n, d, most);
    peerTime = peerTime ? lesser(peerTime, again) : again;
  }
  return { operation, n, d, times, peerTime };
}

/** The slope of log y over log x by least squares: y grows as x to this power. */
export function exponent(xs, ys) {
  const [x, y] = [xs.map(Math.log), ys.map(Math.log)];
  const mean = (v) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  const cov = x.reduce((sum, xi, i) => sum + (xi - mx) * (y[i] - my), 0);
  return cov / x.reduce((sum, xi) => sum + (xi - mx) ** 2, 0);
}

const MEMORY = fileURLToPath(new URL('memory.mjs', import.meta.url));

/** MiB beyond the points and their gradient that an energy of n × d takes, in a process of its own. */
export function memoryOf(engine, n, d) {
  const { stdout } = spawnSync(process.execPath, [MEMORY, engine, String(n), String(d)], {
    encoding: 'utf8',
  });
  return Number(stdout);
}
