import type { Found } from '../types.ts';
import { type Best, bestOf } from './best.ts';

/** From so many rows on, sorting now and then costs less than keeping them sorted. */
const MANY = 128;

/** The k best of query q, which are in `found` whenever it is settled. */
export interface Collected extends Best {
  settle(): void;
}

/** As `bestOf`, for any k: of many rows, twice as many are held and the worse half is left out when they are full. */
export function collectedBest(found: Found, q: number, k: number): Collected {
  if (k <= MANY) {
    const best = bestOf(found, q, k);
    return Object.assign(best, { settle() {} });
  }
  const rows = new Int32Array(2 * k);
  const scores = new Float64Array(2 * k);
  let count = 0;
  let floor = -Infinity;
  const prune = () => {
    const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
      (a, b) => scores[b] - scores[a] || rows[a] - rows[b],
    );
    const kept = Array.from(order.subarray(0, k), (at) => [rows[at], scores[at]] as const);
    for (const [at, [row, score]] of kept.entries()) {
      rows[at] = row;
      scores[at] = score;
    }
    count = kept.length;
    if (count === k) floor = scores[k - 1];
  };
  return {
    get floor() {
      return floor;
    },
    offer(row, score) {
      rows[count] = row;
      scores[count] = score;
      count++;
      if (count === rows.length) prune();
    },
    settle() {
      prune();
      found.rows.set(rows.subarray(0, count), q * k);
      found.scores.set(scores.subarray(0, count), q * k);
    },
  };
}
