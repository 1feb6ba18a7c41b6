import { InputError } from '../../core/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Manifest, ObjectStore } from '../../io/sharded/index.ts';
import { type Given, givenOutput, storeGiven } from '../given.ts';
import { openOutput } from '../output.ts';
import type { Plan } from '../plan.ts';
import type { RowList } from '../plans/gather-plan.ts';

/** A sharded table, and what runs plans over it. */
export interface TableWork {
  /** What the table is called in sentences. */
  readonly name: string;
  readonly manifest: Manifest;
  /** Where the shards lie. */
  readonly table: ObjectStore;
  /** Where the outputs lie. */
  readonly work: ObjectStore;
  readonly engine: Engine;
  run(plan: Plan): Promise<unknown>;
  /** Removes an output that is needed no more, as soon as no other command can count on it. */
  discard(name: string): Promise<void>;
}

/** What `use` makes of an output. */
export async function withOutput<T>(
  { work }: Pick<TableWork, 'work'>,
  name: string,
  use: (output: Awaited<ReturnType<typeof openOutput>>) => Promise<T>,
): Promise<T> {
  const output = await openOutput(work, name);
  try {
    return await use(output);
  } finally {
    await output.close();
  }
}

/** A list of rows, and what of it is stored for tasks. */
export interface GivenList extends RowList {
  readonly given: Given;
}

/** A list of rows as tasks are given it; nothing is stored. */
export async function rowList(rows: Int32Array): Promise<GivenList> {
  const given = await givenOutput({ arrays: { rows: { shape: [rows.length], data: rows } } });
  return { name: given.name, rows, given };
}

/** Stores a list for the plans of `use`, and removes it when they are done. */
export async function withRowList<T>(
  work: Pick<TableWork, 'work' | 'discard'>,
  rows: Int32Array,
  use: (list: RowList) => Promise<T>,
): Promise<T> {
  const { given, ...list } = await rowList(rows);
  return withGiven(work, given, () => use(list));
}

/** The same of several lists. */
export async function withRowLists<T>(
  work: Pick<TableWork, 'work' | 'discard'>,
  [first, ...others]: readonly GivenList[],
  use: () => Promise<T>,
): Promise<T> {
  if (!first) return use();
  return withGiven(work, first.given, () => withRowLists(work, others, use));
}

/**
 * Stores what the plans of `use` read, and removes it when they are done. Where one was stopped it stays, so that whoever
 * leads the plan on finds it.
 */
export async function withGiven<T>(
  { work, discard }: Pick<TableWork, 'work' | 'discard'>,
  given: Given,
  use: (name: string) => Promise<T>,
): Promise<T> {
  await storeGiven(work, given);
  const used = await use(given.name);
  await discard(given.name);
  return used;
}

/** Refuses a table of more rows than an Int32Array has numbers for. */
export function requireRowNumbers({ name, manifest }: Pick<TableWork, 'name' | 'manifest'>): void {
  if (manifest.rows < 2 ** 31) return;
  throw new InputError(name, `it has ${manifest.rows} rows; 2³¹ − 1 can be numbered.`);
}
