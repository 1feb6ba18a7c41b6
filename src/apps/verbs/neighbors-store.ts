import { writeStreamedNeighbors } from '../../io/neighbors.ts';
import {
  approximateGraph,
  eachPart,
  exactGraph,
  type TableGraph,
} from '../../jobs/space/table-graph.ts';
import { requireRowNumbers, type TableWork } from '../../jobs/space/table-work.ts';
import type { Recall } from '../../structures/neighbors/mean-recall.ts';
import { exactUpTo, NEIGHBORS, type NeighborsOptions, requireOthers } from './neighbors.ts';

/** Numbers of lists that are held at once. */
const NUMBERS = 2 ** 25;

/**
 * The k nearest other rows of every row of a sharded table that is not read whole, as an archive of lists in the order of the
 * rows: exactly up to as many rows as in memory, else among rows that share a list, with the recall on 500 rows.
 */
export async function neighborsStore(
  path: string,
  work: TableWork,
  options: NeighborsOptions = {},
): Promise<{ readonly k: number; readonly recall?: Recall | undefined }> {
  requireRowNumbers(work);
  const { rows: n } = work.manifest;
  requireOthers(n);
  const { k: wanted = NEIGHBORS, seed } = options;
  const k = Math.max(1, Math.min(wanted, n - 1));
  const graph =
    n <= exactUpTo(k, options)
      ? await exactGraph(work, k)
      : await approximateGraph(work, { k, seed });
  const lists = async function* () {
    yield* graph.inOrder ? inParts(work, graph) : inOrder(work, graph);
  };
  await writeStreamedNeighbors(
    {
      n,
      k,
      async *indices() {
        for await (const { indices } of lists()) yield indices;
      },
      async *distances() {
        for await (const { distances } of lists()) yield distances;
      },
    },
    path,
  );
  return { k, recall: graph.recall };
}

async function* inParts(work: TableWork, { parts }: TableGraph) {
  for (const part of parts) {
    const found: { indices: Int32Array; distances: Float64Array }[] = [];
    await eachPart(work, [part], (_, lists) => void found.push(lists));
    yield* found;
  }
}

/** Lists that lie in any order, by their rows: as many rows as are held at a time, from all parts. */
async function* inOrder(work: TableWork, { parts, k }: TableGraph) {
  const { rows: n } = work.manifest;
  const size = Math.max(1, Math.floor(NUMBERS / k));
  for (let from = 0; from < n; from += size) {
    const to = Math.min(n, from + size);
    const held = {
      indices: new Int32Array((to - from) * k).fill(-1),
      distances: new Float64Array((to - from) * k).fill(Infinity),
    };
    await eachPart(work, parts, (rows, { indices, distances }) => {
      for (let i = 0; i < rows.length; i++) {
        if (rows[i] < from || rows[i] >= to) continue;
        const at = (rows[i] - from) * k;
        held.indices.set(indices.subarray(i * k, (i + 1) * k), at);
        held.distances.set(distances.subarray(i * k, (i + 1) * k), at);
      }
    });
    yield held;
  }
}
