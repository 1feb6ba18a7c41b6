import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { atLeast, type Evidence, type Finding, type ParityInput } from './contract.ts';

type Side = 'A' | 'B';

interface Sides {
  /** The side with more in it. */
  readonly full: Matrix;
  readonly stored: Matrix;
  readonly of: Side;
}

function eitherWay({ a, b }: Pick<ParityInput, 'a' | 'b'>): readonly Sides[] {
  return [
    { full: a, stored: b, of: 'B' },
    { full: b, stored: a, of: 'A' },
  ];
}

/** One side is the other as vector stores keep it: a bit a value, packed or not, or whole numbers. */
export function storedForm(input: ParityInput): Finding {
  const evidence: Evidence[] = [];
  for (const form of [signs, packedSigns, levels]) {
    for (const sides of eitherWay(input)) {
      const found = form(sides);
      evidence.push(...found.evidence);
      if (found.verdict) return { ...found, evidence };
    }
  }
  return { evidence };
}

const BINARY_FIX =
  'compare by Hamming distance, and rescore the best candidates with the float vectors';

/** One side has two values, and they are the signs of the other’s. */
function signs({ full, stored, of }: Sides): Finding {
  if (full.cols !== stored.cols || distinct(stored, 3) !== 2 || distinct(full, 3) < 3) {
    return { evidence: [] };
  }
  let high = -Infinity;
  for (const x of stored.data) high = Math.max(high, x);
  const bits = Uint8Array.from(stored.data, (x) => (x === high ? 1 : 0));
  return judgedSigns(full, bits, of, '');
}

/** Eight signs in a byte: ⌈d/8⌉ columns of whole numbers. */
function packedSigns({ full, stored, of }: Sides): Finding {
  if (stored.cols !== Math.ceil(full.cols / 8) || full.cols < 2) return { evidence: [] };
  if (!stored.data.every((x) => Number.isInteger(x) && x >= -128 && x <= 255)) {
    return { evidence: [] };
  }
  let best: { readonly bits: Uint8Array; readonly how: string; readonly agree: number } | undefined;
  for (const bigEnd of [true, false]) {
    // Signed bytes are bytes less 128 (`binary` of sentence-transformers) or the same bits.
    for (const offset of [0, 128]) {
      const bits = unpacked(stored, full.cols, offset, bigEnd);
      const agree = signAgreement(full, bits, 0).share;
      const order = bigEnd ? 'first bit highest' : 'first bit lowest';
      const how = `, eight in a byte${offset === 0 ? '' : ' less 128'}, ${order}`;
      if (!best || agree > best.agree) best = { bits, how, agree };
    }
  }
  return best ? judgedSigns(full, best.bits, of, best.how) : { evidence: [] };
}

function unpacked({ data, rows, cols }: Matrix, d: number, offset: number, bigEnd: boolean) {
  const bits = new Uint8Array(rows * d);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < d; c++) {
      const byte = (data[i * cols + (c >> 3)] + offset) & 255;
      bits[i * d + c] = (byte >> (bigEnd ? 7 - (c & 7) : c & 7)) & 1;
    }
  }
  return bits;
}

function judgedSigns(full: Matrix, bits: Uint8Array, of: Side, how: string): Finding {
  const [zero, mean] = [signAgreement(full, bits, 0), signAgreement(full, bits, 'mean')];
  const best = zero.share >= mean.share ? zero : mean;
  const agree = atLeast(
    'sign-agreement',
    best.share,
    0.95,
    'share of values whose side of zero, or of the column’s mean, one file has kept',
  );
  const beyond = atLeast(
    'sign-agreement-beyond-chance',
    (best.share - best.chance) / (1 - best.chance),
    0.8,
    'the same less what bits of other rows have, of what is left to one',
  );
  const evidence = [agree, beyond];
  if (!agree.holds || !beyond.holds) return { evidence };
  return {
    evidence,
    verdict: 'binary-quantization',
    sentence: `${of} keeps one bit of each value of ${of === 'B' ? 'A' : 'B'}${how}: ${(100 * best.share).toFixed(1)} % of the signs agree.`,
    fix: BINARY_FIX,
  };
}

function distinct(m: Matrix, most: number): number {
  const seen = new Set<number>();
  for (let i = 0; i < m.data.length && seen.size < most; i++) seen.add(m.data[i]);
  return seen.size;
}

/** How many values have the side that their bit says, and how many have by chance: bits of another row. */
function signAgreement(m: Matrix, bits: Uint8Array, edge: 0 | 'mean') {
  const { rows, cols } = m;
  let [agree, byChance] = [0, 0];
  for (let c = 0; c < cols; c++) {
    let level = 0;
    if (edge === 'mean') for (let i = 0; i < rows; i++) level += m.data[i * cols + c] / rows;
    let [above, set] = [0, 0];
    for (let i = 0; i < rows; i++) {
      const up = m.data[i * cols + c] > level;
      if (up) above++;
      if (bits[i * cols + c] === 1) set++;
      if (up === (bits[i * cols + c] === 1)) agree++;
    }
    byChance += (above * set + (rows - above) * (rows - set)) / rows;
  }
  return { share: agree / (rows * cols), chance: byChance / (rows * cols) };
}

/** Levels that one byte has. */
const LEVELS = 255;

/** Whole numbers of a byte’s range, each column or each row an affine map of the other side’s. */
function levels({ full, stored, of }: Sides): Finding {
  if (full.cols !== stored.cols || !inAByte(stored) || inAByte(full)) return { evidence: [] };
  const columns = affineFit(full, stored);
  const rows = affineFit(flipped(full), flipped(stored));
  const [fit, each] = columns.correlation >= rows.correlation ? [columns, 'column'] : [rows, 'row'];
  const correlation = atLeast(
    'levels-correlation',
    fit.correlation,
    0.99,
    'mean correlation of a column or row of whole numbers with the same of the other file',
  );
  const within = atLeast(
    'levels-within-one',
    fit.within,
    0.9,
    'share of values within one level of an affine map of the other file’s',
  );
  const evidence = [correlation, within];
  if (!correlation.holds || !within.holds) return { evidence };
  return {
    evidence,
    verdict: 'quantization',
    sentence: `${of} has the values of ${of === 'B' ? 'A' : 'B'} as whole numbers of 8 bits or fewer: each ${each} is an affine map of itself (mean correlation ${fit.correlation.toFixed(4)}), rounded to levels.`,
    fix: 'undo the map of each column or row, with the ranges that were used, before cosines are compared; rescore the best candidates in float32',
  };
}

function inAByte({ data }: Matrix): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const x of data) {
    if (!Number.isInteger(x)) return false;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  return low >= -LEVELS / 2 - 1 && high <= LEVELS && high - low <= LEVELS && high - low >= 2;
}

function flipped({ data, rows, cols }: Matrix): Matrix<Float64Array> {
  const out = zeros64(cols, rows);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < cols; c++) out.data[c * rows + i] = data[i * cols + c];
  }
  return out;
}

/** How well each column of y is an affine map of the same column of x; constant columns say nothing. */
function affineFit(x: Matrix, y: Matrix) {
  const { rows: n, cols: d } = x;
  const correlations: number[] = [];
  let [near, looked] = [0, 0];
  for (let c = 0; c < d; c++) {
    let [mx, my, xx, xy, yy] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      mx += x.data[i * d + c] / n;
      my += y.data[i * d + c] / n;
    }
    for (let i = 0; i < n; i++) {
      const [p, q] = [x.data[i * d + c] - mx, y.data[i * d + c] - my];
      xx += p * p;
      xy += p * q;
      yy += q * q;
    }
    if (xx === 0 || yy === 0) continue;
    correlations.push(xy / Math.sqrt(xx * yy));
    const slope = xy / xx;
    for (let i = 0; i < n; i++) {
      looked++;
      const off = y.data[i * d + c] - my - slope * (x.data[i * d + c] - mx);
      if (Math.abs(off) <= 1) near++;
    }
  }
  return { correlation: meanOf(correlations), within: near / looked };
}
