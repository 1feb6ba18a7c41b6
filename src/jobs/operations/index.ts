import { OptionError } from '../../core/errors.ts';
import type { Operation } from '../operation.ts';
import type { Task } from '../task.ts';
import { applyModel } from './apply-model.ts';
import { assignLists } from './assign-lists.ts';
import { classSums } from './class-sums.ts';
import { disperseStart } from './disperse-start.ts';
import { disperseStep } from './disperse-step.ts';
import { disperseStore } from './disperse-store.ts';
import { disperseTotals } from './disperse-totals.ts';
import { encodeRows } from './encode-rows.ts';
import { equalHashes } from './equal-hashes.ts';
import { gatherRows } from './gather-rows.ts';
import { groupMoments } from './group-moments.ts';
import { joinRows } from './join-rows.ts';
import { listNeighbors } from './list-neighbors.ts';
import { listRows } from './list-rows.ts';
import { mergeGraph } from './merge-graph.ts';
import { mergeNearest } from './merge-nearest.ts';
import { moments } from './moments.ts';
import { nearestPartial } from './nearest-partial.ts';
import { pairSums } from './pair-sums.ts';
import { rowHashes } from './row-hashes.ts';
import { scoreRows } from './score-rows.ts';
import { sums } from './sums.ts';

/** Every operation; a worker computes these and no others. */
export const operations: readonly Operation[] = [
  assignLists,
  applyModel,
  classSums,
  disperseStart,
  disperseStep,
  disperseStore,
  disperseTotals,
  encodeRows,
  equalHashes,
  gatherRows,
  groupMoments,
  joinRows,
  listNeighbors,
  listRows,
  mergeGraph,
  mergeNearest,
  moments,
  nearestPartial,
  pairSums,
  rowHashes,
  scoreRows,
  sums,
];

/** The operation of a task; refuses one that this version does not know. */
export function operationOf({ operation: id, version }: Task): Operation {
  const found = operations.find((one) => one.id === id);
  if (found?.version === version) return found;
  const known = operations.map((one) => `${one.id} ${one.version}`).join(', ');
  throw new OptionError('worker', 'operation', `one of ${known}`, `${id} ${version}`);
}
