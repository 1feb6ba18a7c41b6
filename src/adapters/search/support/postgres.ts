import { InputError } from '../../../core/errors.ts';
import { messageOf, type PeerLoader } from '../../support/load-peer.ts';
import { connectedClient, type SqlClient } from '../../support/postgres-client.ts';

export { inTransaction, type SqlClient } from '../../support/postgres-client.ts';

/** What the adapter is called in sentences. */
export const ID = 'pgvector';

/** Connects to an address, and to no other. */
export const clientFor = (place: string, load: PeerLoader): Promise<SqlClient> =>
  connectedClient(ID, place, load);

/** What PostgreSQL does not do, in a sentence. */
export const refused = (cause: unknown) =>
  new InputError(ID, `PostgreSQL says: ${messageOf(cause)}.`, { cause });
