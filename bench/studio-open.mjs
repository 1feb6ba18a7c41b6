// How long after the page is opened the first picture of a file stands, in headless Chromium without a graphics card:
//   npm run build && node bench/studio-open.mjs [rows] [columns] [times]
// The file is in memory (page cache). Prints a table for docs/performance/studio.md.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { Random } from '../dist/core/random.js';
import { write } from '../dist/io/write.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rows = Number(process.argv[2] ?? 100_000);
const columns = Number(process.argv[3] ?? 384);
const times = Number(process.argv[4] ?? 3);
const file = join(root, 'build', `open-${rows}-${columns}.npy`);
mkdirSync(dirname(file), { recursive: true });

/** Rows around 20 directions. */
function points() {
  const random = Random.fromSeed(1);
  const centers = new Float32Array(20 * columns).map(() => random.normal());
  const noise = new Float32Array(1 << 20).map(() => random.normal());
  const data = new Float32Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++)
    for (let c = 0; c < columns; c++, at++)
      data[at] = 0.7 * centers[(i % 20) * columns + c] + noise[(at * 7919) % noise.length];
  return { data, rows, cols: columns };
}

/** Milliseconds from the command to its address, and from opening the page to its first picture. */
async function opened(browser) {
  const began = performance.now();
  const server = spawn(
    process.execPath,
    [join(root, 'bin/tammes.js'), 'studio', file, '--no-open', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const line = await new Promise((resolve) => {
      createInterface(server.stdout).once('line', resolve);
    });
    const command = performance.now() - began;
    return { command, picture: await firstPicture(browser, JSON.parse(line).url) };
  } finally {
    server.kill();
  }
}

async function firstPicture(browser, url) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  const from = performance.now();
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const isThere = () => {
    const view = document.querySelector('tammes-view');
    return view?.cloud?.shades.length > 0 && view.about !== undefined;
  };
  await page.waitForFunction(isThere, { polling: 20, timeout: 120_000 });
  await page.evaluate(() => document.querySelector('tammes-view').settled());
  const shown = performance.now();
  await page.close();
  return shown - from;
}

await write(file, points());
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox'],
});
console.log(
  '| rows | columns | command to address, ms | page to first picture, ms |\n|---|---|---|---|',
);
for (let time = 0; time < times; time++) {
  const { command, picture } = await opened(browser);
  console.log(`| ${rows} | ${columns} | ${Math.round(command)} | ${Math.round(picture)} |`);
}
await browser.close();
