// Bundles the view with its element as one classic script, which a page may load from a folder: dist/studio/view.js.
import { join } from 'node:path';
import { root } from './setup.mjs';

export async function buildView() {
  const { build } = await import('esbuild');
  const dist = join(root, 'dist');
  await build({
    stdin: {
      contents: `export * from './view/index.js';
import { defineTammesView } from './view/index.js';
defineTammesView();`,
      resolveDir: dist,
    },
    outfile: join(dist, 'studio', 'view.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'tammes',
    target: ['es2022'],
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
}
