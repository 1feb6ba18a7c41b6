import { cos, sin } from '../../core/numeric.ts';

/** Real and imaginary parts of length · batch numbers: entry t of signal b is at t · batch + b. */
export interface Signals {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Makes the discrete Fourier transforms of a batch of signals, in place. */
export type Fft = (signals: Signals) => void;

/** The smallest even number of factors 2 and 3 that is not below `least`. */
export function fftLength(least: number): number {
  let best = Infinity;
  for (let odd = 1; odd < 2 * least + 2; odd *= 3) {
    let length = 2 * odd;
    while (length < least) length *= 2;
    best = Math.min(best, length);
  }
  return best;
}

/**
 * The transform X(f) = Σₜ x(t)·exp(−2πi f t/length) of `batch` signals at once, for lengths of factors 2 and 3.
 *
 * Stockham's order: each pass reads one buffer and writes another, contiguous over the batch. For the inverse
 * transform (times the length), swap the real and imaginary parts.
 */
export function createFft(length: number, batch: number): Fft {
  const radices = radicesOf(length);
  const twiddles = rootsOfUnity(length);
  const spare = {
    re: new Float64Array(length * batch),
    im: new Float64Array(length * batch),
  };
  return (signals) => {
    let from: Signals = signals;
    let to: Signals = spare;
    let size = length;
    let stride = batch;
    for (const radix of radices) {
      PASSES[radix](from, to, size, stride, twiddles, length / size);
      size /= radix;
      stride *= radix;
      [from, to] = [to, from];
    }
    if (from === signals) return;
    signals.re.set(spare.re);
    signals.im.set(spare.im);
  };
}

type Radix = 2 | 3 | 4;

function radicesOf(length: number): Radix[] {
  const radices: Radix[] = [];
  let rest = length;
  for (const radix of [4, 2, 3] as const) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  if (rest !== 1) throw new RangeError(`createFft: ${length} has other factors than 2 and 3.`);
  return radices;
}

/** exp(−2πi t/length): cosine and sine beside one another. */
function rootsOfUnity(length: number): Float64Array {
  const roots = new Float64Array(2 * length);
  for (let t = 0; t < length; t++) {
    roots[2 * t] = cos((2 * Math.PI * t) / length);
    roots[2 * t + 1] = -sin((2 * Math.PI * t) / length);
  }
  return roots;
}

type Pass = (
  from: Signals,
  to: Signals,
  size: number,
  stride: number,
  twiddles: Float64Array,
  step: number,
) => void;

const PASSES: Readonly<Record<Radix, Pass>> = { 2: passOfTwo, 3: passOfThree, 4: passOfFour };

function passOfTwo(
  { re, im }: Signals,
  to: Signals,
  size: number,
  stride: number,
  twiddles: Float64Array,
  step: number,
): void {
  const { re: outRe, im: outIm } = to;
  const part = size / 2;
  for (let p = 0; p < part; p++) {
    const c = twiddles[2 * p * step];
    const s = twiddles[2 * p * step + 1];
    const a = p * stride;
    const b = a + part * stride;
    const out = 2 * p * stride;
    for (let q = 0; q < stride; q++) {
      const aRe = re[a + q];
      const aIm = im[a + q];
      const bRe = re[b + q];
      const bIm = im[b + q];
      outRe[out + q] = aRe + bRe;
      outIm[out + q] = aIm + bIm;
      const xRe = aRe - bRe;
      const xIm = aIm - bIm;
      outRe[out + stride + q] = xRe * c - xIm * s;
      outIm[out + stride + q] = xRe * s + xIm * c;
    }
  }
}

function passOfThree(
  { re, im }: Signals,
  to: Signals,
  size: number,
  stride: number,
  twiddles: Float64Array,
  step: number,
): void {
  const { re: outRe, im: outIm } = to;
  const part = size / 3;
  const half = Math.sqrt(3) / 2;
  for (let p = 0; p < part; p++) {
    const c1 = twiddles[2 * p * step];
    const s1 = twiddles[2 * p * step + 1];
    const c2 = twiddles[4 * p * step];
    const s2 = twiddles[4 * p * step + 1];
    const a = p * stride;
    const b = a + part * stride;
    const c = b + part * stride;
    const out = 3 * p * stride;
    for (let q = 0; q < stride; q++) {
      const sumRe = re[b + q] + re[c + q];
      const sumIm = im[b + q] + im[c + q];
      const gapRe = half * (re[b + q] - re[c + q]);
      const gapIm = half * (im[b + q] - im[c + q]);
      const midRe = re[a + q] - sumRe / 2;
      const midIm = im[a + q] - sumIm / 2;
      outRe[out + q] = re[a + q] + sumRe;
      outIm[out + q] = im[a + q] + sumIm;
      const xRe = midRe + gapIm;
      const xIm = midIm - gapRe;
      const yRe = midRe - gapIm;
      const yIm = midIm + gapRe;
      outRe[out + stride + q] = xRe * c1 - xIm * s1;
      outIm[out + stride + q] = xRe * s1 + xIm * c1;
      outRe[out + 2 * stride + q] = yRe * c2 - yIm * s2;
      outIm[out + 2 * stride + q] = yRe * s2 + yIm * c2;
    }
  }
}

function passOfFour(
  { re, im }: Signals,
  to: Signals,
  size: number,
  stride: number,
  twiddles: Float64Array,
  step: number,
): void {
  const { re: outRe, im: outIm } = to;
  const part = size / 4;
  for (let p = 0; p < part; p++) {
    const c1 = twiddles[2 * p * step];
    const s1 = twiddles[2 * p * step + 1];
    const c2 = twiddles[4 * p * step];
    const s2 = twiddles[4 * p * step + 1];
    const c3 = twiddles[6 * p * step];
    const s3 = twiddles[6 * p * step + 1];
    const a = p * stride;
    const b = a + part * stride;
    const c = b + part * stride;
    const d = c + part * stride;
    const out = 4 * p * stride;
    for (let q = 0; q < stride; q++) {
      const acRe = re[a + q] + re[c + q];
      const acIm = im[a + q] + im[c + q];
      const aGapRe = re[a + q] - re[c + q];
      const aGapIm = im[a + q] - im[c + q];
      const bdRe = re[b + q] + re[d + q];
      const bdIm = im[b + q] + im[d + q];
      const bGapRe = re[b + q] - re[d + q];
      const bGapIm = im[b + q] - im[d + q];
      outRe[out + q] = acRe + bdRe;
      outIm[out + q] = acIm + bdIm;
      const xRe = aGapRe + bGapIm;
      const xIm = aGapIm - bGapRe;
      outRe[out + stride + q] = xRe * c1 - xIm * s1;
      outIm[out + stride + q] = xRe * s1 + xIm * c1;
      const yRe = acRe - bdRe;
      const yIm = acIm - bdIm;
      outRe[out + 2 * stride + q] = yRe * c2 - yIm * s2;
      outIm[out + 2 * stride + q] = yRe * s2 + yIm * c2;
      const zRe = aGapRe - bGapIm;
      const zIm = aGapIm + bGapRe;
      outRe[out + 3 * stride + q] = zRe * c3 - zIm * s3;
      outIm[out + 3 * stride + q] = zRe * s3 + zIm * c3;
    }
  }
}
