import { InputError } from '../../../core/errors.ts';
import type { PeerLoader } from '../types.ts';
import { messageOf, peerOf } from './load-peer.ts';

/** What the adapter is called in sentences. */
export const ID = 'pgvector';

/** What is used of a client of PostgreSQL (`pg`). */
export interface SqlClient {
  connect(): Promise<unknown>;
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  end(): Promise<void>;
}

/** Values of other types are asked for as texts. */
export type Row = Readonly<Record<string, string | number | null>>;

interface Pg {
  readonly Client: new (options: { readonly connectionString: string }) => SqlClient;
}

/** Connects to an address, and to no other. */
export async function clientFor(place: string, load: PeerLoader): Promise<SqlClient> {
  const { Client } = await peerOf<Pg>(ID, load, 'pg');
  try {
    const client = new Client({ connectionString: place });
    await client.connect();
    return client;
  } catch (cause) {
    // The address may hold a password.
    const host = URL.canParse(place) ? new URL(place).host : 'the address';
    throw new InputError(ID, `cannot connect to ${host}: ${messageOf(cause)}.`, { cause });
  }
}

/** What PostgreSQL does not do, in a sentence. */
export const refused = (cause: unknown) =>
  new InputError(ID, `PostgreSQL says: ${messageOf(cause)}.`, { cause });

/** All of the work, or none of it. */
export async function inTransaction<T>(client: SqlClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const done = await work();
    await client.query('COMMIT');
    return done;
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {});
    throw cause;
  }
}
