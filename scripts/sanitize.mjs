// npm run sanitize: every native kernel under AddressSanitizer and UndefinedBehaviorSanitizer, then under
// ThreadSanitizer, in a program without Node (src/engine/native/driver.cc). Also holds the objects to the
// rule that no function of one instruction set can be linked into another.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile, compiler, FLAGS, INSTRUCTION_SETS, units } from './build-native.mjs';
import { root } from './setup.mjs';

const RUNS = {
  address: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'],
  thread: ['-fsanitize=thread'],
};

/** Builds the driver with the flags, linked statically where another machine's programs are emulated. */
async function driver(command, name, flags, architecture = process.arch) {
  const folder = join(root, 'build', 'sanitize', name);
  mkdirSync(folder, { recursive: true });
  const all = [
    ...units(architecture),
    { name: 'driver', source: 'src/engine/native/driver.cc', flags: [] },
  ];
  const object = (unit) => join(folder, `${unit.name}.o`);
  const common = [...FLAGS.filter((flag) => flag !== '-O3'), '-O1', '-g', ...flags];
  for (const unit of all)
    await compile(command, [...common, ...unit.flags, '-c', unit.source, '-o', object(unit)]);
  const program = join(folder, 'driver');
  await compile(command, [...flags, '-pthread', ...all.map(object), '-o', program]);
  return { program, kernels: units(architecture).filter(({ name }) => name !== 'pool'), object };
}

/** Symbols that the linker may take from any object must name the instruction set of theirs. */
function foreignSymbols({ kernels, object }) {
  return kernels.flatMap((unit) => {
    const { stdout } = spawnSync('nm', ['-C', object(unit)], { encoding: 'utf8' });
    const weak = (stdout ?? '').split('\n').filter((line) => / [WVu] /.test(line));
    return weak.filter((line) => !line.includes(`tammes::${unit.name}::`));
  });
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  return status === 0;
}

async function main() {
  const found = compiler();
  if (!found || !(process.arch in INSTRUCTION_SETS)) {
    console.error('npm run sanitize needs a C++ compiler with sanitizers.');
    return false;
  }
  const plain = await driver(found.command, 'plain', ['-O3']);
  const foreign = foreignSymbols(plain);
  for (const line of foreign) console.error(`not of one instruction set alone: ${line}`);
  let clean = foreign.length === 0 && run(plain.program, []);
  for (const [name, flags] of Object.entries(RUNS)) {
    console.log(`${name}:`);
    const { program } = await driver(found.command, name, flags);
    clean = run(program, []) && clean;
  }
  const emulator = process.env.TAMMES_EMULATOR;
  const cross = process.env.TAMMES_CROSS_CXX;
  if (emulator && cross) {
    const { program } = await driver(cross, 'arm64', ['-O3', '-static'], 'arm64');
    clean = run(emulator, [program]) && clean;
  }
  return clean;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href && !(await main())) process.exit(1);
