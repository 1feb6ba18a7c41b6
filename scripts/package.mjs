// `npm run package`: the tarballs to publish, in out/packages: the package itself and the native engine for this
// platform as a package of its own, `tammes-native-PLATFORM`, which npm installs where it fits and leaves out where
// not, without a script that runs at installation. Run it on each platform with the same folder: the package names
// as optional dependencies the native packages that lie there.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { addon } from './build-native.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'out', 'packages');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const platform = `${process.platform}-${process.arch}`;

function npm(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Packs a folder and removes it. */
function packed(folder) {
  const [{ filename }] = JSON.parse(npm(folder, 'pack', '--json', '--pack-destination', out));
  rmSync(folder, { recursive: true });
  return join(out, filename);
}

function nativePackage() {
  const folder = join(out, `tammes-native-${platform}`);
  mkdirSync(folder, { recursive: true });
  cpSync(addon, join(folder, 'addon.node'));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const { license, engines, version } = manifest;
  writeJson(join(folder, 'package.json'), {
    name: `tammes-native-${platform}`,
    version,
    description: `The native engine of Tammes for ${platform}.`,
    license,
    engines,
    os: [process.platform],
    cpu: [process.arch],
    // The C++ library comes along; the C library is that of the machine.
    ...(process.platform === 'linux' && { libc: ['glibc'] }),
    main: 'addon.node',
    files: ['addon.node'],
  });
  return packed(folder);
}

function mainPackage() {
  const folder = join(out, 'tammes');
  const [{ files }] = JSON.parse(npm(root, 'pack', '--dry-run', '--json'));
  for (const { path } of files) cpSync(join(root, path), join(folder, path), { recursive: true });
  const { scripts: _scripts, devDependencies: _development, ...published } = manifest;
  const native = /^(tammes-native-.+)-(\d+\.\d+\.\d+[^/]*)\.tgz$/;
  const built = readdirSync(out)
    .map((file) => native.exec(file))
    .filter((match) => match?.[2] === manifest.version);
  const optionalDependencies = Object.fromEntries(
    built.map(([, name, version]) => [name, version]),
  );
  writeJson(join(folder, 'package.json'), { ...published, optionalDependencies });
  return packed(folder);
}

await build();
mkdirSync(out, { recursive: true });
if (existsSync(addon)) console.log(nativePackage());
else console.log(`No native package: there is no compiled addon for ${platform}.`);
console.log(mainPackage());
