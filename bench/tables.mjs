// Trained tables of ids in fewer bytes: area under ROC, bytes, time to look up and to train, of every table of the
// family and every budget, on the same clicks.
//
//   npm run build && node bench/tables.mjs [--data package-dependencies] [--examples 40000] [--epochs 3] [--dim 16]
//     [--budgets 1,0.5,0.25,0.1,0.05] [--only hash,robe] [--interactions fm] [--seeds 1] [--write]
//
// Examples are split, trained and judged alike; only the table differs. A budget that a kind of table cannot go
// down to has no line. Times are those of processors.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { clicks } from '../dist/families/learners/index.js';
import * as tables from '../dist/families/tables/index.js';
import { methodsOf } from '../dist/method/family.js';
import { clicks as loadClicks } from '../dist/studies/support/clicks.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'package-dependencies' },
    examples: { type: 'string', default: '40000' },
    epochs: { type: 'string', default: '3' },
    dim: { type: 'string', default: '16' },
    budgets: { type: 'string', default: '1,0.5,0.25,0.1,0.05' },
    only: { type: 'string', default: '' },
    interactions: { type: 'string', default: 'fm' },
    seeds: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const budgets = values.budgets.split(',').map(Number);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const [count, epochs, dim] = [values.examples, values.epochs, values.dim].map(Number);
const LOOKUPS = 1000;
const REPEATS = 15;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

async function examplesOf(name) {
  const folder = async () => new URL(`../study-data/${name}/`, import.meta.url);
  const { fields, labels } = await loadClicks(name, { data: { folder }, quick: false });
  return {
    fields: fields.map((field) => ({
      name: field.name,
      values: Array.from(field.ids.subarray(0, count), (id) => field.values[id]),
    })),
    classes: Array.from(labels.subarray(0, count), String),
  };
}

/** Milliseconds of processors for the vectors of 1,000 ids of the longest field. */
async function lookupTime(table) {
  const { size, name } = table.fields.reduce((a, b) => (b.size > a.size ? b : a));
  const ids = Int32Array.from({ length: LOOKUPS }, (_, i) => (i * 7919) % size);
  const times = [];
  for (let i = 0; i < REPEATS; i++) {
    const start = process.cpuUsage();
    await table.vectors(name, ids);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return median(times);
}

/** One training; undefined where the kind has no table of so few bytes. */
async function trained(method, examples, budget, seed) {
  let made;
  const table = async (input, shared, run) => {
    made = await method(input, { ...shared }, run);
    return made;
  };
  const options = { dim, interactions: values.interactions, budget, seed, epochs };
  const training = { heldOut: 0.2, batch: 256, learningRate: 0.01 };
  const start = process.cpuUsage();
  try {
    const { report } = await clicks(examples, { ...options, ...training }, { table });
    const { user, system } = process.cpuUsage(start);
    const { auc, logLoss, tableBytes, tableShare } = report;
    const seconds = (user + system) / 1e6;
    return { auc, logLoss, tableBytes, tableShare, seconds, lookup: await lookupTime(made) };
  } catch (error) {
    if (/option "budget"/.test(error.message)) return undefined;
    throw error;
  }
}

/** A line for a table and a budget: means of the seeds. */
async function measured(method, examples, budget) {
  const runs = [];
  for (const seed of seeds) {
    const run = await trained(method, examples, budget, seed);
    if (!run) return undefined;
    runs.push(run);
  }
  const of = (key) => mean(runs.map((run) => run[key]));
  const keys = ['auc', 'logLoss', 'tableBytes', 'tableShare', 'seconds', 'lookup'];
  return {
    id: method.spec.id,
    budget,
    ...Object.fromEntries(keys.map((key) => [key, of(key)])),
  };
}

const percent = (share) => `${Number((100 * share).toFixed(1))} %`;
const numberOf = (value) => Math.round(value).toLocaleString('en-US');

function tableOf(rows) {
  const lines = rows.map(
    (row) =>
      `| ${row.id} | ${percent(row.budget)} | ${row.auc.toFixed(4)} | ${row.logLoss.toFixed(4)} | ${numberOf(row.tableBytes)} | ${percent(row.tableShare)} | ${row.lookup.toFixed(2)} | ${row.seconds.toFixed(1)} |`,
  );
  return [
    '| table | budget | area under ROC | log loss | bytes | of the full one | 1,000 ids, ms | training, s |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}

function page(rows, load) {
  const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, a load of ${load}`;
  const command = ['node bench/tables.mjs', ...process.argv.slice(2)].join(' ');
  const seedsInWords = seeds.length === 1 ? 'One seed' : `Means of ${seeds.length} seeds`;
  return `# Trained tables

What vectors of ids cost in fewer bytes: a click model over every table of the family, at the same budgets.

\`\`\`
npm run build && ${command}
\`\`\`

${numberOf(count)} examples of ${values.data}, a fifth of them held out, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} of batches of 256, ${dim} columns, model \`${values.interactions}\`.
${seedsInWords}; [the study](../studies/learnable-vector-storage-compression.md) has five, with intervals. Bytes are those of the arrays that
are stored. Fields of at most 200 ids keep a row for each, within the budget. A budget without a line is below the smallest table of
the kind. Times are those of processors: of the vectors of 1,000 ids (median of ${REPEATS}), and of the whole training with all its
lookups. ${machine}.

${tableOf(rows)}
`;
}

async function main() {
  const examples = await examplesOf(values.data);
  const only = values.only.split(',').filter(Boolean);
  const rows = [];
  const started = performance.now();
  for (const method of methodsOf(tables)) {
    if (only.length > 0 && !only.includes(method.spec.id)) continue;
    for (const budget of budgets) {
      const row = await measured(method, examples, budget);
      if (!row) continue;
      rows.push(row);
      console.log(tableOf([row]).split('\n').at(-1));
    }
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  if (!values.write) return;
  const target = new URL('../docs/performance/tables.md', import.meta.url);
  writeFileSync(target, page(rows, loadavg()[0].toFixed(0)));
}

await main();
