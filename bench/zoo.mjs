// Known answers: `npm run build && node bench/zoo.mjs [--repeats 200] [--only WORD] [--out docs/measures-zoo.md]`.
//
// Each file of bench/zoo/ but spaces.mjs exports `cases`: planted spaces, the metrics to take of them and
// what these should say: `truth` within `tolerance`, or else what `stated` reads from a warning result.
// A metric's 95 % interval should hold its target in at least 90 % of the repeats.
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parity } from '../dist/apps/parity/index.js';
import { Random } from '../dist/core/random.js';
import { unitRows } from '../dist/core/rows.js';
import { defaultEngine } from '../dist/engine/index.js';
import * as comparisons from '../dist/families/comparisons/index.js';
import * as metrics from '../dist/families/metrics/index.js';
import { resolveOptions } from '../dist/method/options.js';

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
  },
});
const repeats = Number(values.repeats);
/** The least share of intervals that hold their target. */
const WANTED = 0.9;
const methodsOf = (module) =>
  new Map(
    Object.values(module)
      .filter((value) => typeof value === 'function' && 'spec' in value)
      .map((method) => [method.spec.id, method]),
  );
const byId = methodsOf(metrics);
const comparisonById = methodsOf(comparisons);

async function casesOf() {
  const files = readdirSync(new URL('./zoo/', import.meta.url)).filter(
    (name) => name !== 'spaces.mjs',
  );
  const modules = await Promise.all(files.toSorted().map((name) => import(`./zoo/${name}`)));
  return modules
    .flatMap(({ cases }) => cases)
    .filter(({ space, metrics: wanted }) =>
      `${space} ${wanted.map(({ id }) => id).join(' ')}`.includes(values.only),
    );
}

/**
 * What each entry says over the repeats: of a set of rows, or of a pair of sets. A case's `seed` holds fast
 * what the metrics draw themselves, where an interval is for the same random directions.
 */
async function taken({ draw, metrics: wanted, seed, facts = () => ({}) }) {
  const found = wanted.map(() => []);
  let engine;
  for (let r = 0; r < repeats; r++) {
    const drawn = draw(Random.fromSeed(r).fork('zoo'));
    engine ??= await defaultEngine(drawn.a ?? drawn);
    const measure = drawn.a
      ? pairMeasure(drawn, engine, seed ?? r)
      : await setMeasure(drawn, engine, seed ?? r, facts);
    for (const [w, entry] of wanted.entries()) found[w].push(await measure(entry));
  }
  await engine?.dispose();
  return found;
}

/** Entries of a set of rows: a metric's result, or what `read` makes of it. */
async function setMeasure(raw, engine, seed, facts) {
  const { points, norms } = unitRows('zoo', raw);
  const space = metrics.createSpace(points, engine, {}, { raw, norms, seed, ...facts(raw, seed) });
  await space.nearest(Math.min(raw.rows - 1, 100));
  return async ({ id, options, read = (measured) => measured }) => {
    const metric = byId.get(id);
    return read(await metric.measure(space, resolveOptions(id, metric.spec.options, options)));
  };
}

/** Entries of a pair of sets: a comparison's result, or whether parity names the fault. */
function pairMeasure({ a, b }, engine, seed) {
  return async ({ id, options, verdict }) => {
    if (!verdict) return comparisonById.get(id)({ a, b }, options, { seed, engine });
    const found = await parity(a, b, engine, { seed });
    return { value: found.verdict === verdict ? 1 : 0 };
  };
}

const digits = (x) => (Number.isFinite(x) ? Number(x.toPrecision(4)).toString() : '—');
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const deviation = (list) => {
  const middle = mean(list);
  return Math.sqrt(mean(list.map((x) => (x - middle) ** 2)) * (list.length / (list.length - 1)));
};
const median = (list) => {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[(list.length - 1) >> 1] + sorted[list.length >> 1]) / 2;
};

/** The share of the intervals that hold the middle of the estimator's law, and their half width over 1.96 sd. */
function intervalsOf(measured) {
  if (measured.some(({ low }) => low === undefined)) return { coverage: NaN, width: NaN };
  const numbers = measured.map(({ value }) => value);
  // A count is seldom its own mean: an interval of [0, 0] holds what 97 of 100 draws read.
  const target = numbers.every(Number.isInteger) ? median(numbers) : mean(numbers);
  // An interval holds its target where rounding alone parts them.
  const slack = 1e-9 * Math.max(1, Math.abs(target));
  const held = measured.filter(({ low, high }) => low <= target + slack && target - slack <= high);
  const half = mean(measured.map(({ low, high }) => (high - low) / 2));
  return { coverage: held.length / measured.length, width: half / (1.96 * deviation(numbers)) };
}

function line({ id, truth, tolerance, stated }, measured) {
  const numbers = measured.map(({ value }) => value);
  const off = (x) => Math.abs(x - truth) / Math.max(1, Math.abs(truth));
  const { coverage, width } = intervalsOf(measured);
  const misread = truth !== undefined && !(off(mean(numbers)) <= tolerance);
  const warned = measured.filter(({ warnings = [] }) => warnings.length > 0);
  // What the warnings say that the value is: taken for an answer only where nearly all draws warn.
  const said =
    misread && stated && warned.length >= WANTED * measured.length ? mean(warned.map(stated)) : NaN;
  const missed = [
    ...(misread && !(off(said) <= tolerance) ? ['value'] : []),
    ...(coverage < WANTED ? ['coverage'] : []),
  ];
  const verdict =
    missed.length > 0
      ? `misses: ${missed.join(', ')}`
      : misread
        ? `warns, and says ${digits(said)}`
        : 'holds';
  const cells = [
    `\`${id}\``,
    truth === undefined ? '' : digits(truth),
    tolerance === undefined ? '' : `${digits(100 * tolerance)} %`,
    digits(mean(numbers)),
    digits(deviation(numbers)),
    Number.isNaN(coverage) ? '' : `${(100 * coverage).toFixed(1)} %`,
    Number.isFinite(width) ? width.toFixed(1) : '',
    verdict,
  ];
  return { missed: missed.length > 0, text: `| ${cells.join(' | ')} |` };
}

const out = [];
let [lines, missed] = [0, 0];
for (const planted of await casesOf()) {
  const started = performance.now();
  const found = await taken(planted);
  const rows = planted.metrics.map((wanted, w) => line(wanted, found[w]));
  lines += rows.length;
  missed += rows.filter((row) => row.missed).length;
  out.push(
    `## ${planted.space}`,
    '',
    '| metric | truth | tolerance | mean | sd | coverage | width | |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(({ text }) => text),
    '',
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const failed = rows.filter((row) => row.missed).length;
  console.error(`${planted.space}: ${failed} of ${rows.length} miss, ${seconds} s`);
}
const text = `<!-- Generated by \`npm run build && node bench/zoo.mjs --repeats ${repeats} --out docs/measures-zoo.md\`. -->
# Known answers

Planted spaces, ${repeats} draws of each. *Truth* is a closed form, and *mean* is to be within *tolerance* of it
(relative; absolute below 1), or else the metric's own warning is to say a value that is. *Coverage* is the share of
draws whose 95 % interval holds what the estimator says of such spaces on average: the mean over the draws, or their
median where the metric is a count (a count of 0 in 97 of 100 draws has the interval [0, 0] and the mean 0.03). At
least 90 % is wanted. *Width* is the mean half width of the intervals over 1.96 standard deviations of the values: 1 is
exact, more is careful. ${lines - missed} of ${lines} lines hold.

${out.join('\n')}`;
if (values.out) writeFileSync(values.out, `${text.trimEnd()}\n`);
else console.log(text);
