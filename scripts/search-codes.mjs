// Searches codes on the sphere in 3 dimensions offline and writes coarse starts for them to
// src/codes/shared/stored/generated/sphere-starts.ts, from which `tammes code` polishes at run time:
//
//   node scripts/search-codes.mjs --from 4 --to 130 --seconds 60 [--seed 0] [--threads 1] [--patience 80]
//
// A start is replaced only by one that settles at a larger angle. Coordinates come from this search
// alone; published angles are printed beside for comparison.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { root } from './setup.mjs';

const target = join(root, 'src/codes/shared/stored/generated/sphere-starts.ts');
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '4' },
    to: { type: 'string', default: '130' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1' },
    patience: { type: 'string', default: '80' },
  },
});
const [from, to, seconds, seed, threads, patience] = [
  'from',
  'to',
  'seconds',
  'seed',
  'threads',
  'patience',
].map((name) => Number(values[name]));

await build();
const { solveNear, solvePacking } = await import('../dist/codes/shared/solver/solve.js');
const { Watch } = await import('../dist/codes/shared/solver/watch.js');
const { bestKnown, coarsePoints, coarseText } = await import(
  '../dist/codes/shared/stored/index.js'
);

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

for (let n = from; n <= to; n++) {
  const known = storedStarts().get(n);
  const before = known ? (await settled(known, n)).chord : 0;
  const options = { seed, chains: Infinity, patience, seconds, threads };
  const found = await solvePacking({ n, d: 3 }, options);
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
  const published = bestKnown(n, 3);
  const gain = published ? (angle - (published.deg * Math.PI) / 180).toExponential(1) : 'no table';
  console.log(
    `${n}: ${((angle * 180) / Math.PI).toFixed(10)}°, ${gain} rad over the table, ${note} (before ${(angle - radians(before)).toExponential(1)})`,
  );
}
