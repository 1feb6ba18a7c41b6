// What `tammes code` reaches, beside the best known and the proven bounds:
//   node bench/codes.mjs --help
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { code } from '../dist/apps/verbs/code.js';
import { bestCode, equiangularBasisVectors, lineCode } from '../dist/families/codes/index.js';

const HELP = `node bench/codes.mjs [options]    (after npm run build)

  --table NAME   only this one: sphere, sizes, lines or keep; may be repeated
  --quick        few and small sizes
  --write        put the tables into docs/codes.md instead of printing them`;

const { values: flags } = parseArgs({
  options: {
    table: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Sharp configurations, kissing sets, and sizes asked for most. */
const SIZES = [
  [120, 4],
  [24, 4],
  [16, 5],
  [40, 5],
  [27, 6],
  [72, 6],
  [56, 7],
  [126, 7],
  [240, 8],
  [288, 16],
  [112, 21],
  [162, 21],
  [100, 22],
  [275, 22],
  [891, 22],
  [552, 23],
  [4600, 23],
  [1000, 512],
  [1000, 1024],
  [1000, 64],
  [4224, 64],
  [20_000, 64],
  [1000, 50],
  [5000, 96],
  [50_000, 100],
];

/** The result of `work` and the processor seconds that all its threads took. */
async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}

function certificateRow({ certificate }, seconds) {
  const { n, d, minAngleDeg, bestKnownDeg, bounds, gapToBoundDeg, provenOptimal } = certificate;
  const { start, construction, bestKnownProof } = certificate;
  const below = ((bestKnownDeg ?? 0) - minAngleDeg) * (Math.PI / 180);
  const miss = bestKnownDeg === undefined ? '–' : below < 1e-10 ? 'none' : below.toExponential(1);
  const proof = provenOptimal ? 'yes, here' : bestKnownProof ? 'published' : 'no';
  return [
    n,
    d,
    minAngleDeg.toFixed(8),
    bestKnownDeg?.toFixed(8) ?? '–',
    miss,
    `${bounds[0].deg.toFixed(6)} (${bounds[0].name})`,
    gapToBoundDeg.toFixed(4),
    proof,
    seconds.toFixed(1),
    construction ?? start,
  ];
}

const CERTIFICATE_HEAD = [
  'n',
  'd',
  'angle °',
  'best known °',
  'short of it, rad',
  'bound °',
  'gap °',
  'proven',
  'CPU s',
  'from',
];

async function certified(sizes, options = {}) {
  const rows = [];
  for (const [n, d] of sizes) {
    const { result, seconds } = await timed(() => bestCode({ n, d }, options));
    rows.push(certificateRow(result, seconds));
    console.error(rows.at(-1).join('  '));
  }
  return table(CERTIFICATE_HEAD, rows);
}

function sphere() {
  const last = flags.quick ? 30 : 130;
  return certified(Array.from({ length: last - 1 }, (_, i) => [i + 2, 3]));
}

const sizes = () => certified(flags.quick ? SIZES.filter(([n, d]) => n * d < 2000) : SIZES);

/** 100 lines of R^32: the largest |cos|, by the published losses and by `line-code`. */
async function lines() {
  const [n, d] = flags.quick ? [20, 8] : [100, 32];
  const welch = Math.sqrt((n - d) / (d * (n - 1)));
  const maxSteps = flags.quick ? 2000 : 10_000;
  const runs = ['hinge', 'squared'].flatMap((loss) =>
    [1e-3, 1e-2].map((learningRate) => [
      `equiangular-basis-vectors, ${loss}, rate ${learningRate}, ${maxSteps} steps at most`,
      () =>
        equiangularBasisVectors(
          { n, d },
          { loss, learningRate, maxSteps, threshold: welch + 0.01 },
        ),
    ]),
  );
  runs.push(['line-code', () => lineCode({ n, d })]);
  const rows = [];
  for (const [name, run] of runs) {
    const { result, seconds } = await timed(run);
    const { cosine } = result;
    rows.push([name, cosine.toFixed(5), (cosine - welch).toFixed(5), seconds.toFixed(1)]);
    console.error(rows.at(-1).join('  '));
  }
  const text = `${n} lines in ${d} dimensions; Welch’s bound is ${welch.toFixed(5)}.\n\n`;
  return text + table(['method', 'largest \\|cos\\|', 'above Welch', 'CPU s'], rows);
}

/** Ten classes more than 100, by three ways: start anew, keep the old, or have planned for them. */
async function keep() {
  const [before, more] = flags.quick ? [20, 2] : [100, 10];
  const search = flags.quick ? { chains: 1, patience: 5 } : { chains: 2 };
  const rows = [];
  for (const dim of flags.quick ? [3, 8] : [3, 16, 32, 64]) {
    const old = await code({ count: before, dim, ...search });
    const kept = await code({ count: before + more, dim, keep: old.points, ...search });
    const planned = await code({ count: before, dim, reserve: more, ...search });
    rows.push(
      [
        dim,
        old.report.minAngleDeg,
        kept.report.keep.freshMinAngleDeg,
        kept.report.minAngleDeg,
        kept.report.keep.lossDeg,
        planned.report.reserve.usedMinAngleDeg,
        planned.report.minAngleDeg,
        kept.report.keep.freshMinAngleDeg - planned.report.minAngleDeg,
      ].map((value, k) => (k === 0 ? value : value.toFixed(3))),
    );
    console.error(rows.at(-1).join('  '));
  }
  const all = before + more;
  const head = ['d', `${before} alone`, `${all} fresh`, `${before} kept, ${more} added`, 'loss'];
  head.push(`${before} of a planned ${all}`, `the planned ${all}`, 'loss when planned');
  return table(head, rows);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const tables = { sphere, sizes, lines, keep };

async function main() {
  if (flags.help) return console.log(HELP);
  for (const name of flags.table ?? Object.keys(tables)) {
    const text = await tables[name]();
    if (!flags.write) console.log(`\n## ${name}\n\n${text}`);
    else writeTable(name, text);
  }
}

/** Replaces what stands between the marks of this table in docs/codes.md. */
function writeTable(name, text) {
  const page = new URL('../docs/codes.md', import.meta.url);
  const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const before = readFileSync(page, 'utf8');
  const [a, b] = [before.indexOf(start) + start.length, before.indexOf(end)];
  writeFileSync(page, `${before.slice(0, a)}\n${text}\n${before.slice(b)}`);
}

await main();
