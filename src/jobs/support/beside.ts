import { InputError } from '../../core/errors.ts';
import { besideKey, type NamedObject, readObject } from '../../io/sharded/index.ts';
import type { TaskContext } from '../operation.ts';

/** Copies what lies beside the rows of a shard to the store of the new table, unless it is there. */
export async function copyBeside(
  beside: NamedObject,
  { table, work }: Pick<TaskContext, 'table' | 'work'>,
): Promise<void> {
  const key = besideKey(beside);
  if ((await work.size(key)) === beside.bytes) return;
  const bytes = await readObject(table, key);
  if (bytes) await work.create(key, [bytes]);
  else
    throw new InputError(`${table.name}/${key}`, 'the object is missing; the manifest names it.');
}
