import { InputError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { sha256 } from '../../../core/sha256.ts';
import type { MaybePromise } from '../../../engine/engine.ts';
import type { ReadOptions, Sources, VectorTable } from '../../../io/index.ts';
import { openVectors, wholeOf } from '../../../io/open.ts';
import { storeFormat } from '../../store/store-format.ts';
import { fieldsOf } from './fields.ts';
import type { State, StudioTable } from './state.ts';

/** `a`, `b`, …, `z`, then `t27`, …: the first that no table has. */
export function idOfNext({ tables }: Pick<State, 'tables'>): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (let place = 0; ; place++) {
    const id = letters[place] ?? `t${place + 1}`;
    if (!tables.has(id)) return id;
  }
}

/**
 * A table of a session. Its hash is that of the numbers, float32, little-endian, row by row: the same vectors in another
 * format are the same table to a recipe.
 *
 * @param hashed SHA-256 where the platform has one that needs no copy of the numbers
 */
export async function studioTable(
  id: string,
  name: string,
  table: VectorTable,
  hashed: (points: Matrix) => MaybePromise<string> = hashOfCopy,
): Promise<StudioTable> {
  return { id, name, sha256: await hashed(table.points), table, fields: fieldsOf(table) };
}

function hashOfCopy({ data }: Matrix): Promise<string> {
  return sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/**
 * Reads a table from a file, or from bytes, with the metadata that were given beside it; `name` is what bytes are called.
 */
export async function openedTable(
  id: string,
  sources: Sources,
  { name, ...options }: ReadOptions & { readonly name?: string | undefined } = {},
): Promise<StudioTable> {
  const file = await openVectors(sources, { ...options, also: [storeFormat] });
  try {
    return await studioTable(id, name ?? file.name, await wholeOf(file));
  } finally {
    await file.close();
  }
}

/** Bytes as a file of that name, which sentences and the choice of a format go by. */
export function namedBytes(bytes: Uint8Array<ArrayBuffer>, name: string): File {
  if (bytes.length === 0) throw new InputError(name, 'the file is empty.');
  return new File([bytes], name);
}
