import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** A folder with a page that has all of `tammes/view` as the global `tammes`, minified as in a bundle. */
export async function viewPage(
  body = '',
): Promise<{ address: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tammes-view-'));
  await build({
    entryPoints: [fileURLToPath(new URL('../view/index.ts', import.meta.url))],
    outfile: join(folder, 'view.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'tammes',
    target: 'es2022',
  });
  const page = join(folder, 'index.html');
  await writeFile(
    page,
    `<!doctype html><meta charset="utf-8"><title>view</title>
<style>body { margin: 0 } tammes-view { width: 400px; height: 300px }</style>
${body}<script src="view.js"></script>`,
  );
  return {
    address: pathToFileURL(page).href,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
