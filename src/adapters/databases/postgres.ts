import type { TablePlace } from '../../io/contract.ts';
import { importPeer, type PeerLoader } from '../support/load-peer.ts';
import { isPostgres } from './support/postgres-address.ts';
import { openPostgres } from './support/postgres-reader.ts';
import { claimPostgres, createPostgres } from './support/postgres-writer.ts';

/**
 * Tables of PostgreSQL: `postgres://user@host/database?table=T`, with `&vector=`, `&id=` and `&label=` where the columns
 * are not the usual ones. Rows come and go as a binary COPY, in the order of their id.
 *
 * @param load gets the package `pg`; left out, it is imported
 * @example
 * import { read, write } from 'tammes/io';
 * const places = [postgres()];
 * const table = await read('postgres://me@localhost/shop?table=products', { places });
 * await write('postgres://me@localhost/shop?table=products', table, { places });
 */
export function postgres(load: PeerLoader = importPeer): TablePlace {
  return {
    id: 'postgres',
    recognizes: isPostgres,
    open: (address, options) => openPostgres(address, options, load),
    claim: (address) => claimPostgres(address, load),
    create: (address, coming) => createPostgres(address, coming, load),
  };
}
