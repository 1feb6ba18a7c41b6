import type { EngineName } from '../../engine/engine.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { listNeighbors } from '../operations/list-neighbors.ts';
import { mergeGraph } from '../operations/merge-graph.ts';
import { nearestPartial } from '../operations/nearest-partial.ts';
import { namesOf, type Plan, type Stage, stageOf } from '../plan.ts';
import { type ListsWanted, listsPlan } from './lists-plan.ts';
import { placedShards } from './placed-shards.ts';

/** Rows whose lists one task finds, and shards that it reads for them. */
const [ROWS, SHARDS] = [8192, 8];

/**
 * The k nearest other rows of every row, exactly: n²d products. Whose lists an output holds follow from the rows alone:
 * the outputs of the last stage follow one another.
 */
export async function exactGraphPlan(
  manifest: Manifest,
  k: number,
  engine: EngineName,
): Promise<Plan> {
  const shards = placedShards(manifest);
  const groups = Array.from({ length: Math.ceil(shards.length / SHARDS) }, (_, g) =>
    shards.slice(g * SHARDS, (g + 1) * SHARDS),
  );
  const stages: Stage[] = [];
  const blocks = shards.flatMap(({ shard, first }) =>
    Array.from({ length: Math.ceil(shard.rows / ROWS) }, (_, b) => {
      const block = { from: b * ROWS, to: Math.min(shard.rows, (b + 1) * ROWS) };
      return { shard, first, block, count: block.to - block.from };
    }),
  );
  const tasks = blocks.flatMap(({ shard, block, count }) =>
    groups.map((among) =>
      taskOf(nearestPartial, engine, { queries: shard, block, count, among, k: k + 1 }),
    ),
  );
  const parts = await stageOf('nearest rows', tasks);
  const names = namesOf(parts);
  const merges = blocks.map(({ first, block, count }, b) => {
    const own = names.slice(b * groups.length, (b + 1) * groups.length);
    const settings = { first: first + block.from, count, k, inputs: own.length };
    return taskOf(mergeGraph, engine, settings, own);
  });
  stages.push(parts, await stageOf('neighbor lists', merges, names));
  return { title: 'neighbor graph', stages };
}

/** The k nearest other rows of every row among those that share its list: the outputs of the last stage hold some lists each. */
export async function approximateGraphPlan(
  manifest: Manifest,
  wanted: Omit<ListsWanted, 'unit'>,
  k: number,
  engine: EngineName,
): Promise<Plan> {
  const { stages } = await listsPlan(manifest, { ...wanted, unit: true }, engine);
  const names = namesOf(stages[stages.length - 1]);
  const parts = names.length;
  const { lists, probes } = wanted;
  const rows = Math.ceil((manifest.rows * probes) / parts);
  const settings = { k, rows, lists: Math.ceil(lists / parts), cols: manifest.cols };
  const tasks = names.map((name) => taskOf(listNeighbors, engine, settings, [name]));
  const found = await stageOf('neighbor lists', tasks, names);
  return { title: 'neighbor graph', stages: [...stages, found] };
}
