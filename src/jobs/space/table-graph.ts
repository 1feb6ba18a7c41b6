import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { lloydCenters, spreadRows } from '../../structures/clusters/lloyd-centers.ts';
import { meanRecall, type Recall } from '../../structures/neighbors/mean-recall.ts';
import { givenOutput } from '../given.ts';
import { int32s } from '../output.ts';
import { approximateGraphPlan, exactGraphPlan } from '../plans/graph-plans.ts';
import { resultsOf } from '../run-plan.ts';
import { type Lists, storedLists } from '../support/lists.ts';
import { gatheredRows } from './gathered-rows.ts';
import { nearestRows } from './nearest-rows.ts';
import { rowNumbers } from './row-numbers.ts';
import { type TableWork, withGiven, withOutput } from './table-work.ts';

/** Lists of neighbors of all rows of a table, in outputs of the work. */
export interface TableGraph {
  readonly k: number;
  /** Outputs that hold the lists of some rows each. */
  readonly parts: readonly string[];
  /** Whether the last of `parts` are the lists of the last rows. */
  readonly inOrder: boolean;
  /** Share of the k nearest that the lists hold, of rows solved exactly; undefined of an exact graph. */
  readonly recall?: Recall | undefined;
  /** Rows that were solved for it. */
  readonly solved: number;
}

export interface ApproximateOptions {
  readonly k: number;
  /** Lists that the table is cut into. Default √n. */
  readonly lists?: number | undefined;
  /** Lists that a row is in. Default 4. */
  readonly probes?: number | undefined;
  /** Of the drawn rows. Default 0. */
  readonly seed?: number | undefined;
}

/** Lists that a row is in. */
export const PROBES = 4;

/** Rows for each center that Lloyd's steps move over, and among which the first are drawn; steps; rows solved exactly. */
const [ROWS_A_CENTER, SEEDS_A_CENTER, STEPS, SOLVED] = [32, 8, 6, 500];

/** The k nearest other rows of every row, exactly. */
export async function exactGraph(work: TableWork, k: number): Promise<TableGraph> {
  const plan = await exactGraphPlan(work.manifest, k, work.engine.name);
  await work.run(plan);
  return { k, parts: resultsOf(plan), inOrder: true, solved: 0 };
}

/** The same among the rows that share a list; how much that finds is measured on drawn rows. */
export async function approximateGraph(
  work: TableWork,
  { k, lists, probes = PROBES, seed = 0 }: ApproximateOptions,
): Promise<TableGraph> {
  const { manifest, engine } = work;
  const { rows: n, cols: d } = manifest;
  const random = Random.fromSeed(seed).fork('graph of a table');
  const wanted = Math.min(n, lists ?? Math.ceil(Math.sqrt(n)));
  const centers = await centersOf(work, wanted, random);
  const shape = [centers.rows, d];
  const given = await givenOutput({ arrays: { points: { shape, data: centers.data } } });
  return withGiven(work, given, async (name) => {
    const settings = {
      centers: name,
      lists: centers.rows,
      probes: Math.min(probes, centers.rows),
    };
    const plan = await approximateGraphPlan(manifest, settings, k, engine.name);
    await work.run(plan);
    const parts = resultsOf(plan);
    const asked = random.fork('solved').sample(n, Math.min(n, SOLVED)).sort();
    return {
      k,
      parts,
      inOrder: false,
      recall: await recallOf(work, parts, asked, k),
      solved: asked.length,
    };
  });
}

async function centersOf(work: TableWork, lists: number, random: Random) {
  const { rows: n } = work.manifest;
  const drawn = random.fork('sample').sample(n, Math.min(n, ROWS_A_CENTER * lists));
  const none = rowNumbers(n, new Int32Array(0));
  const { points } = unitOrZeroRows(await gatheredRows(work, none, drawn));
  const first = Math.min(points.rows, SEEDS_A_CENTER * lists);
  const among = matrix(points.data.subarray(0, first * points.cols), first, points.cols);
  const start = spreadRows(among, lists, random.fork('centers'));
  const { engine } = work;
  return (await lloydCenters(points, start, STEPS, { engine, leastGain: 0 })).centers;
}

/** Share of the k nearest rows of some that their lists hold; an equally near one counts as well. */
async function recallOf(
  work: TableWork,
  parts: readonly string[],
  asked: Int32Array,
  k: number,
): Promise<Recall> {
  const none = rowNumbers(work.manifest.rows, new Int32Array(0));
  const exact = await nearestRows(work, none, asked, k);
  const placeOf = new Map(Array.from(asked, (row, at) => [row, at]));
  const shares = new Float64Array(asked.length).fill(1);
  await eachPart(work, parts, (rows, { distances }) => {
    for (const [i, row] of rows.entries()) {
      const at = placeOf.get(row);
      if (at === undefined) continue;
      const own = exact.distances.subarray(at * k, (at + 1) * k).filter(Number.isFinite);
      const farthest = own[own.length - 1];
      const found = distances.subarray(i * k, i * k + own.length).filter((one) => one <= farthest);
      if (own.length > 0) shares[at] = found.length / own.length;
    }
  });
  return meanRecall(shares);
}

/** Visits the lists of a graph, part after part. */
export async function eachPart(
  work: Pick<TableWork, 'work'>,
  parts: readonly string[],
  visit: (rows: Int32Array, lists: Lists) => void,
): Promise<void> {
  for (const name of parts)
    await withOutput(work, name, async (output) =>
      visit(await int32s(output, 'rows'), await storedLists(output)),
    );
}
