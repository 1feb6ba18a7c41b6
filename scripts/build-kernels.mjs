// Compiles the kernels of the engine and of the view to WebAssembly and writes them, as text, to `generated` beside
// them; does nothing when what is there belongs to the sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tileSource } from './tile-kernels.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bytes from row to row of a tile's weights: STRIDE of src/engine/kernels/tiles.as.ts. */
const WEIGHT_STRIDE = 960;

/**
 * Without assertions, since shapes are checked before a kernel runs and no message could leave it. The tables of the
 * engine's kernels begin after the threads' control block: see src/engine/wasm/control.ts.
 */
const OPTIONS =
  `--optimizeLevel 3 --noAssert --runtime stub --use abort= --importMemory --initialMemory 1
  --maximumMemory 65536`.split(/\s+/);
const KINDS = [
  {
    folder: 'engine',
    options: '--sharedMemory --memoryBase 1024 --enable simd,threads',
    isShared: true,
  },
  { folder: 'view', options: '--enable simd', isShared: false },
].map((kind) => ({ ...kind, options: [...OPTIONS, ...kind.options.split(' ')] }));

function hashOfSources({ folder, options }) {
  const hash = createHash('sha256').update(options.join(' '));
  const kernels = join(root, 'src', folder, 'kernels');
  const files = readdirSync(kernels, { recursive: true }).map(String);
  for (const file of files.filter((name) => name.endsWith('.as.ts')).sort()) {
    hash.update(file).update(readFileSync(join(kernels, file)));
  }
  const compiler = 'node_modules/assemblyscript/package.json';
  for (const file of ['scripts/build-kernels.mjs', 'scripts/tile-kernels.mjs', compiler])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function compiled({ folder, options }) {
  const { default: asc } = await import('assemblyscript/asc');
  let bytes;
  let messages = '';
  const stderr = {
    write: (text) => {
      messages += text;
      return true;
    },
  };
  const entry = `src/${folder}/kernels/entry.as.ts`;
  const { error } = await asc.main(
    [entry, '--baseDir', root, '--outFile', 'kernels.wasm', ...options],
    {
      stderr,
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') bytes = contents;
      },
    },
  );
  if (error) throw new Error(`The kernels of ${folder} do not compile.\n${messages}`);
  return bytes;
}

/** Where the flag "this imported memory is shared" lies: cleared where memory cannot be shared. */
function offsetOfSharedFlag(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  const at = text.indexOf('\x03env\x06memory\x02') + '\x03env\x06memory\x02'.length;
  const unshared = Uint8Array.from(bytes);
  unshared[at] = 1;
  if (bytes[at] !== 3 || !WebAssembly.validate(unshared))
    throw new Error('No shared memory import.');
  return at;
}

export async function buildKernels() {
  for (const kind of KINDS) await buildKind(kind);
}

async function buildKind(kind) {
  const generated = join(root, 'src', kind.folder, 'generated');
  const target = join(generated, 'kernels.ts');
  const hash = `// ${hashOfSources(kind)}\n`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(hash)) return;
  console.error(`Compiling the kernels of ${kind.folder} …`);
  mkdirSync(generated, { recursive: true });
  if (kind.isShared) writeFileSync(join(generated, 'tile.as.ts'), tileSource(WEIGHT_STRIDE));
  const bytes = await compiled(kind);
  const lines = [
    `${hash}// Written by scripts/build-kernels.mjs.`,
    ...(kind.isShared ? [`export const SHARED_FLAG_OFFSET = ${offsetOfSharedFlag(bytes)};`] : []),
    `export const KERNELS_BASE64 =\n  '${Buffer.from(bytes).toString('base64')}';`,
  ];
  writeFileSync(target, `${lines.join('\n')}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
