import { InputError } from '../../core/errors.ts';
import { revealed } from '../../io/addresses.ts';
import { messageOf, type PeerLoader, peerOf } from './load-peer.ts';

/** What is used of a client of PostgreSQL (`pg`). */
export interface SqlClient {
  connect(): Promise<unknown>;
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>;
  /** Something that sends itself, and is told what the server answers. */
  query(query: Submittable): unknown;
  on(event: 'error', listener: (cause: Error) => void): unknown;
  end(): Promise<void>;
  readonly connection: WireConnection;
}

/** Values of other types are asked for as texts. */
export type Row = Readonly<Record<string, string | number | null>>;

/** What is used of a connection of `pg`. */
export interface WireConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
  readonly stream: {
    readonly writableNeedDrain: boolean;
    readonly destroyed: boolean;
    pause(): void;
    resume(): void;
    destroy(): void;
    once(event: 'drain' | 'close', listener: () => void): void;
    off(event: 'drain' | 'close', listener: () => void): void;
  };
}

/** What `pg` calls on a query that sends itself. */
export interface Submittable {
  submit(connection: WireConnection): void;
  handleCopyInResponse(connection: WireConnection): void;
  handleCopyData(message: { readonly chunk: Uint8Array }): void;
  handleError(cause: Error): void;
  handleReadyForQuery(): void;
  handleCommandComplete(): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
}

interface Pg {
  readonly Client: new (options: {
    readonly connectionString: string;
    readonly connectionTimeoutMillis: number;
  }) => SqlClient;
}

/** A server that does not answer in so many milliseconds is not there. */
const PATIENCE = 15_000;

/** Connects to an address, and to no other. `id`: who speaks in sentences. */
export async function connectedClient(
  id: string,
  place: string,
  load: PeerLoader,
): Promise<SqlClient> {
  const { Client } = await peerOf<Pg>(id, load, 'pg');
  try {
    const connectionString = revealed(place);
    const client = new Client({ connectionString, connectionTimeoutMillis: PATIENCE });
    // A server that goes away is told to whoever waits for it; unheard, it would end the process.
    client.on('error', () => {});
    await client.connect();
    return client;
  } catch (cause) {
    // The address may hold a password.
    const host = URL.canParse(place) ? new URL(place).host || 'the server' : 'the address';
    const sentence = /password must be a string/.test(messageOf(cause))
      ? `${host} wants a password and none was given: PGPASSWORD or a file .pgpass has it`
      : `cannot connect to ${host}: ${messageOf(cause)}`;
    throw new InputError(id, `${sentence}.`, { cause });
  }
}

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
