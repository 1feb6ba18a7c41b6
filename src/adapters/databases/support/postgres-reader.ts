import { InputError } from '../../../core/errors.ts';
import type { Opened, ReadOptions } from '../../../io/contract.ts';
import type { VectorTable } from '../../../io/table.ts';
import type { PeerLoader } from '../../support/load-peer.ts';
import { connectedClient, type SqlClient } from '../../support/postgres-client.ts';
import { rowDecoder } from './copied-rows.ts';
import { copyOut } from './copy-out.ts';
import { floats } from './floats.ts';
import { postgresAddress } from './postgres-address.ts';
import { type ReadPlan, readPlan } from './postgres-plan.ts';
import { refused } from './postgres-table.ts';

/** One snapshot, which the rows and their number are of; nothing can be changed through it. */
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
/** Blocks that wait to be taken before the server is told to wait. */
const WAITING = 2;

/** Opens a table of PostgreSQL. */
export async function openPostgres(
  text: string,
  options: ReadOptions,
  load: PeerLoader,
): Promise<Opened> {
  const address = postgresAddress(text);
  const { name } = address;
  let client: SqlClient | undefined;
  const connected = async (): Promise<SqlClient> => {
    if (client) return client;
    client = await connectedClient(name, address.place, load);
    await client.query(BEGIN);
    return client;
  };
  const lost = async (): Promise<void> => {
    const gone = client;
    client = undefined;
    await gone?.end().catch(() => {});
  };
  const plan = await connected()
    .then((own) => readPlan(own, address, options))
    .catch(async (cause: unknown) => {
      await lost();
      return refused(name, cause);
    });
  return {
    name,
    size: plan.bytes,
    close: lost,
    reader: {
      info: async () => ({
        format: 'postgres',
        rows: plan.rows,
        cols: plan.cols,
        dtype: 'f4',
        bytes: plan.bytes,
        vector: plan.vector,
        labels: plan.label ?? false,
        columns: plan.fields.flatMap((own) => (own.name === plan.label ? [] : [own.name])),
      }),
      async *blocks(rowsPerBlock, shared) {
        const own = await connected();
        let isWhole = false;
        try {
          yield* rowsOf(own, plan, rowsPerBlock, shared);
          isWhole = true;
        } catch (cause) {
          refused(name, cause);
        } finally {
          // Nobody asks for the rest: the server need not send it.
          if (!isWhole) await lost();
        }
      },
    },
  };
}

async function* rowsOf(
  client: SqlClient,
  plan: ReadPlan,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const decoder = rowDecoder(
    plan,
    (count) => floats(count, plan.name, shared),
    (before) => Math.min(rowsPerBlock, plan.rows - before),
  );
  let wake = (): void => {};
  let isOver = false;
  const copy = copyOut(client, plan.text, (chunk) => {
    decoder.push(chunk);
    if (decoder.full.length > 0) wake();
    return decoder.full.length >= WAITING;
  });
  const over = (): void => {
    isOver = true;
    wake();
  };
  copy.done.then(over, over);
  try {
    for (;;) {
      const block = decoder.full.shift();
      if (block) yield block;
      else if (isOver) break;
      else {
        copy.resume();
        await new Promise<void>((go) => {
          wake = go;
          if (isOver || decoder.full.length > 0) go();
        });
      }
    }
    await copy.done;
  } finally {
    if (!isOver) copy.abandon();
  }
  const rest = decoder.rest();
  if (rest) yield rest;
  if (decoder.count !== plan.rows)
    throw new InputError(plan.name, 'the table was changed while it was read; read it again.');
}
