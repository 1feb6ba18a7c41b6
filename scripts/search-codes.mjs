// Searches codes on the sphere in 3 dimensions offline and writes coarse starts for them to
// src/families/codes/stored/generated/sphere-starts.ts, from which `tammes code` polishes at run time:
//
//   node scripts/search-codes.mjs --from 4 --to 130 --seconds 60 [--seed 0] [--threads 1] [--patience 80]
//     [--symmetry 0.4] [--neighbors] [--groups] [--open]
//
// --symmetry: share of the chains that begin from symmetric points; --neighbors: begin from the stored
// codes of n − 1 and n + 1 points instead, one point added or removed; --groups: hop among the codes that
// a finite group keeps, and let the best go; --open: leave out sizes whose
// stored start reaches the published angle. A start is replaced only by one that settles at a larger
// angle. Coordinates come from this search alone; published angles are for comparison.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { root } from './setup.mjs';

const target = join(root, 'src/families/codes/stored/generated/sphere-starts.ts');
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '4' },
    to: { type: 'string', default: '130' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1' },
    patience: { type: 'string', default: '80' },
    symmetry: { type: 'string', default: '0.4' },
    neighbors: { type: 'boolean', default: false },
    groups: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
  },
});
const [from, to, seconds, seed, threads, patience, symmetry] = [
  'from',
  'to',
  'seconds',
  'seed',
  'threads',
  'patience',
  'symmetry',
].map((name) => Number(values[name]));

await build();
const { solveNear, solvePacking } = await import('../dist/families/codes/solver/solve.js');
const { finished } = await import('../dist/families/codes/solver/finish.js');
const { BasinHopping } = await import('../dist/families/codes/solver/basin-hopping.js');
const { Random } = await import('../dist/core/random.js');
const { Watch } = await import('../dist/families/codes/solver/watch.js');
const { bestKnown, coarsePoints, coarseText } = await import(
  '../dist/families/codes/stored/index.js'
);

const { fromGroups } = await import('./search-groups.mjs');

const radians = (chord) => 2 * Math.asin(chord / 2);
const settled = (text, n) => solveNear({ n, d: 3 }, coarsePoints(text, n), new Watch());

function storedStarts() {
  const lines = readFileSync(target, 'utf8').matchAll(/^ {2}(\d+): '([^']+)',$/gm);
  return new Map(Array.from(lines, ([, n, text]) => [Number(n), text]));
}

function write(starts) {
  const rows = [...starts].sort(([a], [b]) => a - b).map(([n, text]) => `  ${n}: '${text}',`);
  const text = `// Written by scripts/search-codes.mjs; coarse starts, see ../coarse.ts.
export const SPHERE_STARTS: Readonly<Record<number, string>> = {
${rows.join('\n')}
};
`;
  writeFileSync(target, text);
}

/** As few digits as settle at the same angle again. */
async function coarsest(points, n, chord) {
  for (const digits of [2, 3, 4]) {
    const text = coarseText(points, digits);
    const { chord: again } = await settled(text, n);
    if (again > chord - 1e-12) return { text, chord: again, digits };
  }
  return undefined;
}

/** `x` without one random row, or with one more in the widest of many sampled gaps. */
function neighbor(x, more, random) {
  if (!more) {
    const out = 3 * random.integer(x.length / 3);
    return Float64Array.from([...x.subarray(0, out), ...x.subarray(out + 3)]);
  }
  let widest = { cosine: 2, at: [] };
  for (let sample = 0; sample < x.length; sample++) {
    const at = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(...at);
    let cosine = -1;
    for (let j = 0; j < x.length; j += 3) {
      cosine = Math.max(cosine, (at[0] * x[j] + at[1] * x[j + 1] + at[2] * x[j + 2]) / length);
    }
    if (cosine < widest.cosine) widest = { cosine, at: at.map((c) => c / length) };
  }
  return Float64Array.from([...x, ...widest.at]);
}

/** The best of chains that begin next to the codes of one point more and one less. */
async function fromNeighbors(n) {
  const random = Random.fromSeed(seed).fork(n);
  const sources = [];
  for (const m of [n - 1, n + 1]) {
    const text = storedStarts().get(m);
    if (text) sources.push((await settled(text, m)).points);
  }
  const watch = Watch.until(performance.now() + 1000 * seconds);
  let best = { chord: 0 };
  while (sources.length > 0 && !watch.timeIsUp()) {
    const x = sources[random.integer(sources.length)];
    const search = await BasinHopping.create({ n, d: 3 }, random, watch);
    const packing = await search.chainFrom(neighbor(x, x.length < 3 * n, random), patience);
    const found = await finished({ n, d: 3 }, packing, watch);
    if (found.chord > best.chord) best = found;
  }
  return best;
}

for (let n = from; n <= to; n++) {
  const known = storedStarts().get(n);
  const before = known ? (await settled(known, n)).chord : 0;
  const table = bestKnown(n, 3);
  if (values.open && table && radians(before) > (table.deg * Math.PI) / 180 - 1e-9) continue;
  const options = { seed, chains: Infinity, patience, seconds, threads, symmetry };
  const watch = Watch.until(performance.now() + 1000 * seconds);
  const found = values.groups
    ? await fromGroups(n, before, Random.fromSeed(seed).fork(n), watch)
    : values.neighbors
      ? await fromNeighbors(n)
      : await solvePacking({ n, d: 3 }, options);
  let note = 'kept';
  let chord = before;
  if (found.chord > before + 1e-12) {
    const start = await coarsest(found.points, n, found.chord);
    note = start ? `stored with ${start.digits} digits` : 'does not settle again';
    if (start) {
      chord = start.chord;
      // Read again: another run may have written meanwhile.
      write(storedStarts().set(n, start.text));
    }
  }
  const angle = radians(chord);
  const gain = table ? (angle - (table.deg * Math.PI) / 180).toExponential(1) : 'no table';
  console.log(
    `${n}: ${((angle * 180) / Math.PI).toFixed(10)}°, ${gain} rad over the table, ${note} (before ${(angle - radians(before)).toExponential(1)})`,
  );
}
