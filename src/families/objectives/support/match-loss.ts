import type { Matrix } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import { addSampleGradient, type Gaussians } from './gaussian-rows.ts';
import type { Match } from './matches.ts';
import { quickExp } from './quick-exp.ts';

/** Memory that one pair after the other is worked out in. */
export interface MatchRoom {
  /** Of each pair of samples: its distance, log odds of the right answer, and slope. */
  readonly distances: Float64Array;
  readonly logs: Float64Array;
  readonly slopes: Float64Array;
  readonly toRow: Float64Array;
  readonly toOther: Float64Array;
  /** ∂L/∂slope and ∂L/∂offset, summed over the pairs so far. */
  readonly toShape: Float64Array;
}

export function matchRoom({ rows: { cols }, count }: Gaussians): MatchRoom {
  const [pairs, own] = [
    () => new Float64Array(count * count),
    () => new Float64Array((count * cols) / 2),
  ];
  return {
    distances: pairs(),
    logs: pairs(),
    slopes: pairs(),
    toRow: own(),
    toOther: own(),
    toShape: new Float64Array(2),
  };
}

interface Settings {
  readonly slope: number;
  readonly offset: number;
  readonly weight: number;
}

/**
 * −log of the probability of the right answer, the mean over K² pairs of samples of σ(±(b − a·distance)); `weight`
 * times its gradient is added to `gradient`, for the other row only where it is one of the same rows.
 */
export function addMatchLoss(
  { row, other, matching }: Match,
  own: Gaussians,
  theirs: Gaussians | undefined,
  { slope, offset, weight }: Settings,
  room: MatchRoom,
  gradient: Matrix,
): number {
  const K = own.count;
  const d = own.rows.cols / 2;
  const { distances, logs, slopes } = room;
  const sign = matching ? 1 : -1;
  const partner = theirs ?? own;
  const [x, y] = [samplesOf(own, row), samplesOf(partner, other)];
  fillDistances(x, y, d, distances);
  let largest = -Infinity;
  for (let e = 0; e < K * K; e++) {
    const odds = sign * (offset - slope * distances[e]);
    // log σ(x) = min(x, 0) − log(1 + exp(−|x|)).
    const tail = quickExp(-Math.abs(odds));
    logs[e] = Math.min(odds, 0) - log(1 + tail);
    slopes[e] = (odds > 0 ? tail : 1) / (1 + tail);
    if (logs[e] > largest) largest = logs[e];
  }
  let sum = 0;
  for (let e = 0; e < K * K; e++) {
    logs[e] = quickExp(logs[e] - largest);
    sum += logs[e];
  }
  const scale = (weight * sign) / sum;
  for (let e = 0; e < K * K; e++) {
    const share = scale * logs[e] * slopes[e];
    room.toShape[0] += share * distances[e];
    room.toShape[1] -= share;
    slopes[e] = distances[e] === 0 ? 0 : (share * slope) / distances[e];
  }
  fillPulls(slopes, x, y, d, room.toRow);
  addSampleGradient(own, row, room.toRow, gradient);
  if (!theirs) {
    transposeInto(slopes, K, logs);
    fillPulls(logs, y, x, d, room.toOther);
    addSampleGradient(own, other, room.toOther, gradient);
  }
  return -(largest + log(sum / (K * K)));
}

/** ‖x_k − y_l‖ of two lists of K samples, K × K. */
function fillDistances(x: Float64Array, y: Float64Array, d: number, out: Float64Array): void {
  const K = x.length / d;
  for (let k = 0; k < K; k++) {
    const a = k * d;
    let l = 0;
    // Four at a time: each coordinate of x is read once for them.
    for (; l + 3 < K; l += 4) {
      const [b0, b1, b2, b3] = [l * d, (l + 1) * d, (l + 2) * d, (l + 3) * d];
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let c = 0; c < d; c++) {
        const value = x[a + c];
        s0 += (value - y[b0 + c]) * (value - y[b0 + c]);
        s1 += (value - y[b1 + c]) * (value - y[b1 + c]);
        s2 += (value - y[b2 + c]) * (value - y[b2 + c]);
        s3 += (value - y[b3 + c]) * (value - y[b3 + c]);
      }
      out[k * K + l] = Math.sqrt(s0);
      out[k * K + l + 1] = Math.sqrt(s1);
      out[k * K + l + 2] = Math.sqrt(s2);
      out[k * K + l + 3] = Math.sqrt(s3);
    }
    for (; l < K; l++) {
      let squared = 0;
      for (let c = 0; c < d; c++) squared += (x[a + c] - y[l * d + c]) ** 2;
      out[k * K + l] = Math.sqrt(squared);
    }
  }
}

/** out_k = Σ_l slope_kl (x_k − y_l), K × d. */
function fillPulls(
  slopes: Float64Array,
  x: Float64Array,
  y: Float64Array,
  d: number,
  out: Float64Array,
): void {
  const K = x.length / d;
  for (let k = 0; k < K; k++) {
    const a = k * d;
    for (let c = 0; c < d; c++) out[a + c] = 0;
    let l = 0;
    for (; l + 3 < K; l += 4) {
      const at = k * K + l;
      const [s0, s1, s2, s3] = [slopes[at], slopes[at + 1], slopes[at + 2], slopes[at + 3]];
      const [b0, b1, b2, b3] = [l * d, (l + 1) * d, (l + 2) * d, (l + 3) * d];
      for (let c = 0; c < d; c++) {
        const value = x[a + c];
        out[a + c] +=
          s0 * (value - y[b0 + c]) +
          s1 * (value - y[b1 + c]) +
          s2 * (value - y[b2 + c]) +
          s3 * (value - y[b3 + c]);
      }
    }
    for (; l < K; l++) {
      const slope = slopes[k * K + l];
      for (let c = 0; c < d; c++) out[a + c] += slope * (x[a + c] - y[l * d + c]);
    }
  }
}

/** The K × K matrix with its sides changed. */
function transposeInto(from: Float64Array, K: number, to: Float64Array): void {
  for (let k = 0; k < K; k++) for (let l = 0; l < K; l++) to[l * K + k] = from[k * K + l];
}

/** The K samples of a row, one after the other. */
function samplesOf({ samples, count, rows: { cols } }: Gaussians, row: number): Float64Array {
  const length = (count * cols) / 2;
  return samples.subarray(row * length, (row + 1) * length);
}
