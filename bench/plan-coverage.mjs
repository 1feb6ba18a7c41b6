// Whether compression keeps what its plan promised: for many seeds, the recall of fresh queries beside the interval.
// node bench/plan-coverage.mjs --help

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { codecById, codeRecall } from '../dist/apps/verbs/compress.js';
import { compressAsPlanned, planCompression } from '../dist/apps/verbs/compress-plan.js';
import { chooseEngine } from '../dist/engine/index.js';
import { loadGlove, loadPackageDescriptions } from '../dist/io/datasets/index.js';
import { loadRequests } from '../dist/studies/support/requests.js';

const HELP = `npm run build && node bench/plan-coverage.mjs [options]

  --sets A,B      of glove, package-descriptions, requests; default: all
  --plans N       plans a set and target, each with a seed of its own; default: 20
  --recalls R,S   targets; default: 0.8,0.95
  --write         write docs/performance/plan-coverage.md`;

const { values: flags } = parseArgs({
  options: {
    sets: { type: 'string', default: 'glove,package-descriptions,requests' },
    plans: { type: 'string', default: '20' },
    recalls: { type: 'string', default: '0.8,0.95' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const SETS = {
  glove: async () => (await loadGlove()).points,
  'package-descriptions': async () => (await loadPackageDescriptions()).points,
  requests: async () => (await loadRequests(STUDY_DATA)).inScope.train.vectors,
};

const STUDY_DATA = {
  folder: async (name) => new URL(`../study-data/${name}/`, import.meta.url),
  full: async () => undefined,
};

/** Queries of the corpus that judge a plan: so many that their mean is nearly the corpus's. */
const FRESH = 3000;

async function judged(points, recall, seed, engine) {
  const began = performance.now();
  const plan = await planCompression(points, { target: { recall }, seed, engine });
  const seconds = (performance.now() - began) / 1000;
  const { chosen } = plan;
  if (!chosen) return { seconds };
  const { codes, model } = await compressAsPlanned(points, chosen, { engine });
  const ready = await codecById(chosen.codec).ready(model);
  const { value } = await codeRecall(points, ready, codes, {
    engine,
    queries: FRESH,
    seed: 1000 + seed,
  });
  const { low, high } = chosen.recallAt10;
  return { seconds, chosen, value, isCovered: low <= value && value <= high };
}

async function main() {
  if (flags.help) return console.log(HELP);
  const engine = await chooseEngine('auto', { threads: cpus().length });
  const lines = [];
  for (const name of flags.sets.split(',')) {
    const points = await SETS[name]();
    for (const recall of flags.recalls.split(',').map(Number)) {
      const found = [];
      for (let seed = 1; seed <= Number(flags.plans); seed++)
        found.push(await judged(points, recall, seed, engine));
      const chosen = found.filter((own) => own.chosen);
      const bytes = chosen.map((own) => own.chosen.bytesPerVector);
      const line = {
        set: `${name}, ${points.rows} × ${points.cols}`,
        target: recall,
        plans: chosen.length,
        covered: chosen.filter((own) => own.isCovered).length,
        reached: chosen.filter((own) => own.value >= recall).length,
        bytes: `${Math.min(...bytes)} to ${Math.max(...bytes)}`,
        codecs: [...new Set(chosen.map((own) => own.chosen.codec))].join(', '),
        seconds: found.reduce((sum, own) => sum + own.seconds, 0) / found.length,
      };
      lines.push(line);
      console.log(JSON.stringify(line));
    }
  }
  await engine.dispose();
  if (!flags.write) return;
  const url = new URL('../docs/performance/plan-coverage.md', import.meta.url);
  const command = ['node bench/plan-coverage.mjs', ...process.argv.slice(2)].join(' ');
  writeFileSync(url, page(lines, command));
}

function page(lines, command) {
  const rows = lines.map(
    ({ set, target, plans, covered, reached, bytes, codecs, seconds }) =>
      `| ${set} | ${target} | ${covered} of ${plans} | ${reached} of ${plans} | ${bytes} | ${codecs} | ${seconds.toFixed(1)} |`,
  );
  return `# Whether a plan keeps its promise

\`\`\`
npm run build
${command}
\`\`\`

\`tammes compress plan\` with a seed of its own each time; then all rows are coded as it chose, and ${FRESH} rows, each without
itself, are asked for their ten nearest. *Covered*: their recall lies in the 95 % interval that was promised from half of
500 queries. *Reached*: it is at least the target.

| rows | target | covered | reached | bytes a vector | chosen | seconds a plan |
|---|---|---|---|---|---|---|
${rows.join('\n')}

${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}.
`;
}

await main();
