import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { takingCopies } from './pglite-copy.ts';

/** A PostgreSQL with pgvector in this process and in memory, that answers at an address. */
export interface Postgres {
  readonly address: string;
  readonly database: PGlite;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
  const database = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({
    db: takingCopies(database),
    host: '127.0.0.1',
    port: 0,
    maxConnections: 8,
  });
  await server.start();
  return {
    address: `postgres://postgres:secret@${server.getServerConn()}/postgres`,
    database,
    async stop() {
      await server.stop();
      await database.close();
    },
  };
}
