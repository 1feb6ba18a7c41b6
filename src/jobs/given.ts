import { sha256 } from '../core/sha256.ts';
import { packedPieces } from '../io/packed.ts';
import type { ObjectStore } from '../io/sharded/index.ts';
import { KIND, type Output } from './output.ts';
import { outputKey } from './task.ts';

/** Numbers that tasks read as they read outputs, by the SHA-256 of their bytes: rows that were drawn, queries. */
export interface Given {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
}

/** What tasks are given, with its name; nothing is stored. */
export async function givenOutput({ fields = {}, arrays }: Output): Promise<Given> {
  const pieces = [...packedPieces(KIND, fields, arrays)];
  return { name: await sha256(...pieces), pieces };
}

/** Stores it, unless it is there; returns its name. */
export async function storeGiven(work: ObjectStore, { name, pieces }: Given): Promise<string> {
  await work.create(outputKey(name), pieces);
  return name;
}
