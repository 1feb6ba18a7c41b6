import { createFft, fftLength, type Signals } from './fft.ts';

/** Signals that are transformed at once: one cache line of each. */
const BATCH = 8;

/** Replaces a rows × cols grid of real numbers by its convolution with the kernel; no wrapping around the edges. */
export type EvenConvolution = (grid: Float64Array) => void;

/**
 * The convolution of grids of rows × cols with a kernel that is even in both directions:
 *
 *     out(i, j) = Σ g(i', j')·k(i − i', j − j')
 *
 * by Fourier transforms of twice the size, in O(rows·cols·log(rows·cols)). The spectrum of the kernel is computed once,
 * and multiplied by what `sharpen` gives for the angular frequencies of both directions.
 */
export function createEvenConvolution(
  rows: number,
  cols: number,
  kernel: (i: number, j: number) => number,
  sharpen: (frequency: number) => number = () => 1,
): EvenConvolution {
  const high = fftLength(2 * rows);
  const wide = fftLength(2 * cols);
  const half = wide / 2 + 1;
  const plan = { high, wide, half, across: spares(wide), along: spares(high) };
  const acrossFft = createFft(wide, BATCH);
  const alongFft = createFft(high, BATCH);
  const spectrum = { re: new Float64Array(high * half), im: new Float64Array(high * half) };
  const factors = kernelFactors();

  function kernelFactors(): Float64Array {
    const whole = new Float64Array(high * wide);
    for (let i = 0; i < high; i++) {
      for (let j = 0; j < wide; j++)
        whole[i * wide + j] = kernel(Math.min(i, high - i), Math.min(j, wide - j));
    }
    transformRows(whole, high, wide);
    transformColumns(high);
    const out = spectrum.re.slice();
    for (let f = 0; f < high; f++) {
      const scale = sharpen((2 * Math.PI * f) / high) / (high * wide);
      for (let g = 0; g < half; g++) out[f * half + g] *= scale * sharpen((2 * Math.PI * g) / wide);
    }
    return out;
  }

  /** The spectra of `n` real rows, two to a complex signal. */
  function transformRows(grid: Float64Array, n: number, length: number): void {
    for (let first = 0; first < n; first += 2 * BATCH) {
      loadRowPairs(grid, n, length, first, plan.across);
      acrossFft(plan.across);
      splitRowPairs(plan.across, spectrum, n, first, wide);
    }
  }

  /** Columns of the spectra, of which `n` rows are given and the others zero; multiplied by the kernel's where it is there. */
  function transformColumns(n: number, by?: Float64Array): void {
    const { re, im } = plan.along;
    for (let first = 0; first < half; first += BATCH) {
      loadColumns(spectrum, half, first, n, high, plan.along);
      alongFft(plan.along);
      if (by) {
        multiply(plan.along, by, half, first, high);
        alongFft({ re: im, im: re });
      }
      storeColumns(spectrum, half, first, by ? rows : high, plan.along);
    }
  }

  return (grid) => {
    transformRows(grid, rows, cols);
    transformColumns(rows, factors);
    const { re, im } = plan.across;
    for (let first = 0; first < rows; first += 2 * BATCH) {
      joinRowPairs(spectrum, rows, first, wide, plan.across);
      acrossFft({ re: im, im: re });
      storeRowPairs(grid, rows, cols, first, plan.across);
    }
  };
}

function spares(length: number): Signals {
  return { re: new Float64Array(length * BATCH), im: new Float64Array(length * BATCH) };
}

/** Row first + 2b is the real part of signal b, the next row the imaginary one; zeros beyond. */
function loadRowPairs(
  grid: Float64Array,
  n: number,
  cols: number,
  first: number,
  { re, im }: Signals,
): void {
  re.fill(0);
  im.fill(0);
  for (let b = 0; b < BATCH; b++) {
    const row = first + 2 * b;
    if (row >= n) return;
    for (let j = 0; j < cols; j++) re[j * BATCH + b] = grid[row * cols + j];
    if (row + 1 >= n) return;
    for (let j = 0; j < cols; j++) im[j * BATCH + b] = grid[(row + 1) * cols + j];
  }
}

function storeRowPairs(
  grid: Float64Array,
  n: number,
  cols: number,
  first: number,
  { re, im }: Signals,
): void {
  for (let b = 0; b < BATCH; b++) {
    const row = first + 2 * b;
    if (row >= n) return;
    for (let j = 0; j < cols; j++) grid[row * cols + j] = re[j * BATCH + b];
    if (row + 1 >= n) return;
    for (let j = 0; j < cols; j++) grid[(row + 1) * cols + j] = im[j * BATCH + b];
  }
}

/** The transform of x + iy is X + iY, with X(−f) and Y(−f) conjugate to X(f) and Y(f). */
function splitRowPairs(
  { re, im }: Signals,
  spectrum: Signals,
  n: number,
  first: number,
  length: number,
): void {
  const half = length / 2 + 1;
  const { re: outRe, im: outIm } = spectrum;
  for (let b = 0; b < BATCH; b++) {
    const row = first + 2 * b;
    if (row >= n) return;
    const hasSecond = row + 1 < n;
    for (let f = 0; f < half; f++) {
      const at = f * BATCH + b;
      const mirrored = (f === 0 ? 0 : length - f) * BATCH + b;
      outRe[row * half + f] = (re[at] + re[mirrored]) / 2;
      outIm[row * half + f] = (im[at] - im[mirrored]) / 2;
      if (!hasSecond) continue;
      outRe[(row + 1) * half + f] = (im[at] + im[mirrored]) / 2;
      outIm[(row + 1) * half + f] = (re[mirrored] - re[at]) / 2;
    }
  }
}

function joinRowPairs(
  spectrum: Signals,
  n: number,
  first: number,
  length: number,
  { re, im }: Signals,
): void {
  const half = length / 2 + 1;
  const { re: ofRe, im: ofIm } = spectrum;
  re.fill(0);
  im.fill(0);
  for (let b = 0; b < BATCH; b++) {
    const row = first + 2 * b;
    if (row >= n) return;
    const hasSecond = row + 1 < n;
    for (let f = 0; f < half; f++) {
      const xRe = ofRe[row * half + f];
      const xIm = ofIm[row * half + f];
      const yRe = hasSecond ? ofRe[(row + 1) * half + f] : 0;
      const yIm = hasSecond ? ofIm[(row + 1) * half + f] : 0;
      re[f * BATCH + b] = xRe - yIm;
      im[f * BATCH + b] = xIm + yRe;
      if (f === 0 || f === half - 1) continue;
      re[(length - f) * BATCH + b] = xRe + yIm;
      im[(length - f) * BATCH + b] = yRe - xIm;
    }
  }
}

function loadColumns(
  { re: ofRe, im: ofIm }: Signals,
  half: number,
  first: number,
  n: number,
  length: number,
  { re, im }: Signals,
): void {
  const count = Math.min(BATCH, half - first);
  for (let t = 0; t < n; t++) {
    for (let b = 0; b < count; b++) {
      re[t * BATCH + b] = ofRe[t * half + first + b];
      im[t * BATCH + b] = ofIm[t * half + first + b];
    }
  }
  re.fill(0, n * BATCH, length * BATCH);
  im.fill(0, n * BATCH, length * BATCH);
}

function storeColumns(
  { re: outRe, im: outIm }: Signals,
  half: number,
  first: number,
  n: number,
  { re, im }: Signals,
): void {
  const count = Math.min(BATCH, half - first);
  for (let t = 0; t < n; t++) {
    for (let b = 0; b < count; b++) {
      outRe[t * half + first + b] = re[t * BATCH + b];
      outIm[t * half + first + b] = im[t * BATCH + b];
    }
  }
}

function multiply(
  { re, im }: Signals,
  by: Float64Array,
  half: number,
  first: number,
  length: number,
): void {
  const count = Math.min(BATCH, half - first);
  for (let t = 0; t < length; t++) {
    for (let b = 0; b < count; b++) {
      const factor = by[t * half + first + b];
      re[t * BATCH + b] *= factor;
      im[t * BATCH + b] *= factor;
    }
  }
}
