import type { Floats } from '../../../../core/matrix.ts';
import { evaluate, type Tensor, type Workspace } from '../../../../learning/index.ts';
import { largestPlaces } from '../../../../numerics/rows/largest-places.ts';

/** Pairs that are ranked among themselves at most. */
const MOST = 1000;
const NEAR = 10;

interface Coordinates {
  readonly queries: (rows: Int32Array) => Tensor;
  readonly items: (rows: Int32Array) => Tensor;
  /** The concepts of each item. */
  readonly sets: readonly Int32Array[];
}

/** How often the item of a query is the first, or among ten, and what the coordinates say of the items. */
export async function conceptReport(
  { queries, items, sets }: Coordinates,
  rows: Int32Array,
  workspace: Workspace,
): Promise<Readonly<Record<string, number>>> {
  const asked = rows.subarray(0, MOST);
  const q = Float64Array.from(await evaluate(queries(asked), workspace));
  const j = Float64Array.from(await evaluate(items(asked), workspace));
  const n = asked.length;
  const c = j.length / n;
  const ranks = ranksOfPartners(q, j, n);
  const share = (k: number) => ranks.filter((rank) => rank < k).length / n;
  let [active, found, there] = [0, 0, 0];
  asked.forEach((row, i) => {
    const wanted = sets[row];
    const own = new Set(largestPlaces(j, i * c, (i + 1) * c, Math.max(1, wanted.length)));
    for (const concept of wanted) if (own.has(concept) && j[i * c + concept] > 0) found++;
    there += wanted.length;
    for (let e = i * c; e < (i + 1) * c; e++) if (j[e] !== 0) active++;
  });
  return {
    recallAt1: share(1),
    recallAt10: share(NEAR),
    active: active / n,
    conceptRecall: found / Math.max(1, there),
  };
}

/** How many items score above the own one of each query. */
function ranksOfPartners(q: Floats, j: Floats, n: number): readonly number[] {
  const cols = q.length / n;
  return Array.from({ length: n }, (_, i) => {
    const scoreOf = (item: number) => {
      let sum = 0;
      for (let c = 0; c < cols; c++) sum += q[i * cols + c] * j[item * cols + c];
      return sum;
    };
    const own = scoreOf(i);
    let above = 0;
    for (let item = 0; item < n; item++) if (item !== i && scoreOf(item) > own) above++;
    return above;
  });
}
