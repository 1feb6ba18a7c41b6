// Bundles the scripts of report pages, as text, to src/apps/report/generated/scripts.ts: one for pages without points,
// one with the view. They stand in every report that is written, so the module must be there before the compiler runs.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

const target = join(root, 'src/apps/report/generated/scripts.ts');

/** What stands for the kernels where there are none. */
const WITHOUT_KERNELS = {
  'generated/kernels\\.ts': "export const KERNELS_BASE64 = '';",
  'renderers/cpu/kernel-module\\.ts': 'export const kernelModule = () => undefined;',
  'renderers/cpu/painter\\.ts': 'export const painter = undefined;',
};

/**
 * Reports have some thousand points: their view draws on the processor in plain JavaScript. Their pages carry no other
 * tier and no WebAssembly, which their policy does not allow.
 */
const processorAlone = {
  name: 'processor-alone',
  setup({ onLoad }) {
    onLoad({ filter: /view\/renderers\/probe\.ts$/ }, () => ({
      contents: `import { cpuRenderer } from './cpu/renderer.ts';
export const bestRenderer = (canvas) => cpuRenderer(canvas, 'as asked', false);`,
      resolveDir: join(root, 'src/view/renderers'),
      loader: 'ts',
    }));
    for (const [file, contents] of Object.entries(WITHOUT_KERNELS))
      onLoad({ filter: new RegExp(`view/${file}$`) }, () => ({ contents, loader: 'ts' }));
  },
};

async function scriptOf(entry) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/apps/report/page', entry)],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: '{}',
    logLevel: 'warning',
    plugins: [processorAlone],
  });
  // Nothing in a script may end its element or begin a comment.
  return outputFiles[0].text
    .trim()
    .replaceAll('</script', '<\\/script')
    .replaceAll('<!--', '<\\!--');
}

export async function buildReport() {
  const [plain, points] = await Promise.all(['plain.ts', 'points.ts'].map(scriptOf));
  const text = `// Written by scripts/build-report.mjs from src/apps/report/page.
export const PLAIN_SCRIPT: string = ${JSON.stringify(plain)};
export const POINTS_SCRIPT: string = ${JSON.stringify(points)};
`;
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  mkdirSync(join(target, '..'), { recursive: true });
  writeFileSync(target, text);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildReport();
