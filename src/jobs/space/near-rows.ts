import { eachPart, type TableGraph } from './table-graph.ts';
import type { TableWork } from './table-work.ts';

/** Groups of rows that hang together by distances of at most `near` in the lists of a graph, ascending, by their first rows. */
export async function nearRows(
  work: TableWork,
  { parts, k }: TableGraph,
  near: number,
): Promise<readonly Int32Array[]> {
  const root = Int32Array.from({ length: work.manifest.rows }, (_, i) => i);
  const find = (row: number): number => {
    let at = row;
    while (root[at] !== at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  };
  await eachPart(work, parts, (rows, { indices, distances }) => {
    for (const [i, row] of rows.entries()) {
      for (let at = i * k; at < (i + 1) * k && distances[at] <= near; at++) {
        const [a, b] = [find(row), find(indices[at])];
        root[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });
  const groups = new Map<number, number[]>();
  for (let row = 0; row < root.length; row++) {
    const first = find(row);
    if (first === row) continue;
    const group = groups.get(first) ?? [first];
    group.push(row);
    groups.set(first, group);
  }
  return Array.from(groups.values(), (group) => Int32Array.from(group)).sort((a, b) => a[0] - b[0]);
}
