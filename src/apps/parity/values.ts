import type { Matrix } from '../../core/matrix.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Finding, type ParityInput } from './contract.ts';
import { REST, restOfSpread } from './likeness.ts';

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
  const rest = atMost(
    'kept-columns-rest',
    restOfSpread(long, short, (c) => columns.has(c)),
    0.01,
    REST,
  );
  if (!cosine.holds || !rest.holds) return { evidence: [lost, cosine, rest] };
  const zero = a.cols === b.cols;
  const where = zero ? (liveColumns(b, a).length < a.cols ? 'A' : 'B') : longer === 'A' ? 'B' : 'A';
  return {
    evidence: [lost, cosine, rest],
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
