import type { TablePlace } from '../../io/contract.ts';
import { isQdrant } from './support/qdrant-address.ts';
import type { Fetch } from './support/qdrant-client.ts';
import { openQdrant } from './support/qdrant-reader.ts';
import { claimQdrant, createQdrant } from './support/qdrant-writer.ts';

/**
 * Collections of Qdrant over its HTTP interface: `qdrant://HOST/COLLECTION`, port 6333 where none is said, with `?vector=`
 * for a named vector, `&id=` and `&label=` where the columns are not the usual ones, `&tls=true` for HTTPS and, of a new
 * collection, `&distance=` (Cosine, Dot, Euclid, Manhattan). The key is `QDRANT_API_KEY` of the environment, and stands in no
 * address. What is written is a new collection, NAME_xxxxxxxx; the alias NAME leads to it when it is whole, and the old
 * collection stays.
 *
 * @param request sends requests; left out, `fetch`
 * @example
 * import { read, write } from 'tammes/io';
 * const places = [qdrant()];
 * const table = await read('qdrant://localhost/products', { places });
 * await write('qdrant://localhost/spread', table, { places });
 */
export function qdrant(request: Fetch = fetch): TablePlace {
  return {
    id: 'qdrant',
    recognizes: isQdrant,
    open: (address, options) => openQdrant(address, options, request),
    claim: (address) => claimQdrant(address, request),
    create: (address, coming) => createQdrant(address, coming, request),
  };
}
