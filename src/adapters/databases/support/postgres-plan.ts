import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { ReadOptions } from '../../../io/contract.ts';
import type { SqlClient } from '../../support/postgres-client.ts';
import { quotedName } from '../../support/quoted.ts';
import type { RowPlan } from './copied-rows.ts';
import { labelColumn, wantedVector } from './parameters.ts';
import type { PostgresAddress } from './postgres-address.ts';
import {
  type Attribute,
  type FoundTable,
  foundTable,
  idAttribute,
  isArray,
  isVector,
  vectorAttribute,
} from './postgres-table.ts';

/** How a table is read. */
export interface ReadPlan extends RowPlan {
  readonly rows: number;
  /** Bytes of the table on its disk. */
  readonly bytes: number;
  readonly vector: string;
  readonly id: string;
  /** The COPY that gives the rows. */
  readonly text: string;
}

/** What has no place in a table of numbers and texts. */
const LEFT_OUT = new Set(['bytea', 'tsvector', 'bit', 'varbit']);
const NUMBERS = new Set(['int2', 'int4', 'float4', 'float8', 'numeric']);

/** Looks at a table once: what is there, how many rows, and whether all have a vector of one length. */
export async function readPlan(
  client: SqlClient,
  address: PostgresAddress,
  options: ReadOptions,
): Promise<ReadPlan> {
  const { name, table, skipsNull } = address;
  const found = await foundTable(client, address);
  if (!found) return refuseTable(client, address);
  const { attributes } = found;
  const vector = vectorAttribute(name, attributes, wantedVector(name, options, address));
  const id = idAttribute(name, found, address.id);
  const others = attributes.filter((own) => !isVector(own) && !LEFT_OUT.has(own.kind));
  const label = labelColumn(
    name,
    options,
    address,
    others.map((own) => own.name),
  );
  const wide = others.filter(({ kind }) => kind === 'int8');
  const seen = await stats(client, found, vector, id, wide);
  if (seen.rows === 0) throw new InputError(name, `the table "${table}" has no rows.`);
  if (seen.without > 0 && !skipsNull)
    throw new InputError(
      name,
      `${counted(seen.without, 'row')} of ${seen.rows} ${seen.without === 1 ? 'has' : 'have'} no vector (NULL), the first with ${id.name} ${seen.firstWithout}; &null=skip leaves them out.`,
    );
  const fields = others.map((own) => ({
    name: own.name,
    isNumber:
      own.name !== label && (NUMBERS.has(own.kind) || (own.kind === 'int8' && seen.fits(own.name))),
  }));
  const type = isArray(vector) ? 'real[]' : 'vector';
  const order = `${quotedName(id.name)}${found.kind === 'r' && id.name !== found.key ? ', ctid' : ''}`;
  const select = [
    `${quotedName(vector.name)}::${type}`,
    ...fields.map((own) => `${quotedName(own.name)}::${own.isNumber ? 'float8' : 'text'}`),
  ].join(', ');
  const where = seen.without > 0 ? ` WHERE ${quotedName(vector.name)} IS NOT NULL` : '';
  const types = Object.fromEntries(attributes.map((own) => [own.name, own.type]));
  return {
    name,
    rows: seen.rows - seen.without,
    cols: seen.cols(name, vector),
    bytes: seen.bytes,
    isArray: isArray(vector),
    vector: vector.name,
    id: id.name,
    label,
    fields,
    source: { name, format: 'postgres', dtype: 'f4', types },
    text: `COPY (SELECT ${select} FROM ${found.quoted}${where} ORDER BY ${order}) TO STDOUT (FORMAT binary)`,
  };
}

async function refuseTable(
  client: SqlClient,
  { name, table, schema }: PostgresAddress,
): Promise<never> {
  const { rows } = await client.query('SELECT current_database() AS database');
  const [before, behind] = table.split('.', 2);
  const hint =
    schema === undefined && behind
      ? ` (a table of a schema is ?schema=${before}&table=${behind})`
      : '';
  throw new InputError(name, `there is no table "${table}" in ${rows[0]?.['database']}${hint}.`);
}

/** What one look over all rows tells. */
interface Stats {
  readonly rows: number;
  readonly bytes: number;
  /** Rows without a vector, and the first of them. */
  readonly without: number;
  readonly firstWithout: string;
  cols(name: string, vector: Attribute): number;
  /** Whether all values of a column of bigint are whole numbers of float64. */
  fits(name: string): boolean;
}

async function stats(
  client: SqlClient,
  { quoted, oid }: FoundTable,
  vector: Attribute,
  id: Attribute,
  wide: readonly Attribute[],
): Promise<Stats> {
  const v = quotedName(vector.name);
  const declared = vector.modifier > 0 && !isArray(vector) ? vector.modifier : undefined;
  const length = isArray(vector) ? `cardinality(${v})` : `vector_dims(${v}::vector)`;
  const asked = [
    'count(*)::text AS rows',
    `count(${v})::text AS with`,
    `(min(${quotedName(id.name)}::text) FILTER (WHERE ${v} IS NULL)) AS first`,
    `pg_table_size(${oid}::oid)::text AS bytes`,
    ...(declared === undefined ? [`min(${length}) AS least`, `max(${length}) AS most`] : []),
    ...wide.map(
      (own, i) =>
        `COALESCE(bool_and(${quotedName(own.name)} BETWEEN -9007199254740991 AND 9007199254740991), true)::text AS fits${i}`,
    ),
  ];
  const { rows } = await client.query(`SELECT ${asked.join(', ')} FROM ${quoted}`);
  const [row = {}] = rows;
  const all = Number(row['rows']);
  return {
    rows: all,
    bytes: Number(row['bytes'] ?? 0),
    without: all - Number(row['with']),
    firstWithout: String(row['first']),
    fits: (name) => row[`fits${wide.findIndex((own) => own.name === name)}`] === 'true',
    cols(where, { name }) {
      const [least, most] = [Number(row['least'] ?? 0), Number(row['most'] ?? 0)];
      const cols = declared ?? most;
      if (cols > 0 && (declared !== undefined || least === most)) return cols;
      throw new InputError(
        where,
        cols === 0
          ? `the vectors in "${name}" are empty.`
          : `the vectors in "${name}" have from ${least} to ${most} numbers; expected as many in each row.`,
      );
    },
  };
}
