// `npm run test:next`: the package in a Next.js app, on the server and in a page, answers as in Node.
// Next is installed beside a copy of the package in a temporary folder, without install scripts.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Outside the repository, whose tsconfig.json Next would read.
const folder = join(tmpdir(), 'tammes-next');
const modules = join(folder, 'node_modules');
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: folder, env: environment, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}.`);
}

/** The files of the package as npm would install them, with what they depend on. */
function installPackage() {
  rmSync(join(modules, 'tammes'), { recursive: true, force: true });
  for (const name of ['dist', 'data', 'package.json']) {
    cpSync(join(root, name), join(modules, 'tammes', name), { recursive: true });
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    cpSync(join(root, 'node_modules', name), join(modules, name), { recursive: true });
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answerOfServer(url) {
  for (let attempt = 0; attempt < 120; attempt++) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return response.json();
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('The server of Next does not answer.');
}

async function answerOfPage(url) {
  const { CHROMIUM = '/usr/bin/chromium' } = process.env;
  if (!existsSync(CHROMIUM)) return undefined;
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(`document.querySelector('#answer').textContent`);
    return JSON.parse(await page.textContent('#answer'));
  } finally {
    await browser.close();
  }
}

await build();
mkdirSync(folder, { recursive: true });
cpSync(join(root, 'test', 'next'), folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
rmSync(join(folder, '.next'), { recursive: true, force: true });
const npm = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
if (!existsSync(join(modules, 'next'))) run('npm', [...npm, 'next@16', 'react@19', 'react-dom@19']);
installPackage();
run(process.execPath, [join(modules, 'next', 'dist', 'bin', 'next'), 'build']);

const { answer } = await import(new URL('program.js', `file://${folder}/`));
const expected = JSON.stringify(await answer());
const port = await freePort();
const next = join(modules, 'next', 'dist', 'bin', 'next');
const server = spawn(process.execPath, [next, 'start', '-p', String(port)], {
  cwd: folder,
  env: environment,
  stdio: 'ignore',
});
try {
  const url = `http://127.0.0.1:${port}`;
  const served = JSON.stringify(await answerOfServer(`${url}/api`));
  if (served !== expected) throw new Error(`The server of Next answers ${served.slice(0, 200)}.`);
  const shown = await answerOfPage(url);
  if (shown && JSON.stringify(shown) !== expected) throw new Error('The page answers otherwise.');
  console.log(
    `Next answers as Node: on the server${shown ? ' and in a page' : ' (no browser here)'}.`,
  );
} finally {
  server.kill();
}
