import type { Operation } from '../operation.ts';
import { joinedLists, listArrays, storedLists } from '../support/lists.ts';

export interface MergeNearestSettings {
  /** Lists in each input, and their length, for the plan. */
  readonly count: number;
  readonly k: number;
  /** How many inputs, for the plan. */
  readonly inputs: number;
}

/** The nearest of the lists of its inputs, which are of the same queries among rows that follow one another. */
export const mergeNearest: Operation<MergeNearestSettings> = {
  id: 'merge-nearest',
  version: 1,
  async run(_, { inputs, input }) {
    let found = await storedLists(await input(0));
    for (let i = 1; i < inputs; i++) found = joinedLists(found, await storedLists(await input(i)));
    return { fields: {}, arrays: listArrays(found) };
  },
  cost: ({ count, k, inputs }) => ({
    products: 0,
    bytesRead: 12 * count * k * inputs,
    bytesWritten: 12 * count * k,
  }),
};
