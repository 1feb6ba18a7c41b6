import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const platform = `${process.platform}-${process.arch}`;
const isCompiled = existsSync(join(root, 'build', 'native', `${platform}.node`));
let folder: string;

/** Lays a tarball down as npm does. */
function installed(tarball: string, name: string): string {
  const target = join(folder, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components', '1']);
  return target;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tammes-packages-'));
  const row = (_: unknown, i: number): string =>
    `${Math.sin(i)},${Math.cos(3 * i)},${Math.sin(i * i)}`;
  writeFileSync(
    join(folder, 'points.csv'),
    `x0,x1,x2\n${Array.from({ length: 80 }, row).join('\n')}\n`,
  );
  const printed = execFileSync(process.execPath, [join(root, 'scripts', 'package.mjs')], {
    encoding: 'utf8',
  });
  for (const tarball of printed.match(/^.+\.tgz$/gm) ?? []) {
    installed(tarball, tarball.includes('native') ? `tammes-native-${platform}` : 'tammes');
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), target, 'dir');
  }
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tammes = (...args: string[]): string =>
  execFileSync(
    process.execPath,
    [join(folder, 'node_modules', 'tammes', 'bin', 'tammes.js'), ...args],
    {
      encoding: 'utf8',
      cwd: folder,
    },
  );

test.skipIf(!isCompiled)('the installed package computes with the native package beside it', () => {
  const { engine } = JSON.parse(tammes('measure', 'points.csv', '--json', '--null', 'none'));
  expect(engine).toBe('native');
});

test('without the native package the same numbers come from wasm', () => {
  rmSync(join(folder, 'node_modules', `tammes-native-${platform}`), {
    recursive: true,
    force: true,
  });
  const { engine } = JSON.parse(tammes('measure', 'points.csv', '--json', '--null', 'none'));
  expect(engine).toBe('wasm');
});

test('the manifests say what is inside: no scripts, the platform, the same version', () => {
  const main = JSON.parse(readFileSync(join(folder, 'node_modules/tammes/package.json'), 'utf8'));
  expect(main.scripts).toBeUndefined();
  expect(main.devDependencies).toBeUndefined();
  expect(existsSync(join(folder, 'node_modules/tammes/dist/index.js.map'))).toBe(false);
  const native = isCompiled ? { [`tammes-native-${platform}`]: main.version } : {};
  expect(main.optionalDependencies).toMatchObject(native);
});
