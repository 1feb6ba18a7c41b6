import type { TablePlace } from '../../io/contract.ts';
import { isQdrant } from './support/qdrant-address.ts';
import { openQdrant } from './support/qdrant-reader.ts';
import { claimQdrant, createQdrant } from './support/qdrant-writer.ts';

/**
 * Collections of Qdrant: `qdrant://host:6333/COLLECTION`, with `?vector=` where points have several, and `&tls=true` for
 * HTTPS. The key is that of the environment variable `QDRANT_API_KEY`. What is written is a new collection; the name in the
 * address is an alias, which is switched to it when all rows are there.
 *
 * @example
 * import { read, write } from 'tammes/io';
 * const places = [qdrant()];
 * const table = await read('qdrant://localhost/products', { places });
 * await write('qdrant://localhost/products-spread', table, { places });
 */
export function qdrant(): TablePlace {
  return {
    id: 'qdrant',
    recognizes: isQdrant,
    open: openQdrant,
    claim: claimQdrant,
    create: createQdrant,
  };
}
