import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';

/** A column of values as bins. */
export interface Binned {
  /** n bins, from 0 on. */
  readonly codes: Uint8Array;
  /** Rows in each bin; none is empty. */
  readonly counts: Int32Array;
}

/**
 * Bins of equal counts; equal values share one. A value that fills a bin by itself, such as the zeros of a
 * rectified unit, has one of its own. Only the order of the values matters.
 */
export function binned(values: ArrayLike<number>, bins: number): Binned {
  const n = values.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => values[i] - values[j] || i - j,
  );
  const runs = runsOf(values, order);
  const heavy = runs.filter(({ length }) => length >= n / bins);
  const rest = n - heavy.reduce((sum, { length }) => sum + length, 0);
  const light = Math.max(1, bins - heavy.length);
  const raw = new Int32Array(n);
  let before = 0;
  let own = light;
  for (const { start, length } of runs) {
    const isHeavy = length >= n / bins;
    const bin = isHeavy ? own++ : Math.floor((before * light) / rest);
    if (!isHeavy) before += length;
    for (let r = start; r < start + length; r++) raw[order[r]] = bin;
  }
  return renumbered(raw);
}

function runsOf(values: ArrayLike<number>, order: Int32Array) {
  const runs: { readonly start: number; length: number }[] = [];
  for (let r = 0; r < order.length; r++) {
    const last = runs.at(-1);
    if (last && values[order[last.start]] === values[order[r]]) last.length++;
    else runs.push({ start: r, length: 1 });
  }
  return runs;
}

function renumbered(raw: Int32Array): Binned {
  const used = [...new Set(raw)].sort((i, j) => i - j);
  const place = new Map(used.map((bin, i) => [bin, i]));
  const codes = Uint8Array.from(raw, (bin) => place.get(bin) ?? 0);
  const counts = new Int32Array(used.length);
  for (const code of codes) counts[code]++;
  return { codes, counts };
}

/** The columns of n × d values as bins. */
export function binnedColumns({ data, rows, cols }: Matrix, bins: number): Binned[] {
  return Array.from({ length: cols }, (_, c) =>
    binned(
      Float64Array.from({ length: rows }, (_v, i) => data[i * cols + c]),
      bins,
    ),
  );
}

/**
 * Mutual information in bits of each column of A with each of B, dA × dB, less what n rows add where there is
 * none, (bins − 1)(bins' − 1)/(2n ln 2) (Miller and Madow). `order` puts the rows of B in another order.
 */
export function mutualInformation(
  a: readonly Binned[],
  b: readonly Binned[],
  order?: Int32Array,
): Matrix<Float64Array> {
  const n = a[0].codes.length;
  const entropy = countEntropies(n);
  const ofB = b.map(({ codes, counts }) => ({
    codes: order ? Uint8Array.from(order, (i) => codes[i]) : codes,
    counts,
  }));
  const marginals = [a, ofB].map((side) =>
    side.map(({ counts }) => counts.reduce((sum, c) => sum + entropy[c], 0)),
  );
  const out = zeros64(a.length, b.length);
  for (const [i, x] of a.entries()) {
    for (const [j, y] of ofB.entries()) {
      const joint = jointCounts(x, y);
      let sum = -marginals[0][i] - marginals[1][j] + entropy[n];
      for (const count of joint) sum += entropy[count];
      const excess = ((x.counts.length - 1) * (y.counts.length - 1)) / (2 * n * Math.LN2);
      out.data[i * b.length + j] = sum / n - excess;
    }
  }
  return out;
}

/** Each row’s log₂ p(x, y)/(p(x)p(y)): their mean is the mutual information in bits. */
export function pointwiseInformation(x: Binned, y: Binned): Float64Array {
  const n = x.codes.length;
  const joint = jointCounts(x, y);
  const wide = y.counts.length;
  return Float64Array.from(x.codes, (code, i) => {
    const both = joint[code * wide + y.codes[i]] * n;
    return log(both / (x.counts[code] * y.counts[y.codes[i]])) / Math.LN2;
  });
}

function jointCounts(x: Binned, y: Binned): Int32Array {
  const wide = y.counts.length;
  const joint = new Int32Array(x.counts.length * wide);
  for (let i = 0; i < x.codes.length; i++) joint[x.codes[i] * wide + y.codes[i]]++;
  return joint;
}

/** c log₂ c, c = 0 … n. */
function countEntropies(n: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, c) => (c < 2 ? 0 : (c * log(c)) / Math.LN2));
}
