import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { ComingRows } from '../../../io/contract.ts';
import type { SqlClient } from '../../support/postgres-client.ts';
import { quotedName } from '../../support/quoted.ts';
import { type CopyIn, copyIn } from './copy-in.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { type Filling, processOf } from './postgres-new.ts';
import { requireMovable, takePlace } from './postgres-swap.ts';
import {
  columnsOf,
  type FoundTable,
  idAttribute,
  isArray,
  vectorAttribute,
} from './postgres-table.ts';
import { rowEncoder } from './sent-rows.ts';

/**
 * New vectors for the rows of a table that is there, by their id; everything else of it stays as it is. The rows go into
 * a table of their own, which takes the place of the old one when it is whole.
 */
export async function givenTable(
  client: SqlClient,
  address: PostgresAddress,
  coming: ComingRows,
  old: FoundTable,
): Promise<Filling> {
  const { name, table } = address;
  const vector = vectorAttribute(name, old.attributes, address.vector);
  const id = idAttribute(name, old, address.id);
  const declared = isArray(vector) ? -1 : vector.modifier;
  if (declared > 0 && declared !== coming.cols)
    throw new InputError(
      name,
      `the vectors have ${coming.cols} numbers, and "${vector.name}" of the table is ${vector.type}; name another table, or &replace=true.`,
    );
  await requireMovable(client, name, old);
  const isWhole = /^int[248]$/.test(id.kind);
  const sent = isWhole ? 'bigint' : 'text';
  const type = isArray(vector) ? 'real[]' : 'vector';
  const staged = quotedName(`tammes_vectors_${await processOf(client)}`);
  await client.query(
    `CREATE TEMPORARY TABLE ${staged} (id ${sent} PRIMARY KEY, vector ${type}) ON COMMIT DROP`,
  );
  const encoder = rowEncoder(name, type);
  let copy: CopyIn | undefined;
  return {
    async append({ points, columns = {} }) {
      copy ??= await copyIn(client, `COPY ${staged} (id, vector) FROM STDIN (FORMAT binary)`);
      if (!Object.hasOwn(columns, id.name))
        throw new InputError(
          name,
          `the table "${table}" is there, and the rows that come have no column "${id.name}" to be told apart by: name another table, or &replace=true.`,
        );
      const ids = [{ name: id.name, sent, values: columns[id.name] } as const];
      const { data, rows, cols } = points;
      for (let i = 0; i < rows; i++) {
        const bytes = encoder.row(ids, i, data.subarray(i * cols, (i + 1) * cols));
        if (bytes) await copy.send(bytes);
      }
    },
    async finish() {
      await copy?.send(encoder.end());
      await copy?.end();
      await client.query(`ANALYZE ${staged}`);
      // Others may read on; what they change now would be lost.
      await client.query(`LOCK TABLE ${old.quoted} IN SHARE ROW EXCLUSIVE MODE`);
      const on = `${staged}.id = t.${quotedName(id.name)}${isWhole ? '' : '::text'}`;
      await requireSame(client, address, `${old.quoted} AS t LEFT JOIN ${staged} ON ${on}`, {
        staged,
        vector: vector.name,
        known: Number(coming.rows),
      });
      const others = old.attributes.filter((own) => !own.isGenerated);
      const values = others.map((own) =>
        own.name === vector.name
          ? `COALESCE(${staged}.vector::${vector.type}, t.${quotedName(own.name)})`
          : `t.${quotedName(own.name)}`,
      );
      const names = columnsOf(others.map((own) => own.name));
      return takePlace(
        client,
        name,
        old,
        (to) =>
          `INSERT INTO ${to} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values.join(', ')} FROM ${old.quoted} AS t LEFT JOIN ${staged} ON ${on} ORDER BY t.${quotedName(id.name)}`,
      );
    },
  };
}

/** Refuses rows that are not those of the table. */
async function requireSame(
  client: SqlClient,
  { name, table }: PostgresAddress,
  joined: string,
  { staged, vector, known }: { staged: string; vector: string; known: number },
): Promise<void> {
  const { rows } = await client.query(
    `SELECT count(${staged}.id)::int AS found, (count(*) FILTER (WHERE ${staged}.id IS NULL AND t.${quotedName(vector)} IS NOT NULL))::int AS bare FROM ${joined}`,
  );
  const [{ found = 0, bare = 0 } = {}] = rows;
  const strangers = known - Number(found);
  if (strangers !== 0)
    throw new InputError(
      name,
      `${counted(Math.abs(strangers), 'row')} of ${known} ${Math.abs(strangers) === 1 ? 'is' : 'are'} not in the table "${table}"; nothing was changed.`,
    );
  if (Number(bare) > 0)
    throw new InputError(
      name,
      `${counted(Number(bare), 'row')} of the table "${table}" would keep old vectors beside the new ones; nothing was changed.`,
    );
}
