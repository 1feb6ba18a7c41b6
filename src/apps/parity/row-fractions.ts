import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { medianOf, sumOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Evidence, type Finding, type ParityInput } from './contract.ts';
import { gapOf, rowsNamed, spreadEnergy } from './likeness.ts';
import { foundElsewhere, looksOf } from './odd-rows.ts';

/** A way in which rows can be the same. */
interface Sameness {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly words: string;
}

/** Rows off by so much of the spread are the same: to float noise, or to the rounding of 16 bits. */
const TOLERANCES = [
  { most: 1e-5, words: 'to float noise' },
  { most: 4e-3, words: 'to rounding' },
];
/** The nearest row that differs is so many times as far off as the farthest that does not. */
const GAP = 3;
const FEWEST_SAME = 0.05;
/** So many rows that differ in three columns only speak of the columns. */
const FEW_ROWS = 20;
/** Orders of the rows by which chance is judged. */
const DRAWS = 3;

/** Some rows are the same in both files and the others are not: what averages over all rows hide. */
export async function someRowsDiffer(input: ParityInput): Promise<Finding> {
  const { a, b } = input.all;
  if (a.cols !== b.cols) return { evidence: [] };
  let looked: Finding = { evidence: [] };
  const ways = samenesses(a, b).map((way) => ({ ...way, gaps: rowGaps(way.a, way.b) }));
  for (const tolerance of TOLERANCES) {
    const splits = ways.map((way) => ({ way, split: splitAt(way.gaps, tolerance.most) }));
    for (const { way, split } of mostTelling(splits)) {
      const found = await judged(input, way, split, tolerance);
      if (found.verdict) return found;
      if (looked.evidence.length === 0) looked = found;
    }
  }
  return looked;
}

/**
 * Rows of two files that are the same as they stand, to the rounding of 16 bits, and those that are not;
 * undefined where too few are, or where it is a matter of degree.
 */
export function sameAndOtherRows(
  a: Matrix,
  b: Matrix,
  random: Random,
): { readonly same: readonly number[]; readonly differ: readonly number[] } | undefined {
  if (a.cols !== b.cols) return undefined;
  const gaps = rowGaps(a, b);
  for (const { most } of TOLERANCES) {
    const split = splitAt(gaps, most);
    const evidence = splitEvidence({ a, b }, { a, b }, split, most, random);
    if (evidence.every(({ id, holds }) => holds || id === 'rows-that-differ')) return split;
  }
  return undefined;
}

/** First the way in which most rows are the same; but where half stand as they are, not one that hides the rest. */
function mostTelling<T extends { readonly split: Split }>(ways: readonly T[]): readonly T[] {
  const count = ({ split }: T) => split.same.length;
  const half = ways.filter(({ split }) => split.differ.length > 0);
  const [best] = [...ways].sort((p, q) => count(q) - count(p));
  if (best.split.differ.length === 0) {
    return half.filter((way) => count(way) >= 0.5 * best.split.same.length);
  }
  return [...half].sort((p, q) => count(q) - count(p));
}

/** As they stand; but for one factor; but for a factor of each row. */
function samenesses(a: Matrix, b: Matrix): Sameness[] {
  const factor = medianFactor(a, b);
  const scaled = { ...a, data: Float64Array.from(a.data, (x) => factor * x) };
  const unit = { a: unitOrZeroRows(a).points, b: unitOrZeroRows(b).points };
  return [
    { a, b, words: 'are the same' },
    { a: scaled, b, words: `are those of A times ${Number(factor.toPrecision(5))}` },
    { ...unit, words: 'point the same way in both, with other lengths' },
  ];
}

function medianFactor(a: Matrix, b: Matrix): number {
  const factors: number[] = [];
  for (let i = 0; i < a.rows; i++) {
    let [aa, ab] = [0, 0];
    for (let c = i * a.cols; c < (i + 1) * a.cols; c++) {
      aa += a.data[c] * a.data[c];
      ab += a.data[c] * b.data[c];
    }
    if (aa > 0) factors.push(ab / aa);
  }
  return factors.length > 0 ? medianOf(Float64Array.from(factors)) : 1;
}

/** ‖bᵢ − aᵢ‖ over the root mean square distance of A's rows from their mean. */
export function rowGaps(a: Matrix, b: Matrix): Float64Array {
  const unit = Math.sqrt(spreadEnergy(a) / a.rows);
  return Float64Array.from({ length: a.rows }, (_, i) => gapOf(a, i, b, i) / unit);
}

interface Sides {
  readonly a: Matrix;
  readonly b: Matrix;
}

interface Split {
  readonly same: readonly number[];
  readonly differ: readonly number[];
  readonly gap: number;
  readonly exact: boolean;
}

function splitAt(gaps: Float64Array, most: number): Split {
  const same: number[] = [];
  const differ: number[] = [];
  let [farthest, nearest] = [0, Infinity];
  gaps.forEach((gap, i) => {
    if (gap <= most) {
      same.push(i);
      farthest = Math.max(farthest, gap);
    } else {
      differ.push(i);
      nearest = Math.min(nearest, gap);
    }
  });
  return { same, differ, gap: nearest / farthest, exact: farthest === 0 };
}

async function judged(
  input: ParityInput,
  { a, b, words }: Sameness,
  split: Split,
  tolerance: (typeof TOLERANCES)[number],
): Promise<Finding> {
  const { same, differ, exact } = split;
  const n = a.rows;
  const random = input.random('rows by chance');
  const evidence = splitEvidence(input.all, { a, b }, split, tolerance.most, random);
  if (!evidence.every(({ holds }) => holds)) return { evidence };
  const elsewhere = await foundElsewhere(input, { a, b }, differ, tolerance.most);
  if (elsewhere) return { ...elsewhere, evidence: [...evidence, ...elsewhere.evidence] };
  const level = words === 'are the same' ? (exact ? ' bit for bit' : ` ${tolerance.words}`) : '';
  return {
    evidence,
    verdict: 'some-rows-differ',
    sentence: `${differ.length} of ${n} rows ${differ.length === 1 ? 'differs' : 'differ'} (${rowsNamed(differ)}); the other ${same.length} ${words}${level}. ${looksOf(input.all, differ)}`,
    fix: 'look at the inputs of these rows in both runtimes: texts beyond the token limit, empty texts, other characters, padding by longer texts of the batch, rows that were made at another time',
  };
}

/** What must hold for some rows to be the same and others not. */
function splitEvidence(
  all: Sides,
  { a, b }: Sides,
  { same, differ, gap }: Split,
  most: number,
  random: Random,
): Evidence[] {
  const share = Math.max(FEWEST_SAME, 3 / a.rows);
  return [
    atLeast('rows-same', same.length / a.rows, share, 'share of rows that are the same'),
    atLeast('rows-that-differ', differ.length, 1, 'rows that are not'),
    atMost(
      'rows-same-by-chance',
      chanceOfSame(a, b, most, random),
      same.length / a.rows / 4,
      'share of rows of B that are the same as a row of A drawn at random',
    ),
    atLeast(
      'row-gap',
      Number.isFinite(gap) ? gap : GAP,
      GAP,
      'how much farther off the nearest row that differs is than the farthest that does not',
    ),
    atMost(
      'difference-in-few-columns',
      differ.length < FEW_ROWS ? 0 : shareOfFewColumns(all, differ),
      0.9,
      'largest share of the difference of these rows that three columns carry, asked of 20 rows or more',
    ),
  ];
}

function shareOfFewColumns({ a, b }: Sides, rows: readonly number[]): number {
  const energies = new Float64Array(a.cols);
  for (const i of rows) {
    for (let c = 0; c < a.cols; c++) {
      energies[c] += (b.data[i * a.cols + c] - a.data[i * a.cols + c]) ** 2;
    }
  }
  const total = sumOf(energies);
  return a.cols > 4 && total > 0 ? sumOf(energies.sort().subarray(-3)) / total : 0;
}

/** How often a row of B is the same as a row of A drawn at random. */
function chanceOfSame(a: Matrix, b: Matrix, most: number, random: Random): number {
  const unit = Math.sqrt(spreadEnergy(a) / a.rows);
  let same = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = random.fork(draw).sample(a.rows);
    order.forEach((j, i) => {
      if (i !== j && gapOf(a, j, b, i) <= most * unit) same++;
    });
  }
  return same / (a.rows * DRAWS);
}
