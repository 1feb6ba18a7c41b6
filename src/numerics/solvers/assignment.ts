import { InputError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';

/** For each row its column, no column twice, with the least sum. */
export interface LinearAssignment {
  /** n columns. */
  readonly columns: Int32Array;
  /** Σ cost(i, columns[i]). */
  readonly cost: number;
}

/**
 * The linear sum assignment problem: minimise Σ_i cost(i, π(i)) over injective π, n × m costs, n ≤ m.
 *
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987; Crouse 2016): O(n²m). Of equal
 * choices the lowest column wins.
 */
export function assignRows(cost: Matrix): LinearAssignment {
  const { data, rows: n, cols: m } = cost;
  if (n > m) throw new ShapeError('assignRows', 'at least as many columns as rows', `${n} × ${m}`);
  if (!data.every(Number.isFinite))
    throw new InputError('assignRows', 'every cost must be finite.');
  const rowPotential = new Float64Array(n);
  const columnPotential = new Float64Array(m);
  const rowOf = new Int32Array(m).fill(-1);
  const columns = new Int32Array(n).fill(-1);
  const path = new Int32Array(m);
  const shortest = new Float64Array(m);
  const settled = new Uint8Array(m);
  for (let start = 0; start < n; start++) {
    shortest.fill(Infinity);
    settled.fill(0);
    const visited: number[] = [];
    let row = start;
    let reached = 0;
    let end = -1;
    while (end < 0) {
      visited.push(row);
      let next = -1;
      let least = Infinity;
      for (let j = 0; j < m; j++) {
        if (settled[j]) continue;
        const length = reached + data[row * m + j] - rowPotential[row] - columnPotential[j];
        if (length < shortest[j]) {
          shortest[j] = length;
          path[j] = row;
        }
        if (shortest[j] < least) {
          least = shortest[j];
          next = j;
        }
      }
      reached = least;
      settled[next] = 1;
      if (rowOf[next] < 0) end = next;
      else row = rowOf[next];
    }
    rowPotential[start] += reached;
    for (const i of visited) if (i !== start) rowPotential[i] += reached - shortest[columns[i]];
    for (let j = 0; j < m; j++) if (settled[j]) columnPotential[j] -= reached - shortest[j];
    for (let j = end; ; ) {
      const i = path[j];
      rowOf[j] = i;
      const before = columns[i];
      columns[i] = j;
      if (i === start) break;
      j = before;
    }
  }
  let total = 0;
  for (let i = 0; i < n; i++) total += data[i * m + columns[i]];
  return { columns, cost: total };
}
