// How often 95 % intervals of measured numbers cover, and how often uniform sets lie in their 95 % range:
// `npm run build && node bench/measure-coverage.mjs [--repeats 150] [--only isoscore] [--write]`.
//
// Intervals: rows N(0, diag(1, 1/2, 1/3, …)) times independent lengths of a law. The target is the mean (for
// partition-isotropy exp of the mean logarithm) over 500 sets of as many rows. Ranges: uniform sets.
// --write puts the tables into docs/measures.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { unitRows } from '../dist/core/rows.js';
import { referenceEngine } from '../dist/engine/index.js';
import * as metrics from '../dist/families/metrics/index.js';
import { Random } from '../dist/index.js';
import { resolveOptions } from '../dist/method/index.js';

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '150' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});
const repeats = Number(values.repeats);
const isWanted = ({ spec }) => values.only === '' || values.only.split(',').includes(spec.id);

const LAWS = {
  'equal lengths': () => 1,
  'lengths of Student’s law, 5 degrees': (random) => student(5, random),
  'log-normal lengths, σ = 0.5': (random) => Math.exp(0.5 * random.normal()),
  'log-normal lengths, σ = 1': (random) => Math.exp(random.normal()),
  'lengths of Student’s law, 2 degrees': (random) => student(2, random),
};

/** 1/√(χ²/ν): what makes normal rows rows of Student's law. */
function student(freedom, random) {
  let sum = 0;
  for (let k = 0; k < freedom; k++) sum += random.normal() ** 2;
  return Math.sqrt(freedom / sum);
}

function rowsOf(law, n, d, random) {
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const length = LAWS[law](random);
    for (let c = 0; c < d; c++) data[i * d + c] = (length * random.normal()) / Math.sqrt(1 + c);
  }
  return { data, rows: n, cols: d };
}

function uniform(n, d, random) {
  return { data: Float64Array.from({ length: n * d }, () => random.normal()), rows: n, cols: d };
}

/** Without the simulated null of `measure`. */
async function measured(metric, raw, seed) {
  const { points, norms } = unitRows('bench', raw);
  const space = metrics.createSpace(points, referenceEngine, {}, { raw, norms, seed });
  return metric.measure(space, resolveOptions(metric.spec.id, metric.spec.options));
}

const percent = (count, of) => (of === 0 ? '–' : `${((100 * count) / of).toFixed(0)} %`);
const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;

const TARGETS = 500;
async function intervals() {
  const lines = [
    '| metric | rows | n × d | intervals given | that cover |',
    '|---|---|---|---|---|',
  ];
  for (const metric of [metrics.isoscore, metrics.partitionIsotropy].filter(isWanted)) {
    const isLog = metric === metrics.partitionIsotropy;
    for (const law of Object.keys(LAWS)) {
      for (const [n, d] of [
        [200, 6],
        [1000, 12],
      ]) {
        const random = Random.fromSeed(20_261_130).fork(law).fork(n);
        const found = [];
        for (let r = 0; r < TARGETS; r++) {
          const rows = rowsOf(law, n, d, random.fork(r));
          found.push(await measured(metric, rows, r));
        }
        const scale = isLog ? Math.log : (x) => x;
        const target = mean(found.map(({ value }) => scale(value)));
        const judged = found.slice(0, repeats).filter(({ low }) => low !== undefined);
        const covered = judged.filter(
          ({ low, high }) => scale(low) <= target && target <= scale(high),
        ).length;
        const line = [
          `\`${metric.spec.id}\``,
          law,
          `${n} × ${d}`,
          percent(judged.length, repeats),
          percent(covered, judged.length),
        ];
        lines.push(`| ${line.join(' | ')} |`);
        console.error(line.join('  '));
      }
    }
  }
  return lines;
}

const FEW = [
  [20, 3],
  [120, 12],
];
const MORE = [
  [300, 2],
  [300, 60],
];
const RANGES = [
  [metrics.projectedTest, FEW],
  [metrics.gineTest, [...FEW, ...MORE]],
];

async function ranges() {
  const lines = ['| metric | n × d | range of 95 % | uniform sets in it |', '|---|---|---|---|'];
  for (const [metric, shapes] of RANGES.filter(([metric]) => isWanted(metric))) {
    for (const [n, d] of shapes) {
      const random = Random.fromSeed(7).fork(n).fork(d);
      let inside = 0;
      let shown = '';
      for (let r = 0; r < repeats; r++) {
        const rows = uniform(n, d, random.fork(r));
        const { value, null: law } = await measured(metric, rows, r);
        if (law.low <= value && value <= law.high) inside += 1;
        shown ||= `${law.low.toFixed(2)} to ${law.high.toFixed(2)}`;
      }
      const line = [`\`${metric.spec.id}\``, `${n} × ${d}`, shown, percent(inside, repeats)];
      lines.push(`| ${line.join(' | ')} |`);
      console.error(line.join('  '));
    }
  }
  return lines;
}

const text = [...(await intervals()), '', ...(await ranges()), '', `${repeats} sets each.`].join(
  '\n',
);
console.log(text);
if (values.write) {
  const page = new URL('../docs/measures.md', import.meta.url);
  const before = readFileSync(page, 'utf8');
  const marks = /(<!-- bench\/measure-coverage\.mjs -->\n)[\s\S]*?(<!-- end -->)/;
  if (!marks.test(before)) throw new Error('docs/measures.md has no place for the tables.');
  writeFileSync(
    page,
    before.replace(marks, (_, from, to) => `${from}${text}\n${to}`),
  );
}
