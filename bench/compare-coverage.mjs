// How often 95 % intervals cover, and how often p-values are small for unrelated rows:
// `npm run build && node bench/compare-coverage.mjs [--repeats 200] [--n 200] [--write]`.
//
// Two spaces with a signal in common are drawn again and again. The target of a number is its mean over
// the repeats: what rows of this law and number have on average, bias included. --write puts the table
// into docs/compare.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { referenceEngine } from '../dist/engine/index.js';
import * as comparisons from '../dist/families/comparisons/index.js';
import { Random } from '../dist/index.js';

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '200' },
    n: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});
const repeats = Number(values.repeats);
const n = Number(values.n);
const [dA, dB, signals] = [6, 5, 3];

function mixing(rows, cols, random) {
  return Float64Array.from({ length: rows * cols }, () => random.normal());
}

const mixA = mixing(signals, dA, Random.fromSeed(901));
const mixB = mixing(signals, dB, Random.fromSeed(902));

/** n rows: signals seen through a mixing matrix, with noise. */
function space(shared, mix, d, random) {
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      let x = random.normal() + 0.3;
      for (let s = 0; s < signals; s++) x += shared[i * signals + s] * mix[s * d + c];
      data[i * d + c] = x;
    }
  }
  return { data, rows: n, cols: d };
}

function draw(seed, related, sameColumns) {
  const random = Random.fromSeed(seed).fork(related ? 'related' : 'unrelated');
  const signal = () => Float64Array.from({ length: n * signals }, () => random.normal());
  const first = signal();
  const a = space(first, mixA, sameColumns ? dB : dA, random);
  return { a, b: space(related ? first : signal(), mixB, dB, random) };
}

const methods = Object.values(comparisons).filter((m) => typeof m === 'function' && 'spec' in m);
const rows = [];
for (const method of methods) {
  const { id } = method.spec;
  if (values.only && !values.only.split(',').includes(id)) continue;
  const same = method.meaning.columns === 'same';
  const found = [];
  const chance = [];
  for (let r = 0; r < repeats; r++) {
    const run = { engine: referenceEngine, seed: r };
    found.push(await method(draw(r, true, same), {}, run));
    chance.push(await method(draw(r, false, same), {}, run));
  }
  const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
  const target = mean(found.map(({ value }) => value));
  const covered = found.filter(({ low, high }) => low <= target && target <= high).length;
  const small = chance.filter(({ null: expected }) => expected?.pValue <= 0.05).length;
  const hasP = chance.some(({ null: expected }) => expected?.pValue !== undefined);
  const paired = method.meaning.rows === 'paired';
  rows.push({
    id,
    target: target.toFixed(3),
    coverage: `${((100 * covered) / repeats).toFixed(1)} %`,
    unrelated: paired ? mean(chance.map(({ value }) => value)).toFixed(3) : '–',
    stated: paired ? mean(chance.map((c) => c.null.value)).toFixed(3) : '–',
    rejected: hasP && paired ? `${((100 * small) / repeats).toFixed(1)} %` : '–',
  });
  console.error(Object.values(rows.at(-1)).join('  '));
}
const lines = [
  `| comparison | target | 95 % intervals that cover it | unrelated rows have | null states | p ≤ 0.05 among unrelated |`,
  '|---|---|---|---|---|---|',
  ...rows.map((row) => `| \`${row.id}\` | ${Object.values(row).slice(1).join(' | ')} |`),
  '',
  `${repeats} repeats, n = ${n}, dA = ${dA} (${dB} where columns must be equal), dB = ${dB}.`,
];
const text = lines.join('\n');
console.log(text);
if (values.write) {
  const page = new URL('../docs/compare.md', import.meta.url);
  const before = readFileSync(page, 'utf8');
  const marks = /(<!-- bench\/compare-coverage\.mjs -->\n)[\s\S]*?(<!-- end -->)/;
  if (!marks.test(before)) throw new Error('docs/compare.md has no place for the table.');
  writeFileSync(
    page,
    before.replace(marks, (_, from, to) => `${from}${text}\n${to}`),
  );
}
