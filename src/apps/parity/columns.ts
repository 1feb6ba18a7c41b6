import { type Floats, type Matrix, toFloat32, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { transposed } from '../../core/transposed.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { dot, squaredNorm } from '../../numerics/rows/dot.ts';
import { meanOf, sumOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';
import { REST, restOfSpread } from './likeness.ts';
import { cosinesOf } from './values.ts';

/** Columns about their mean, of unit length, may be as far from their partner: a correlation of 0.9998. */
const NEAR = 0.02;

/** Every column of the narrower file is a column of the other, at another place or with the other sign. */
export async function permutedColumns({ a, b, engine, work }: ParityInput): Promise<Finding> {
  const narrow = b.cols <= a.cols ? 'B' : 'A';
  const wide = narrow === 'B' ? 'A' : 'B';
  const [asked, others] = (narrow === 'B' ? [b, a] : [a, b]).map(unitColumns);
  const as = (m: Matrix): Matrix<Floats> => (engine.name === 'reference' ? m : toFloat32(m));
  const { indices } = await engine.assign(as(asked.columns), as(others.columns), work);
  const sign = (p: number, q: number) => asked.signs[p] * others.signs[q];
  const m = a.rows;
  const d = asked.columns.rows;
  let [found, stayed] = [0, 0];
  const reversed: number[] = [];
  for (let c = 0; c < d; c++) {
    if (distanceOf(asked.columns, c, others.columns, indices[c], m) <= NEAR) found++;
    if (c >= others.columns.rows || distanceOf(asked.columns, c, others.columns, c, m) > NEAR)
      continue;
    if (sign(c, c) > 0) stayed++;
    else reversed.push(c);
  }
  const all = atLeast(
    'columns-found',
    found / d,
    0.98,
    `share of ${narrow}’s columns that are columns of ${wide}, about their means and up to a factor`,
  );
  const moved = atMost(
    'columns-in-place',
    stayed / d,
    0.9,
    `share of ${narrow}’s columns that stand where they do in ${wide}, with their sign`,
  );
  const flips = atLeast(
    'columns-reversed',
    reversed.length,
    1,
    'columns in place with the other sign',
  );
  const evidence = [all, moved, flips];
  if (!all.holds) return { evidence };
  if (flips.holds && stayed + reversed.length >= 0.98 * d) {
    return { ...flippedFinding(reversed, d), evidence };
  }
  if (!moved.holds) return { evidence };
  const first = indices.findIndex((column, c) => column !== c);
  const turned = indices.reduce((count, column, c) => count + (sign(c, column) < 0 ? 1 : 0), 0);
  const also = turned > 0 ? `, ${turned} of them with the other sign` : '';
  const where = `column ${first} of ${narrow} is column ${indices[first]} of ${wide}`;
  return {
    evidence,
    verdict: a.cols === b.cols ? 'permuted-columns' : 'truncated',
    sentence:
      a.cols === b.cols
        ? `The columns of B are those of A in another order: ${where}${also}.`
        : `${narrow} has ${d} of the ${others.columns.rows} columns of ${wide}, not the first ones: ${where}${also}.`,
    fix: 'put the columns into one order; cosines and neighbours within one file are right as they are',
  };
}

function flippedFinding(reversed: readonly number[], d: number): Omit<Finding, 'evidence'> {
  const shown = reversed.slice(0, 5).join(', ') + (reversed.length > 5 ? ', …' : '');
  const which =
    reversed.length === d
      ? 'All columns'
      : `${reversed.length} of ${d} columns (${shown}, counted from 0)`;
  return {
    verdict: 'flipped-columns',
    sentence: `${which} of B have the opposite sign of the same columns of A; the others agree.`,
    fix: 'turn the signs back: principal directions and singular vectors have none of their own; cosines within one file are right as they are',
  };
}

/**
 * Columns less their means, of unit length, one a row; and the sign by which each was multiplied so that a
 * column and its opposite look the same.
 */
function unitColumns(m: Matrix): { columns: Matrix<Float64Array>; signs: Float64Array } {
  const columns = toFloat64(transposed<Floats>(centered(m)));
  const random = Random.fromSeed(0).fork('column signs');
  const weights = Float64Array.from({ length: m.rows }, () => random.normal());
  const signs = new Float64Array(m.cols);
  for (let c = 0; c < m.cols; c++) {
    const column = columns.data.subarray(c * m.rows, (c + 1) * m.rows);
    const length = Math.sqrt(squaredNorm(column));
    signs[c] = dot(column, weights) < 0 ? -1 : 1;
    if (length > 0) for (let i = 0; i < m.rows; i++) column[i] *= signs[c] / length;
  }
  return { columns, signs };
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
  const without = new Set(changed);
  const left = atMost(
    'other-columns-rest',
    restOfSpread(a, b, (c) => !without.has(c)),
    0.01,
    REST,
  );
  if (!rest.holds || !largest.holds || !left.holds) return { evidence: [rest, largest, left] };
  const names = changed.length === 1 ? `column ${changed[0]}` : `columns ${changed.join(', ')}`;
  const factors = changed
    .map((c) => `${Number(factorOf(a, b, c, changed).toPrecision(3))}`)
    .join(', ');
  return {
    evidence: [rest, largest, left],
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
