import { withoutSelf } from '../../structures/neighbors/neighbor-lists.ts';
import type { Operation } from '../operation.ts';
import { joinedLists, storedLists } from '../support/lists.ts';
import { graphArrays } from '../support/own-lists.ts';

export interface MergeGraphSettings {
  /** The number in the table of the row of the first list, and how many lists there are. */
  readonly first: number;
  readonly count: number;
  /** Of the lists that come out; those that come in have one more. */
  readonly k: number;
  /** How many inputs, for the plan. */
  readonly inputs: number;
}

/**
 * The k nearest other rows of rows that follow one another, from lists of k + 1 among parts of the table.
 *
 *     rows  m, ascending      indices, distances  m × k, −1 at ∞ where there are fewer
 */
export const mergeGraph: Operation<MergeGraphSettings> = {
  id: 'merge-graph',
  version: 1,
  async run({ first, count }, { inputs, input }) {
    let found = await storedLists(await input(0));
    for (let i = 1; i < inputs; i++) found = joinedLists(found, await storedLists(await input(i)));
    const rows = Int32Array.from({ length: count }, (_, i) => first + i);
    return { fields: {}, arrays: graphArrays(rows, withoutSelf(found, rows)) };
  },
  cost: ({ count, k, inputs }) => ({
    products: 0,
    bytesRead: 12 * count * (k + 1) * inputs,
    bytesWritten: 12 * count * k,
  }),
};
