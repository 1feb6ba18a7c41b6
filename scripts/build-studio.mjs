// Bundles the studio's page and the worker that computes for it where there is no server, out of what the compiler
// made, into dist/studio; the page is the same in both cases.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildView } from './build-view.mjs';
import { root } from './setup.mjs';

const dist = join(root, 'dist');
const page = join(root, 'src/apps/studio/page');

export async function buildStudio() {
  const { build } = await import('esbuild');
  const out = join(dist, 'studio');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: {
      app: join(dist, 'apps/studio/page/main.js'),
      worker: join(dist, 'apps/studio/page/worker.js'),
      style: join(page, 'style.css'),
    },
    outdir: out,
    bundle: true,
    // What the compiler made is bundled: its own paths lead to the sources.
    tsconfigRaw: '{}',
    format: 'esm',
    splitting: true,
    minify: true,
    target: ['es2022'],
    conditions: ['browser'],
    chunkNames: 'part-[hash]',
    legalComments: 'linked',
    logLevel: 'warning',
  });
  // The script that an exported page carries: one file, no imports.
  await build({
    entryPoints: { offline: join(dist, 'apps/studio/page/offline.js') },
    outdir: out,
    bundle: true,
    tsconfigRaw: '{}',
    format: 'iife',
    minify: true,
    target: ['es2022'],
    conditions: ['browser'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  copyFileSync(join(page, 'index.html'), join(out, 'index.html'));
  await buildView();
}
