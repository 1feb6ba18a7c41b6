import { InputError } from '../../../core/errors.ts';
import { messageOf } from '../../support/load-peer.ts';
import type { SqlClient } from '../../support/postgres-client.ts';
import { quotedName } from '../../support/quoted.ts';
import { refuseColumn } from './parameters.ts';
import type { PostgresAddress } from './postgres-address.ts';

/** A column as the catalogue of PostgreSQL has it. */
export interface Attribute {
  readonly name: string;
  /** In full: `character varying(9)`. */
  readonly type: string;
  /** Its plain name: `varchar`. */
  readonly kind: string;
  /** Bounds of the type: the dimensions of a vector, −1 where none are said. */
  readonly modifier: number;
  /** Whether PostgreSQL computes it of others. */
  readonly isGenerated: boolean;
}

/** A table, or a view, that is there. */
export interface FoundTable {
  readonly oid: string;
  /** `r` a table, `v` a view, `m` a view that is kept, `p` partitions, `f` elsewhere. */
  readonly kind: string;
  /** Schema and name in SQL. */
  readonly quoted: string;
  readonly attributes: readonly Attribute[];
  /** The column of the primary key, where it is one alone. */
  readonly key: string | undefined;
}

const ATTRIBUTES = `
  SELECT c.oid::text AS oid, c.relkind::text AS relkind,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS quoted, a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod) AS type, t.typname::text AS kind, a.atttypmod AS modifier,
    a.attgenerated::text AS generated,
    (SELECT i.indnatts = 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY(i.indkey))::text AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN pg_type t ON t.oid = a.atttypid
  WHERE c.oid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

/** The table of an address; undefined where there is none. */
export async function foundTable(
  client: SqlClient,
  { quoted }: Pick<PostgresAddress, 'quoted'>,
): Promise<FoundTable | undefined> {
  const { rows } = await client.query(ATTRIBUTES, [quoted]);
  const [first] = rows;
  if (!first) return undefined;
  return {
    oid: String(first['oid']),
    kind: String(first['relkind']),
    quoted: String(first['quoted']),
    key: rows.find((row) => row['key'] === 'true')?.['name']?.toString(),
    attributes: rows.map((row) => ({
      name: String(row['name']),
      type: String(row['type']),
      kind: String(row['kind']),
      modifier: Number(row['modifier']),
      isGenerated: row['generated'] !== '',
    })),
  };
}

/** What holds numbers in a row, and comes as float32. */
const VECTORS = new Set(['vector', 'halfvec', 'sparsevec', '_float4', '_float8']);

export const isVector = ({ kind }: Pick<Attribute, 'kind'>): boolean => VECTORS.has(kind);

/** Whether a column is an array of PostgreSQL's own, without pgvector. */
export const isArray = ({ kind }: Pick<Attribute, 'kind'>): boolean => kind.startsWith('_');

/** The column of the vectors: the one that was named, or the only one. */
export function vectorAttribute(
  name: string,
  attributes: readonly Attribute[],
  wanted: string | undefined,
): Attribute {
  if (wanted !== undefined) {
    const found = attributes.find((own) => own.name === wanted);
    if (!found)
      return refuseColumn(
        name,
        wanted,
        attributes.map((own) => own.name),
      );
    if (isVector(found)) return found;
    throw new InputError(
      name,
      `the column "${wanted}" is ${found.type}; expected vector, halfvec, sparsevec, real[] or double precision[].`,
    );
  }
  const all = attributes.filter(isVector);
  if (all.length === 1) return all[0];
  const columns = attributes.map((own) => `${own.name} ${own.type}`).join(', ');
  throw new InputError(
    name,
    all.length === 0
      ? `the table has no column of vectors; its columns are ${columns}.`
      : `the table has several columns of vectors (${all.map((own) => own.name).join(', ')}): say which by &vector=NAME.`,
  );
}

/** The column that orders the rows: the one that was named, or the primary key. */
export function idAttribute(
  name: string,
  { attributes, key }: FoundTable,
  wanted: string | undefined,
): Attribute {
  const called = wanted ?? key ?? 'id';
  const found = attributes.find((own) => own.name === called);
  if (found) return found;
  if (wanted === undefined)
    throw new InputError(
      name,
      'the table has no primary key of one column, and rows without one have no order: say by &id=NAME which column tells them apart.',
    );
  return refuseColumn(
    name,
    called,
    attributes.map((own) => own.name),
  );
}

/** Refuses with what PostgreSQL says, in one sentence; what is refused already stays. */
export function refused(name: string, cause: unknown): never {
  if (cause instanceof InputError) throw cause;
  const text = messageOf(cause);
  const isGone = /terminat|ECONNRESET|EPIPE|socket|not queryable/i.test(text);
  throw new InputError(
    name,
    isGone ? `the server is gone (${text}); nothing was changed.` : `PostgreSQL says: ${text}.`,
    { cause },
  );
}

export const columnsOf = (names: readonly string[]): string => names.map(quotedName).join(', ');
