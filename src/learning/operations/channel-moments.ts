import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';

/** Mean and variance (the sum of squares over n) of each channel. */
export interface ChannelMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** The moments of each of d channels over the values of a tensor … × d, its rows or all places of its images. */
export function channelMoments(x: Floats, d: number): ChannelMoments {
  const n = x.length / d;
  if (!(n >= 1 && Number.isInteger(n)))
    throw new ShapeError(
      'channelMoments',
      `one row or more of ${d} channels`,
      `${x.length} values`,
    );
  const mean = new Float64Array(d);
  const variance = new Float64Array(d);
  for (let start = 0; start < x.length; start += d) {
    for (let c = 0; c < d; c++) mean[c] += x[start + c];
  }
  for (let c = 0; c < d; c++) mean[c] /= n;
  // A second pass: sums of squares would cancel.
  for (let start = 0; start < x.length; start += d) {
    for (let c = 0; c < d; c++) variance[c] += (x[start + c] - mean[c]) ** 2;
  }
  for (let c = 0; c < d; c++) variance[c] /= n;
  return { mean, variance };
}
