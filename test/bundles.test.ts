import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { build as viteBuild } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import webpack from 'webpack';
import { code, disperse, measure } from '../src/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';

/** A program of a user: numbers, a step of a solver, a search that starts threads, a refusal. */
const PROGRAM = `
  import { code, disperse, measure } from 'tammes';
  export async function answer() {
    const data = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i));
    const points = { data, rows: 100, cols: 3 };
    const { engine, threads, minAngleDeg } = await measure(points, { null: 'none', engine: 'wasm' });
    const spread = await disperse(points, { steps: 3, engine: 'wasm' });
    const made = await code({ count: 22, dim: 5, chains: 4, fresh: true, threads: 2 });
    const error = await measure([[1, 2], [3]]).catch(({ name, code }) => ({ name, code }));
    return {
      engine, threads, minAngleDeg, spread: [...spread.points.data], code: [...made.points.data], error,
    };
  }
`;

async function inNode(): Promise<object> {
  const data = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i));
  const points = { data, rows: 100, cols: 3 };
  const { minAngleDeg } = await measure(points, { null: 'none', engine: 'wasm' });
  const spread = await disperse(points, { steps: 3, engine: 'wasm' });
  const made = await code({ count: 22, dim: 5, chains: 4, fresh: true, threads: 1 });
  return {
    engine: 'wasm',
    minAngleDeg,
    spread: [...spread.points.data],
    code: [...made.points.data],
    error: { name: 'ShapeError', code: 'shape' },
  };
}

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
let expected: object;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tammes-bundles-'));
  installInto(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'program.js'), PROGRAM);
  writeFileSync(
    join(folder, 'page.js'),
    `import { answer } from './program.js'; window.answer = answer;`,
  );
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><script type="module" src="./page.js"></script>',
  );
  writeFileSync(
    join(folder, 'print.js'),
    `import { answer } from './program.js';
     answer().then((found) => console.log(JSON.stringify(found)));`,
  );
  expected = await inNode();
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The package as npm would lay it down; bundlers would read the repository's own tsconfig.json. */
function installInto(modules: string): void {
  const isShipped = (path: string): boolean => !/\.(map|d\.ts|tsbuildinfo)$/.test(path);
  for (const name of ['dist', 'data', 'package.json']) {
    cpSync(join(root, name), join(modules, 'tammes', name), { recursive: true, filter: isShipped });
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'dir');
  }
}

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves a folder with these headers; its own modules only, unless a header says otherwise. */
async function served(path: string, headers: Record<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
    try {
      const body = readFileSync(join(path, name));
      response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(name)] ?? 'text/plain' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** What the page of a folder answers in a browser. */
async function answered(
  path: string,
  headers: Record<string, string>,
): Promise<{ readonly found: unknown; readonly modules: number }> {
  const server = await served(path, headers);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    let modules = 0;
    page.on('worker', (worker) => {
      if (worker.url().startsWith('http')) modules++;
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.answer');
    const found = await page.evaluate('answer()');
    return { found, modules };
  } finally {
    await browser.close();
    server.close();
  }
}

const PAGE = '<!doctype html><script type="module" src="./main.js"></script>';

/** Bundles page.js into a folder with an index.html. */
const bundlers = {
  async esbuild(out: string) {
    await esbuild.build({
      entryPoints: [join(folder, 'page.js')],
      outfile: join(out, 'main.js'),
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    });
    writeFileSync(join(out, 'index.html'), PAGE);
  },
  async vite(out: string) {
    await viteBuild({
      root: folder,
      base: './',
      configFile: false,
      logLevel: 'silent',
      build: { outDir: out, emptyOutDir: true },
    });
  },
  async webpack(out: string) {
    const compiler = webpack({
      mode: 'production',
      target: 'web',
      context: folder,
      entry: './page.js',
      output: { path: out, filename: 'main.js' },
      performance: false,
      // What minifiers do is tried with esbuild; webpack's takes a minute.
      optimization: { minimize: false },
    });
    const problems = await new Promise<unknown[]>((resolve, reject) => {
      compiler?.run((error, stats) => {
        const { errors = [], warnings = [] } =
          stats?.toJson({ all: false, errors: true, warnings: true }) ?? {};
        if (error) reject(error);
        else resolve([...errors, ...warnings].map(({ message }) => message));
      });
    });
    expect(problems).toEqual([]);
    writeFileSync(join(out, 'index.html'), PAGE);
  },
};

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

describe.skipIf(chromiumMissing)(`bundles in Chromium${skipped}`, () => {
  test.each(['esbuild', 'vite', 'webpack'] as const)(
    '%s packs the package, and the page answers as Node',
    async (name) => {
      const out = join(folder, `out-${name}`);
      mkdirSync(out);
      await bundlers[name](out);
      const isolated = await answered(out, ISOLATED);
      expect(isolated.found).toMatchObject(expected);
      // esbuild packs no workers: the calling thread runs the chains.
      expect(isolated.modules).toBe(name === 'esbuild' ? 0 : 1);
      expect((await answered(out, {})).found).toMatchObject({ ...expected, threads: 1 });
    },
  );

  test('a policy that forbids threads from text leaves one thread, and the answer', async () => {
    const out = join(folder, 'out-policy');
    mkdirSync(out);
    await bundlers.vite(out);
    const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
    const headers = { ...ISOLATED, 'Content-Security-Policy': policy };
    expect((await answered(out, headers)).found).toMatchObject({ ...expected, threads: 1 });
  });
});

test.each([
  ['cjs', 'main.cjs'],
  ['esm', 'main.mjs'],
] as const)('a program bundled for Node as %s answers as the package', async (format, name) => {
  const outfile = join(folder, name);
  await esbuild.build({
    entryPoints: [join(folder, 'print.js')],
    outfile,
    bundle: true,
    minify: true,
    format,
    platform: 'node',
    logLevel: 'error',
  });
  const printed = execFileSync(process.execPath, [outfile], { encoding: 'utf8' });
  expect(JSON.parse(printed)).toMatchObject(expected);
});

test('measure and objectives carry neither formats nor codes into a bundle', async () => {
  const inputs = async (program: string): Promise<string[]> => {
    const { metafile } = await esbuild.build({
      stdin: { contents: program, resolveDir: folder },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    const [output] = Object.values(metafile.outputs);
    const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return used.map(([file]) => file.slice(file.lastIndexOf('dist/')));
  };
  const measuring = await inputs(`import { measure } from 'tammes'; console.log(measure);`);
  expect(
    measuring.filter((file) =>
      /dist\/(families\/codes|cli|studies)\/|hyparquet|flechette/.test(file),
    ),
  ).toEqual([]);
  expect(measuring.filter((file) => file.startsWith('dist/io/'))).toEqual([
    'dist/io/given-table.js',
  ]);
  const losing = await inputs(`import { koleo } from 'tammes/objectives'; console.log(koleo);`);
  expect(losing.filter((file) => /families\/(?!objectives)/.test(file))).toEqual([]);
});
