// Bundles the command line with the threads that it starts into dist/command: Node finds and compiles some dozens of
// modules in place of a thousand, so that a command begins in less than half the time. What the package exports stays
// as the compiler made it.
import { readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from './setup.mjs';

const dist = join(root, 'dist');
const out = join(dist, 'command');
const programs = {
  main: 'cli/main.js',
  'task-thread': 'cli/workers/thread.js',
  'session-thread': 'cli/studio/thread.js',
  'chain-thread': 'families/codes/solver/chain-thread.js',
};

/** The command as bin/tammes.js starts it. */
export const command = join(out, 'main.js');

export async function buildCommand() {
  const { build } = await import('esbuild');
  rmSync(out, { recursive: true, force: true });
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(programs).map(([name, file]) => [name, join(dist, file)]),
    ),
    outdir: out,
    bundle: true,
    tsconfigRaw: '{}',
    format: 'esm',
    splitting: true,
    // Names stay, for whoever reads a stack.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
    platform: 'node',
    target: ['node20'],
    packages: 'external',
    chunkNames: 'part-[hash]',
    logLevel: 'warning',
    plugins: [{ name: 'addresses', setup: keepAddresses }],
  });
}

/** A module that asks where it lies gets the address that it had before it was bundled, and a program its bundle. */
function keepAddresses(bundler) {
  bundler.onLoad({ filter: /dist[\\/].*\.js$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8');
    if (!source.includes('import.meta.url')) return undefined;
    const address = relative(out, path).split(sep).join('/');
    const contents = source
      .replaceAll(/new URL\('\.\/([\w-]+\.js)', import\.meta\.url\)/g, (_, name) => {
        const file = relative(dist, join(path, '..', name))
          .split(sep)
          .join('/');
        const [program] = Object.entries(programs).find(([, other]) => other === file) ?? [];
        if (program === undefined) throw new Error(`${file} is started by ${path} but not bundled`);
        return `new URL('./${program}.js', import.meta.url /* bundled */)`;
      })
      .replaceAll(/import\.meta\.url(?! \/\*)/g, `new URL('${address}', import.meta.url).href`);
    return { contents, loader: 'js' };
  });
}
