import type { KnnGraph } from '../../../core/graph.ts';

/** How far the rows of a block look along the lists of a graph. */
export interface Reach {
  /** So many of each row's neighbours are asked for theirs; 0: only the neighbours themselves are candidates. */
  readonly near: number;
  /** So many of theirs are candidates. */
  readonly far: number;
}

/**
 * Who may be among the nearest of a block's rows: the rows themselves, all in their lists, and within `reach` the
 * neighbours of those. Called for one block after the other; ascending.
 */
export function candidatesAmong(n: number): CandidatesOf {
  const seen = new Int32Array(n);
  const found = new Int32Array(n);
  let stamp = 0;
  return (rows, { indices, k }, { near, far }) => {
    stamp += 1;
    let count = 0;
    const add = (j: number): void => {
      if (j < 0 || seen[j] === stamp) return;
      seen[j] = stamp;
      found[count++] = j;
    };
    for (let b = 0; b < rows.length; b++) add(rows[b]);
    for (let b = 0; b < rows.length; b++) {
      for (let r = rows[b] * k; r < (rows[b] + 1) * k; r++) add(indices[r]);
    }
    if (near > 0) {
      const asked = askedRows(rows, indices, k, near);
      for (let a = 0; a < asked.length; a++) {
        for (let r = asked[a] * k; r < asked[a] * k + far; r++) add(indices[r]);
      }
    }
    return found.slice(0, count).sort();
  };
}

export type CandidatesOf = (rows: Int32Array, graph: KnnGraph, reach: Reach) => Int32Array;

/** The first `near` neighbours of the rows, each once. */
function askedRows(rows: Int32Array, indices: Int32Array, k: number, near: number): Int32Array {
  const asked = new Int32Array(rows.length * near);
  for (let b = 0; b < rows.length; b++) {
    for (let r = 0; r < near; r++) asked[b * near + r] = indices[rows[b] * k + r];
  }
  asked.sort();
  let count = 0;
  for (let a = 0; a < asked.length; a++) {
    if (asked[a] >= 0 && (a === 0 || asked[a] !== asked[a - 1])) asked[count++] = asked[a];
  }
  return asked.slice(0, count);
}
