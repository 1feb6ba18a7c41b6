import type { Matrix } from '../../core/matrix.ts';
import { once } from '../../core/once.ts';
import { float32Rows } from '../output.ts';
import { gatherPlan } from '../plans/gather-plan.ts';
import { resultsOf } from '../run-plan.ts';
import { type GivenList, rowList, type TableWork, withOutput, withRowLists } from './table-work.ts';

/** Lists of rows that are known before any is needed, so that one pass over the shards gathers all. */
export interface DrawnRows {
  /** Each once. */
  lists(): Promise<readonly GivenList[]>;
  /** Hears that another plan gathered them on its way. */
  gathered(): void;
  /** The rows of a list as they came; undefined where it is none of these. */
  pointsOf(name: string): Promise<Matrix<Float32Array> | undefined>;
}

/** Rows by their numbers in the table, each list ascending. They stay in the store of the work, not in memory. */
export function drawnRows(work: TableWork, draws: readonly Int32Array[]): DrawnRows {
  const { manifest, engine } = work;
  let isGathered = false;
  const lists = once(async () => {
    const all = await Promise.all(draws.map(rowList));
    return [...new Map(all.map((list) => [list.name, list])).values()];
  });
  const plan = once(async () => gatherPlan(manifest, await lists(), engine.name));
  const run = once(async () => {
    const own = await plan();
    if (!isGathered) await withRowLists(work, await lists(), () => work.run(own));
  });
  return {
    lists,
    gathered() {
      isGathered = true;
    },
    async pointsOf(name) {
      const place = (await lists()).findIndex((list) => list.name === name);
      if (place < 0) return undefined;
      await run();
      const output = resultsOf(await plan())[place];
      return withOutput(work, output, (own) => float32Rows(own, 'points'));
    },
  };
}
