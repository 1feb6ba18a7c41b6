import type { ComingRows, TableOutput } from '../../../io/contract.ts';
import type { PeerLoader } from '../../support/load-peer.ts';
import { connectedClient, type SqlClient } from '../../support/postgres-client.ts';
import { type PostgresAddress, postgresAddress } from './postgres-address.ts';
import { givenTable } from './postgres-given.ts';
import { newTable, requireVectors } from './postgres-new.ts';
import { requireMovable } from './postgres-swap.ts';
import { foundTable, idAttribute, refused, vectorAttribute } from './postgres-table.ts';

async function connected<T>(
  { name, place }: PostgresAddress,
  load: PeerLoader,
  use: (client: SqlClient) => Promise<T>,
): Promise<T> {
  const client = await connectedClient(name, place, load);
  try {
    return await use(client);
  } catch (cause) {
    await client.end().catch(() => {});
    return refused(name, cause);
  }
}

/** Refuses, before anything is computed, an address that could not be written; changes nothing. */
export async function claimPostgres(text: string, load: PeerLoader): Promise<void> {
  const address = postgresAddress(text);
  await connected(address, load, async (client) => {
    await client.query('BEGIN');
    const old = await foundTable(client, address);
    if (old) await requireMovable(client, address.name, old);
    if (old && !address.replaces) {
      vectorAttribute(address.name, old.attributes, address.vector);
      idAttribute(address.name, old, address.id);
    } else if (address.type !== 'real[]') await requireVectors(client, address);
    await client.query('ROLLBACK');
    await client.end();
  });
}

/** Rows into a table of PostgreSQL, all in one transaction: killed in the middle, nothing was written. */
export async function createPostgres(
  text: string,
  coming: ComingRows,
  load: PeerLoader,
): Promise<TableOutput> {
  const address = postgresAddress(text);
  const { name } = address;
  const { client, filling } = await connected(address, load, async (own) => {
    await own.query('BEGIN');
    const old = await foundTable(own, address);
    if (old) await requireMovable(own, name, old);
    const isGiven = old !== undefined && !address.replaces;
    return {
      client: own,
      filling: await (isGiven
        ? givenTable(own, address, coming, old)
        : newTable(own, address, coming, old)),
    };
  });
  return {
    name,
    append: (block) => filling.append(block).catch((cause: unknown) => refused(name, cause)),
    async finish() {
      try {
        const remarks = await filling.finish();
        await client.query('COMMIT');
        await client.end();
        return remarks;
      } catch (cause) {
        return refused(name, cause);
      }
    },
    // A transaction ends with its connection, also in the middle of a COPY.
    async discard() {
      client.connection.stream.destroy();
      await client.end().catch(() => {});
    },
  };
}
