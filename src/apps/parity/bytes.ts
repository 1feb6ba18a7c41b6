import { gathered, type Matrix, zeros64 } from '../../core/matrix.ts';
import { atLeast, atMost, type Evidence, type Finding, type ParityInput } from './contract.ts';

const ROWS = 200;

/** A way to store one number. */
interface Type {
  readonly name: string;
  readonly size: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
  readonly write: (view: DataView, at: number, x: number, little: boolean) => void;
  /** Whether a number can have been read as this type. */
  readonly holds: (x: number) => boolean;
}

const FLOAT32: Type = {
  name: 'float32',
  size: 4,
  read: (view, at, little) => view.getFloat32(at, little),
  write: (view, at, x, little) => view.setFloat32(at, x, little),
  holds: (x) => Number.isNaN(x) || Math.fround(x) === x,
};

const FLOAT64: Type = {
  name: 'float64',
  size: 8,
  read: (view, at, little) => view.getFloat64(at, little),
  write: (view, at, x, little) => view.setFloat64(at, x, little),
  holds: () => true,
};

const BYTE: Type = {
  name: 'bytes',
  size: 1,
  read: (view, at) => view.getUint8(at),
  write: (view, at, x) => view.setUint8(at, x & 255),
  holds: (x) => Number.isInteger(x) && x >= -128 && x <= 255,
};

const STORED = [FLOAT32, FLOAT64];
const READ_AS = [BYTE, FLOAT32, FLOAT64];

/** One side is the other's bytes, read as another type or in the other order, or what base64 makes of it. */
export function misread(input: Pick<ParityInput, 'a' | 'b'>): Finding {
  const few = (m: Matrix<Float64Array>) =>
    gathered(
      m,
      Array.from({ length: Math.min(m.rows, ROWS) }, (_, i) => i),
    );
  const pair = { a: few(input.a), b: few(input.b) };
  const evidence: Evidence[] = [];
  for (const [right, wrong, side] of [
    [pair.a, pair.b, 'B'],
    [pair.b, pair.a, 'A'],
  ] as const) {
    const found = otherType(right, wrong, side);
    evidence.push(...found.evidence);
    if (found.verdict) return { ...found, evidence };
    const quarter = base64Quarter(right, wrong, side);
    evidence.push(...quarter.evidence);
    if (quarter.verdict) return { ...quarter, evidence };
  }
  return { evidence };
}

/** `wrong` as it was read, its bytes read anew, is `right`. */
function otherType(right: Matrix, wrong: Matrix, side: 'A' | 'B'): Finding {
  let best = { share: 0, how: '' };
  let asked = false;
  for (const as of READ_AS) {
    if (!wrong.data.every(as.holds)) continue;
    for (const stored of STORED) {
      if (as.size * wrong.cols !== stored.size * right.cols) continue;
      for (const little of [true, false]) {
        if (as === stored && little) continue;
        asked = true;
        const share = shareEqual(right, readAnew(wrong, right.cols, as, stored, little));
        const order = little ? '' : `${as === stored ? '' : ' '}in the other order of bytes`;
        const how =
          as === stored ? `${stored.name} ${order}` : `${stored.name}${order} read as ${as.name}`;
        if (share > best.share) best = { share, how };
      }
    }
  }
  if (!asked) return { evidence: [] };
  const equal = atLeast(
    `bytes-read-anew-${side.toLowerCase()}`,
    best.share,
    0.95,
    `share of values that are those of the other file when the bytes of ${side} are read as another type or in the other order`,
  );
  if (!equal.holds) return { evidence: [equal] };
  return {
    evidence: [equal],
    verdict: 'misread-bytes',
    sentence: `The values of ${side} are the other file’s bytes read wrongly: ${best.how}.`,
    fix: `read ${side} with the type and the byte order that it was written with`,
  };
}

function readAnew(m: Matrix, cols: number, as: Type, stored: Type, little: boolean): Matrix {
  const out = zeros64(m.rows, cols);
  const view = new DataView(new ArrayBuffer(m.cols * as.size));
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) as.write(view, c * as.size, m.data[i * m.cols + c], true);
    for (let c = 0; c < cols; c++) {
      out.data[i * cols + c] = stored.read(view, c * stored.size, little);
    }
  }
  return out;
}

function shareEqual(a: Matrix, b: Matrix): number {
  let [equal, looked] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const [x, y] = [a.data[i], b.data[i]];
    // Zeros are zeros in any type.
    if (x === 0) continue;
    looked++;
    if (Math.abs(x - y) <= 2 ** -16 * Math.abs(x)) equal++;
  }
  return looked > 0 ? equal / looked : 0;
}

/** Exponents of ordinary vectors lie within 2^±30. */
const WILD = 2 ** 30;

/**
 * A list of floats decoded as base64 has one byte for each value, so that a quarter of the columns is left:
 * zeros mostly, or numbers of all sizes.
 */
function base64Quarter(right: Matrix, wrong: Matrix, side: 'A' | 'B'): Finding {
  if (wrong.cols !== Math.floor(right.cols / 4) || right.cols < 4) return { evidence: [] };
  const bytes = readAnew(mapped(right, Math.trunc), wrong.cols, BYTE, FLOAT32, true);
  const wild = (m: Matrix) => m.data.filter(isWild).length / m.data.length;
  const truncated = atLeast(
    `bytes-of-values-${side.toLowerCase()}`,
    equalShare(bytes, wrong),
    0.95,
    `share of values of ${side} that are four values of the other file, cut to a byte each and read as float32`,
  );
  const garbage = atLeast(
    `values-of-no-size-${side.toLowerCase()}`,
    wild(wrong),
    0.1,
    `share of values of ${side} that are 0, not finite, or beyond 2^±30`,
  );
  const sound = atMost('values-of-no-size-other', wild(right), 0.05, 'the same of the other file');
  const evidence = [truncated, garbage, sound];
  if (!sound.holds || (!truncated.holds && !garbage.holds)) return { evidence };
  return {
    evidence,
    verdict: 'misread-bytes',
    sentence: `${side} has a quarter of the other file’s ${right.cols} columns, and values that are ${zeros(wrong) ? 'all 0' : 'of no size that vectors have'}: a list of floats was decoded as base64.`,
    fix: 'ask the server for encoding_format "float", or decode only what is a base64 text; then make the vectors anew',
  };
}

function isWild(x: number): boolean {
  const size = Math.abs(x);
  return !(size > 1 / WILD && size < WILD);
}

function zeros({ data }: Matrix): boolean {
  return data.every((x) => x === 0);
}

function equalShare(a: Matrix, b: Matrix): number {
  return a.data.filter((x, i) => x === b.data[i]).length / a.data.length;
}

function mapped(m: Matrix, of: (x: number) => number): Matrix {
  return { ...m, data: Float64Array.from(m.data, of) };
}
