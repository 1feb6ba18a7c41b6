// How fast a million points are drawn, picked and selected in headless browsers without a graphics card:
//   npm i --no-save --prefix build/peers regl-scatterplot@1.16.0 three@0.187.0
//   npm run build && node bench/view.mjs [--rows 1000000] [--frames 60] [--only NAME] [--browser chromium] [--write]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { page as pageOf } from './view/page.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    frames: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    browser: { type: 'string', default: 'chromium,firefox' },
    write: { type: 'boolean', default: false },
  },
});
const n = Number(options.rows);
const frames = Number(options.frames);
const folder = join(root, 'build', 'view-bench');
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [join(root, 'bench/view/program.js')],
  outfile: join(folder, 'program.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  nodePaths: [join(root, 'build/peers/node_modules')],
  logLevel: 'error',
});
// As one script: browsers load no modules from a folder.
const script = readFileSync(join(folder, 'program.js'), 'utf8').replaceAll(
  '</script',
  '<\\/script',
);
const address = join(folder, 'index.html');
writeFileSync(
  address,
  `<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style><body></body><script type="module">${script}</script>`,
);

const PATHS = { chromium: '/usr/bin/chromium', firefox: '/usr/bin/firefox-esr' };

/** A browser as it starts; others need WebGL2, which Chromium imitates on the processor where it is told to. */
function launched(name, imitatesGl = false) {
  const gl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const args = ['--no-sandbox', ...(imitatesGl ? gl : [])];
  return puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: process.env[name.toUpperCase()] ?? PATHS[name],
    headless: true,
    protocolTimeout: 300_000,
    args: name === 'firefox' ? [] : args,
  });
}

async function opened(browser) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 800 });
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(pathToFileURL(address).href);
  await page.waitForFunction(() => window.names !== undefined);
  return page;
}

const sorted = (times) => times.toSorted((a, b) => a - b);
const median = (times) => sorted(times)[times.length >> 1];
const p95 = (times) => sorted(times)[Math.floor(0.95 * (times.length - 1))];

/** Bytes that the page holds, by the browser's own account where it gives one. */
async function memoryOf(browser, name) {
  const page = await opened(browser);
  const memory = async () => {
    if (name === 'firefox') return undefined;
    const session = await page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    const {
      usedSize,
      backingStorageSize = 0,
      embedderHeapUsedSize = 0,
    } = await session.send('Runtime.getHeapUsage');
    return { heap: usedSize, buffers: backingStorageSize, embedder: embedderHeapUsedSize };
  };
  const resident = () => residentOf(browser);
  const before = resident();
  await page.evaluate((n) => window.held(n), n);
  const after = resident();
  const heap = await memory();
  await page.close();
  return { before, after, heap };
}

/** Processes of a browser, with what they were started as. */
function processesOf(browser) {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1e8 })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)?.slice(1) ?? []);
  const own = new Set([String(browser.process()?.pid)]);
  for (let size = 0; size !== own.size; ) {
    size = own.size;
    for (const [id, parent] of all) if (own.has(parent)) own.add(id);
  }
  return all.filter(([id]) => own.has(id));
}

/** What the kernel says of a process; nothing where it has ended. */
function kernelText(id, file) {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Milliseconds that processors worked for a browser, the part that imitates a card among them. */
function processorsOf(browser) {
  return processesOf(browser).reduce((sum, [id]) => {
    const fields = kernelText(id, 'stat').split(') ').pop().split(' ');
    return sum + 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
  }, 0);
}

/** Bytes of the processes that run pages; what several share counts for each in part. */
function residentOf(browser) {
  return processesOf(browser)
    .filter(([, , args]) => /--type=renderer|-contentproc.* tab$|isForBrowser/.test(args))
    .reduce(
      (sum, [id]) =>
        sum + 1024 * Number(/^Pss:\s+(\d+)/m.exec(kernelText(id, 'smaps_rollup'))?.[1] ?? 0),
      0,
    );
}

const results = {};
const machine = { load: loadavg()[0].toFixed(1) };
for (const name of options.browser.split(',')) {
  const found = { frames: [], asked: [], rates: [] };
  const ordinary = await launched(name);
  found.version = await ordinary.version();
  const probe = await opened(ordinary);
  const names = await probe.evaluate(() => window.names);
  await probe.close();
  const isOwn = (id) => id.startsWith('view');
  const chosen = names.filter((id) => id.includes(options.only));
  const timed = async (browser, contestant) => {
    const page = await opened(browser);
    try {
      const count = isOwn(contestant) ? frames : Math.min(frames, 12);
      const { about, first } = await page.evaluate(
        (id, n) => window.prepared(id, n),
        contestant,
        n,
      );
      await page.evaluate((count) => window.timed(count), 3);
      const before = processorsOf(browser);
      const times = await page.evaluate((count) => window.timed(count), count);
      const processors = (processorsOf(browser) - before) / count;
      const line = {
        contestant,
        about,
        first,
        processors,
        median: median(times),
        p95: p95(times),
        least: Math.min(...times),
      };
      found.frames.push(line);
      console.log(name, JSON.stringify(line), `load ${loadavg()[0].toFixed(1)}`);
    } catch (cause) {
      found.frames.push({ contestant, error: String(cause).split('\n')[0] });
      console.log(name, contestant, String(cause).split('\n')[0]);
    }
    await page.close();
  };
  for (const contestant of chosen.filter(isOwn)) await timed(ordinary, contestant);
  if (options.only === '') {
    for (const dims of [2, 3]) {
      const page = await opened(ordinary);
      const { picks, again, lassos, rows } = await page.evaluate(
        (d, n) => window.asked(d, n),
        dims,
        n,
      );
      const line = {
        dims,
        rows,
        pick: median(picks),
        pickP95: p95(picks),
        again: median(again),
        lasso: median(lassos),
        lassoP95: p95(lassos),
      };
      found.asked.push(line);
      console.log(name, JSON.stringify(line));
      const rate = await page.evaluate((d, n) => window.rate(d, n, 4), dims, n);
      found.rates.push({ dims, rate });
      console.log(name, dims, `${rate.toFixed(0)} pictures a second`);
      await page.close();
    }
    found.memory = await memoryOf(ordinary, name);
    console.log(name, JSON.stringify(found.memory));
  }
  await ordinary.close();
  const imitating = await launched(name, true);
  for (const contestant of chosen.filter((id) => !isOwn(id))) await timed(imitating, contestant);
  await imitating.close();
  results[name] = found;
}
machine.loadAfter = loadavg()[0].toFixed(1);
if (options.write) {
  writeFileSync(join(root, 'docs/performance/view.md'), pageOf({ results, n, frames, machine }));
}
