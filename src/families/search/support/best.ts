import type { Found } from '../types.ts';

/** Room for the k best of each of q queries. */
export function noneFound(queries: number, k: number, exact: boolean): Found {
  return {
    rows: new Int32Array(queries * k).fill(-1),
    scores: new Float64Array(queries * k).fill(-Infinity),
    scanned: new Float64Array(queries),
    exact,
  };
}

/** The k best of what is offered, best first; equal scores by lower row. */
export interface Best {
  /** The score that a further row must exceed. */
  readonly floor: number;
  offer(row: number, score: number): void;
}

/** The k best of query q, kept in its places of `found`, sorted at every time. */
export function bestOf({ rows, scores }: Found, q: number, k: number): Best {
  const [first, last] = [q * k, (q + 1) * k - 1];
  return {
    get floor() {
      return scores[last];
    },
    offer(row, score) {
      const isBetter = score > scores[last] || (score === scores[last] && row < rows[last]);
      if (!isBetter && rows[last] >= 0) return;
      let at = last;
      while (
        at > first &&
        (rows[at - 1] < 0 ||
          score > scores[at - 1] ||
          (score === scores[at - 1] && row < rows[at - 1]))
      ) {
        scores[at] = scores[at - 1];
        rows[at] = rows[at - 1];
        at--;
      }
      scores[at] = score;
      rows[at] = row;
    },
  };
}
