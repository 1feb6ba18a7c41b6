import { OptionError } from '../../core/errors.ts';
import { lancedb } from './lancedb.ts';
import { pgvector } from './pgvector.ts';
import type { SearchAdapter } from './types.ts';
import { usearch } from './usearch.ts';

export type {
  AskOptions,
  At,
  BuildOptions,
  ForeignAnswer,
  GivenRows,
  OpenRows,
  PeerLoader,
  SearchAdapter,
  Similarity,
  Way,
} from './types.ts';
export { lancedb, pgvector, usearch };

const ADAPTERS: readonly SearchAdapter[] = [lancedb, pgvector, usearch];

/** The ids of all adapters. */
export const adapterIds: readonly string[] = ADAPTERS.map(({ id }) => id);

/** The adapter of that id, else a sentence that names them all. */
export function adapterById(id: string): SearchAdapter {
  const found = ADAPTERS.find((own) => own.id === id);
  if (found) return found;
  throw new OptionError('search', 'in', `one of ${adapterIds.join(', ')}`, id);
}
