import type { Matrix } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import { addSampleGradient, type Gaussians } from './gaussian-rows.ts';
import type { Match } from './matches.ts';

/** Memory that one pair after the other is worked out in. */
export interface MatchRoom {
  /** Of each pair of samples: its distance, log odds of the right answer, and slope. */
  readonly distances: Float64Array;
  readonly logs: Float64Array;
  readonly slopes: Float64Array;
  readonly toRow: Float64Array;
  readonly toOther: Float64Array;
}

export function matchRoom({ rows: { cols }, count }: Gaussians): MatchRoom {
  const [pairs, own] = [
    () => new Float64Array(count * count),
    () => new Float64Array((count * cols) / 2),
  ];
  return { distances: pairs(), logs: pairs(), slopes: pairs(), toRow: own(), toOther: own() };
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
  fillDistances(own, row, partner, other, distances);
  let largest = -Infinity;
  for (let e = 0; e < K * K; e++) {
    const odds = sign * (offset - slope * distances[e]);
    // log σ(x) = min(x, 0) − log(1 + exp(−|x|)).
    const tail = exp(-Math.abs(odds));
    logs[e] = Math.min(odds, 0) - log(1 + tail);
    slopes[e] = (odds > 0 ? tail : 1) / (1 + tail);
    if (logs[e] > largest) largest = logs[e];
  }
  let sum = 0;
  for (let e = 0; e < K * K; e++) {
    logs[e] = exp(logs[e] - largest);
    sum += logs[e];
  }
  const scale = (weight * sign * slope) / sum;
  for (let e = 0; e < K * K; e++) {
    slopes[e] = distances[e] === 0 ? 0 : (scale * logs[e] * slopes[e]) / distances[e];
  }
  addPulls(own, row, partner, other, room, K, d);
  addSampleGradient(own, row, room.toRow, gradient);
  if (!theirs) addSampleGradient(own, other, room.toOther, gradient);
  return -(largest + log(sum / (K * K)));
}

function fillDistances(
  { samples: z, count: K, rows: { cols } }: Gaussians,
  i: number,
  { samples: y }: Gaussians,
  j: number,
  out: Float64Array,
): void {
  const d = cols / 2;
  for (let k = 0; k < K; k++) {
    const a = (i * K + k) * d;
    for (let l = 0; l < K; l++) {
      const b = (j * K + l) * d;
      let squared = 0;
      for (let c = 0; c < d; c++) {
        const difference = z[a + c] - y[b + c];
        squared += difference * difference;
      }
      out[k * K + l] = Math.sqrt(squared);
    }
  }
}

/** toRow_k = Σ_l slope_kl (z_k − y_l), toOther_l = −Σ_k the same. */
function addPulls(
  { samples: z }: Gaussians,
  i: number,
  { samples: y }: Gaussians,
  j: number,
  { slopes, toRow, toOther }: MatchRoom,
  K: number,
  d: number,
): void {
  toRow.fill(0);
  toOther.fill(0);
  for (let k = 0; k < K; k++) {
    const a = (i * K + k) * d;
    for (let l = 0; l < K; l++) {
      const b = (j * K + l) * d;
      const slope = slopes[k * K + l];
      for (let c = 0; c < d; c++) {
        const pull = slope * (z[a + c] - y[b + c]);
        toRow[k * d + c] += pull;
        toOther[l * d + c] -= pull;
      }
    }
  }
}
