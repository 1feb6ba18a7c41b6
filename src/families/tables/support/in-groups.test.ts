import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { constant, evaluate, Workspace } from '../../../learning/index.ts';
import { inGroups } from './in-groups.ts';

const workspace = new Workspace(referenceEngine);

/** A row (group, place) for each id. */
const rowsOf = (groups: readonly number[]) =>
  evaluate(
    inGroups(groups, 2, (group, places) =>
      constant(Float64Array.from([...places].flatMap((place) => [group, place])), [
        places.length,
        2,
      ]),
    ),
    workspace,
  );

test('rows come back where their ids stand, whatever their groups', async () => {
  expect([...(await rowsOf([2, 0, 2, 1, 0]))]).toEqual([2, 0, 0, 1, 2, 2, 1, 3, 0, 4]);
  expect([...(await rowsOf([1, 1]))]).toEqual([1, 0, 1, 1]);
});
