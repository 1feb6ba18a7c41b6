// `tammes explain` and `measure curate` on 100,000 × 384 float32: by the clock, of the processor, in memory, beside
// scikit-learn in the same run where a Python has it:
//
//   npm run build && node bench/explain.mjs [--rows 100000] [--columns 384] [--only axis,erase] [--python python3]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeTable } from './explain/table.mjs';

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    columns: { type: 'string', default: '384' },
    only: { type: 'string', default: '' },
    python: { type: 'string', default: process.env.TAMMES_PEER_PYTHON ?? 'python3' },
  },
});
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tammes-explain-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const { vectors, facts, names, phrases, meanings, probabilities, tree } = await writeTable(
  folder,
  Number(flags.rows),
  Number(flags.columns),
);

const axis = join(folder, 'axis.safetensors');
const filtered = join(folder, 'filtered.npy');
const watch = join(folder, 'monitor.safetensors');
const zeroShot = `explain zeroshot --classes topic --vectors ${meanings}`;
/** In the order in which they run: sort takes the axis of the first, a check the monitor of the fit. */
const commands = [
  ['axis --scores', 'explain axis --scores score -o', axis],
  ['axis --method lda', 'explain axis --classes topic --method lda'],
  ['axis --classes', 'explain axis --classes topic'],
  ['sort', 'explain sort', axis],
  ['factor', 'explain factor --factors thing,form'],
  ['dictionary', 'explain dictionary'],
  ['erase', 'explain erase --classes topic -o', filtered],
  ['erase --method inlp', 'explain erase --classes topic --method inlp -o', filtered],
  ['erase --method coordinates', 'explain erase --classes topic --method coordinates -o', filtered],
  ['guard', 'explain guard --document prompt --concepts', phrases],
  ['concepts', 'explain concepts --classes topic --names', names],
  ['why', 'explain why --classes topic --row 17'],
  ['why --loss logistic', 'explain why --classes topic --row 17 --loss logistic'],
  ['curate', 'measure curate --losses score --sources topic --share 0.2'],
  ['rules', 'explain rules --classes topic'],
  ['prototypes', 'explain prototypes --classes topic'],
  ['prototypes --distance diffusion', 'explain prototypes --classes topic --distance diffusion'],
  ['boxes', 'explain boxes --classes topic'],
  ['zeroshot --method conse', `${zeroShot} --method conse`],
  ['zeroshot', zeroShot],
  ['monitor fit', 'explain monitor fit --classes form -o', watch],
  ['monitor check', 'explain monitor check', watch],
  ['pair', 'explain pair --document prompt --a p0 --b p7'],
  // Of 200 states all rows as tokens, of 100,000 rows of probabilities: these have tables of their own.
  ['lens', `explain lens --quiet --json ${names} --unembed`, vectors],
  ['predict', `explain predict --json ${probabilities} --classes truth --metric`, tree],
];
/** Those that read no more than their own files. */
const alone = new Set(['lens', 'predict']);

/** Seconds and MB of one process. */
function timed(file, args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const clock = (performance.now() - start) / 1000;
  const used = /^usage (.*)$/m.exec(stderr)?.[1];
  if (status !== 0 || !used) throw new Error(`${args.join(' ')}: ${stderr}`);
  return { clock, ...JSON.parse(used) };
}

const row = (name, { clock, processor, memory }) =>
  `| ${name} | ${processor.toFixed(1)} | ${clock.toFixed(1)} | ${Math.round(memory)} |`;

console.log(`load before: ${loadavg()[0].toFixed(1)}\n`);
console.log('| command | processor, s | clock, s | memory, MB |\n| --- | --- | --- | --- |');
const only = flags.only.split(',');
for (const [name, words, last] of commands) {
  if (!only.some((part) => name.includes(part))) continue;
  const label = ['guard', 'pair'].includes(name) ? '--label-column' : '--label';
  const own = [...words.split(' '), ...(last ? [last] : [])];
  const table = alone.has(name)
    ? []
    : [vectors, '--metadata', facts, label, 'id', '--json', '--quiet'];
  const usage = ['--import', new URL('./explain/usage.mjs', import.meta.url).href];
  console.log(
    row(name, timed(process.execPath, [...usage, at('../bin/tammes.js'), ...own, ...table])),
  );
}

const peer = ['-c', 'import sklearn'];
if (spawnSync(flags.python, peer).status !== 0)
  console.log('\nscikit-learn: not there, nothing compared.');
else
  for (const model of ['ridge', 'lda', 'logistic'])
    console.log(
      row(
        `scikit-learn ${model}`,
        timed(flags.python, [at('./explain/peer.py'), model, vectors, facts]),
      ),
    );
console.log(`\nload after: ${loadavg()[0].toFixed(1)}`);
