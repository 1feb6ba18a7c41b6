import type { Matrix } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';

/** ⟨aᵢ, bᵢ⟩/(‖aᵢ‖‖bᵢ‖) over the columns for which `use` says so; NaN for rows of zeros on one side. */
export function cosinesOf(
  a: Matrix,
  b: Matrix,
  use: (column: number) => boolean = () => true,
): Float64Array {
  const d = Math.min(a.cols, b.cols);
  const columns = Array.from({ length: d }, (_, c) => c).filter(use);
  return Float64Array.from({ length: a.rows }, (_, i) => {
    let [aa, bb, ab] = [0, 0, 0];
    for (const c of columns) {
      const [x, y] = [a.data[i * a.cols + c], b.data[i * b.cols + c]];
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    // Two rows of zeros agree; one alone does not.
    return aa === 0 && bb === 0 ? 1 : aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
  });
}

export function leastOf(values: Float64Array): number {
  return values.reduce((least, x) => Math.min(least, x), Infinity);
}

/** The same values, to float noise or to the rounding of half precision. */
export function sameValues({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols) return { evidence: [] };
  let [difference, size, near] = [0, 0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const off = Math.abs(a.data[i] - b.data[i]);
    difference += off * off;
    size += a.data[i] * a.data[i];
    if (off <= Math.abs(a.data[i]) * 2 ** -8) near++;
  }
  const relative = size > 0 ? Math.sqrt(difference / size) : difference > 0 ? Infinity : 0;
  const identical = atMost('relative-difference', relative, 1e-5, '‖A − B‖/‖A‖');
  if (identical.holds) {
    return {
      evidence: [identical],
      verdict: 'identical',
      sentence:
        relative === 0 ? 'The values are the same.' : 'The values are the same to float noise.',
      fix: 'nothing to do',
    };
  }
  const small = atMost(
    'relative-difference-half',
    relative,
    4e-3,
    '‖A − B‖/‖A‖, for half precision',
  );
  const share = near / a.data.length;
  const rounded = atLeast(
    'values-within-2^-8',
    share,
    0.99,
    'share of values off by at most 1/256 of themselves',
  );
  const evidence = [identical, small, rounded];
  if (!small.holds || !rounded.holds) return { evidence };
  return {
    evidence,
    verdict: 'rounding',
    sentence: `The values differ by rounding, ${relative.toExponential(1)} of their size, as 16-bit floats do.`,
    fix: 'compute or store both in float32 if that matters; neighbours hardly change',
  };
}

/** Rows with the same directions and other lengths. */
export function sameDirections({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols) return { evidence: [] };
  const cosine = atLeast(
    'least-row-cosine',
    leastOf(cosinesOf(a, b)),
    0.99999,
    'smallest cosine of a row with itself',
  );
  if (!cosine.holds) return { evidence: [cosine] };
  const [la, lb] = [lengthsOf(a), lengthsOf(b)];
  const ratios = lb.map((length, i) => length / la[i]).filter(Number.isFinite);
  const spread = atMost(
    'length-ratio-spread',
    spreadOf(ratios),
    1e-3,
    'spread of ‖bᵢ‖/‖aᵢ‖ around its mean',
  );
  const unit = {
    a: atMost('unit-lengths-a', farthestFromOne(la), 0.02, 'largest |‖aᵢ‖ − 1|'),
    b: atMost('unit-lengths-b', farthestFromOne(lb), 0.02, 'largest |‖bᵢ‖ − 1|'),
  };
  const differ = atLeast(
    'lengths-differ',
    spreadOf(ratios),
    0.05,
    'the same spread, for lengths that differ',
  );
  const evidence = [cosine, spread, differ, unit.a, unit.b];
  if (spread.holds && unit.a.holds === unit.b.holds) {
    return {
      evidence,
      verdict: 'scaled',
      sentence: `B is A times ${Number(meanOf(ratios).toPrecision(5))}.`,
      fix: 'divide by the factor, or compare by cosine, which it does not change',
    };
  }
  if (!differ.holds && unit.a.holds === unit.b.holds) return { evidence };
  const which = unit.a.holds && !unit.b.holds ? 'B' : unit.b.holds && !unit.a.holds ? 'A' : '';
  const other = which === 'A' ? 'B' : 'A';
  return {
    evidence,
    verdict: 'missing-normalization',
    sentence: which
      ? `Every row points the same way in both files, but the rows of ${which} are not of unit length and those of ${other} are: normalisation is missing in ${which}.`
      : 'Every row points the same way in both files, but their lengths differ from row to row: one side is scaled by row.',
    fix: which
      ? `scale the rows of ${which} to unit length, or turn normalisation on in that runtime`
      : 'scale the rows of both to unit length',
  };
}

export function lengthsOf(m: Matrix): Float64Array {
  return rowNorms(m);
}

function spreadOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((x) => (x - mean) ** 2))) / Math.abs(mean);
}

function farthestFromOne(lengths: Float64Array): number {
  return lengths.reduce((most, length) => Math.max(most, Math.abs(length - 1)), 0);
}

/** One file is the other without some columns, left out or set to zero. */
export function truncated(input: ParityInput): Finding {
  const { a, b } = input;
  const longer = a.cols >= b.cols ? 'A' : 'B';
  const [long, short] = longer === 'A' ? [a, b] : [b, a];
  const kept =
    a.cols === b.cols ? liveColumns(a, b) : Array.from({ length: short.cols }, (_, c) => c);
  const cut = long.cols - kept.length;
  if (cut === 0) return { evidence: [] };
  const columns = new Set(kept);
  const cosines = cosinesOf(long, short, (c) => columns.has(c));
  const cosine = atLeast(
    'kept-columns-cosine',
    meanOf(cosines),
    0.9999,
    'mean row cosine over the columns kept',
  );
  const lost = atLeast(
    'columns-lost',
    cut,
    1,
    'columns of one file that are missing or zero in the other',
  );
  if (!cosine.holds) return { evidence: [lost, cosine] };
  const zero = a.cols === b.cols;
  const where = zero ? (liveColumns(b, a).length < a.cols ? 'A' : 'B') : longer === 'A' ? 'B' : 'A';
  return {
    evidence: [lost, cosine],
    verdict: 'truncated',
    sentence: `${where} has ${kept.length} of the ${long.cols} dimensions${zero ? '; the others are zero' : ''}.`,
    fix: 'cut both to the same dimensions and scale the rows to unit length again, or ask the model for all of them',
  };
}

/** Columns that are not zero in one of the files only. */
function liveColumns(a: Matrix, b: Matrix): number[] {
  const live = (m: Matrix, c: number): boolean => {
    for (let i = 0; i < m.rows; i++) if (m.data[i * m.cols + c] !== 0) return true;
    return false;
  };
  return Array.from({ length: a.cols }, (_, c) => c).filter((c) => live(a, c) === live(b, c));
}

/** B has two values, and they are the signs of A’s. */
export function binary({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols) return { evidence: [] };
  const levels = atMost('levels-b', distinct(b, 3), 2, 'different values in B (counted up to 3)');
  const before = atLeast('levels-a', distinct(a, 3), 3, 'different values in A (counted up to 3)');
  if (!levels.holds || !before.holds) return { evidence: [levels, before] };
  const agreement = Math.max(signAgreement(a, b, false), signAgreement(a, b, true));
  const agree = atLeast(
    'sign-agreement',
    agreement,
    0.95,
    'share of values whose side of zero, or of the column’s mean, B has kept',
  );
  const evidence = [levels, before, agree];
  if (!agree.holds) return { evidence };
  return {
    evidence,
    verdict: 'binary-quantization',
    sentence: `B keeps one bit of each value of A: ${(100 * agreement).toFixed(1)} % of the signs agree.`,
    fix: 'compare by Hamming distance, and rescore the best candidates with the float vectors',
  };
}

function distinct(m: Matrix, most: number): number {
  const seen = new Set<number>();
  for (let i = 0; i < m.data.length && seen.size < most; i++) seen.add(m.data[i]);
  return seen.size;
}

function signAgreement(a: Matrix, b: Matrix, aroundMean: boolean): number {
  const { rows, cols } = a;
  let high = -Infinity;
  for (let i = 0; i < b.data.length; i++) high = Math.max(high, b.data[i]);
  let agree = 0;
  for (let c = 0; c < cols; c++) {
    let edge = 0;
    if (aroundMean) for (let i = 0; i < rows; i++) edge += a.data[i * cols + c] / rows;
    for (let i = 0; i < rows; i++) {
      if (a.data[i * cols + c] > edge === (b.data[i * cols + c] === high)) agree++;
    }
  }
  return agree / (rows * cols);
}
