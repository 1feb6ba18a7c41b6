import { type Floats, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import { meanOf, sumOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';
import { cosinesOf } from './values.ts';

/** Columns may be as far from their partner, in column lengths. */
const NEAR = 0.02;

/** Every column of B is a column of A, at another place. */
export async function permutedColumns({ a, b, engine, work }: ParityInput): Promise<Finding> {
  const [columnsA, columnsB] = [a, b].map((m) =>
    transposed<Floats>(engine.name === 'reference' ? m : toFloat32(m)),
  );
  const { indices, distances } = await engine.assign(columnsB, columnsA, work);
  const m = a.rows;
  let [found, stayed] = [0, 0];
  for (let c = 0; c < b.cols; c++) {
    const near = NEAR * Math.max(lengthOf(columnsB, c), 1e-30);
    if (distances[c] <= near) found++;
    if (c < a.cols && distanceOf(columnsA, c, columnsB, c, m) <= near) stayed++;
  }
  const all = atLeast(
    'columns-found',
    found / b.cols,
    0.98,
    'share of B’s columns that are columns of A',
  );
  const moved = atMost(
    'columns-in-place',
    stayed / b.cols,
    0.9,
    'share of B’s columns that stand where they do in A',
  );
  if (!all.holds || !moved.holds) return { evidence: [all, moved] };
  const first = indices.findIndex((column, c) => column !== c);
  return {
    evidence: [all, moved],
    verdict: a.cols === b.cols ? 'permuted-columns' : 'truncated',
    sentence:
      a.cols === b.cols
        ? `The columns of B are those of A in another order: column ${first} of B is column ${indices[first]} of A.`
        : `B has ${b.cols} of the ${a.cols} columns of A, not the first ones: column ${first} of B is column ${indices[first]} of A.`,
    fix: 'put the columns into one order; cosines and neighbours within one file are right as they are',
  };
}

function lengthOf(m: Matrix, i: number): number {
  let sum = 0;
  for (let c = i * m.cols; c < (i + 1) * m.cols; c++) sum += m.data[c] ** 2;
  return Math.sqrt(sum);
}

function distanceOf(x: Matrix, i: number, y: Matrix, j: number, d: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += (x.data[i * d + c] - y.data[j * d + c]) ** 2;
  return Math.sqrt(sum);
}

/** All that differs, but for the lengths of rows, are one to three columns. */
export function outlierDimension({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols || a.cols < 4) return { evidence: [] };
  const changed: number[] = [];
  let share = 0;
  let cosine = 0;
  for (let count = 0; count < Math.min(3, a.cols - 2); count++) {
    const energies = residualEnergies(a, b, changed);
    const worst = energies.reduce((best, x, c) => (x > energies[best] ? c : best), 0);
    share = energies[worst] / sumOf(energies);
    changed.push(worst);
    const without = new Set(changed);
    cosine = meanOf(cosinesOf(a, b, (c) => !without.has(c)));
    if (cosine >= 0.9999) break;
  }
  const rest = atLeast(
    'other-columns-cosine',
    cosine,
    0.9999,
    `mean row cosine without columns ${changed.join(', ')}`,
  );
  const largest = atLeast(
    'one-column-share',
    share,
    0.5,
    'share of the last one’s part in what was left to explain',
  );
  if (!rest.holds || !largest.holds) return { evidence: [rest, largest] };
  const names = changed.length === 1 ? `column ${changed[0]}` : `columns ${changed.join(', ')}`;
  const factors = changed
    .map((c) => `${Number(factorOf(a, b, c, changed).toPrecision(3))}`)
    .join(', ');
  return {
    evidence: [rest, largest],
    verdict: 'outlier-dimension',
    sentence: `All columns agree but ${names}, which B has times ${factors}.`,
    fix: `look at ${names} in the last layer or the scaling of that runtime; without ${changed.length === 1 ? 'it' : 'them'} the files agree`,
  };
}

/** Each row’s best factor from A to B over the columns not named. */
function rowFactors(a: Matrix, b: Matrix, without: readonly number[]): Float64Array {
  const skip = new Set(without);
  return Float64Array.from({ length: a.rows }, (_, i) => {
    let [aa, ab] = [0, 0];
    for (let c = 0; c < a.cols; c++) {
      if (skip.has(c)) continue;
      aa += a.data[i * a.cols + c] ** 2;
      ab += a.data[i * a.cols + c] * b.data[i * a.cols + c];
    }
    return aa > 0 ? ab / aa : 0;
  });
}

function residualEnergies(a: Matrix, b: Matrix, without: readonly number[]): Float64Array {
  const factors = rowFactors(a, b, without);
  const energies = new Float64Array(a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let c = 0; c < a.cols; c++) {
      energies[c] += (b.data[i * a.cols + c] - factors[i] * a.data[i * a.cols + c]) ** 2;
    }
  }
  for (const c of without) energies[c] = 0;
  return energies;
}

function factorOf(a: Matrix, b: Matrix, c: number, changed: readonly number[]): number {
  const factors = rowFactors(a, b, changed);
  let [aa, ab] = [0, 0];
  for (let i = 0; i < a.rows; i++) {
    const x = factors[i] * a.data[i * a.cols + c];
    aa += x * x;
    ab += x * b.data[i * a.cols + c];
  }
  return aa > 0 ? ab / aa : 0;
}
