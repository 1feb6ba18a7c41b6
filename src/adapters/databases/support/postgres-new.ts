import { InputError } from '../../../core/errors.ts';
import type { ComingRows } from '../../../io/contract.ts';
import type { VectorTable } from '../../../io/table.ts';
import type { SqlClient } from '../../support/postgres-client.ts';
import { quotedName } from '../../support/quoted.ts';
import { storedNames } from '../../support/stored-names.ts';
import { type CopyIn, copyIn } from './copy-in.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { columnsOf, type FoundTable } from './postgres-table.ts';
import { rowEncoder, type Sent, type SentColumn, type SentVector } from './sent-rows.ts';

/** Rows on their way into a table that shows when the transaction ends. */
export interface Filling {
  append(block: VectorTable): Promise<void>;
  /** Puts the table in its place; gives remarks. */
  finish(): Promise<readonly string[]>;
}

const TYPES = ['vector', 'halfvec', 'sparsevec', 'real[]'];

/** The type of the vectors in a new table. */
function typeOf({ name, type }: PostgresAddress, { dtype }: ComingRows): string {
  const wanted = type ?? (dtype === 'f2' ? 'halfvec' : 'vector');
  if (dtype !== undefined && dtype !== 'f4' && dtype !== 'f2')
    throw new InputError(name, `vectors are written as f4 or f2 (halfvec) there; not as ${dtype}.`);
  if (TYPES.includes(wanted)) return wanted;
  throw new InputError(name, `the address has type=${wanted}; expected ${TYPES.join(', ')}.`);
}

/** Refuses a server without pgvector where the vectors need it. */
export async function requireVectors(client: SqlClient, { name }: PostgresAddress): Promise<void> {
  const { rows } = await client.query(
    "SELECT count(*)::int AS there FROM pg_available_extensions WHERE name = 'vector'",
  );
  if (Number(rows[0]?.['there']) === 0)
    throw new InputError(
      name,
      'the server has no pgvector; &type=real[] writes arrays of PostgreSQL’s own.',
    );
  await client.query('CREATE EXTENSION IF NOT EXISTS vector');
}

interface Column extends Omit<SentColumn, 'values'> {
  /** In the rows that come; undefined where rows are numbered, or for labels. */
  readonly from: string | undefined;
  /** What it becomes when all rows are there. */
  readonly type: string;
}

/** A new table, in the place of `old` where there is one. */
export async function newTable(
  client: SqlClient,
  address: PostgresAddress,
  coming: ComingRows,
  old: FoundTable | undefined,
): Promise<Filling> {
  const type = typeOf(address, coming);
  const sentAs: SentVector = type === 'real[]' ? type : 'vector';
  if (sentAs === 'vector') await requireVectors(client, address);
  const vector = address.vector ?? 'embedding';
  const dims = (of: string): string => (of === 'real[]' ? of : `${of}(${coming.cols})`);
  const schema = address.schema === undefined ? '' : `${quotedName(address.schema)}.`;
  const to = old
    ? `${schema}${quotedName(`tammes_new_${await processOf(client)}`)}`
    : address.quoted;
  const encoder = rowEncoder(address.name, sentAs);
  let columns: readonly Column[] = [];
  let copy: CopyIn | undefined;
  let row = 0;
  const begin = async (block: VectorTable): Promise<CopyIn> => {
    columns = columnsFor(block, address, vector);
    const list = columns.map((own) => `${quotedName(own.name)} ${own.sent}`);
    await client.query(
      `CREATE TABLE ${to} (${[...list, `${quotedName(vector)} ${dims(sentAs)}`].join(', ')})`,
    );
    const names = columnsOf([...columns.map((own) => own.name), vector]);
    return copyIn(client, `COPY ${to} (${names}) FROM STDIN (FORMAT binary)`);
  };
  return {
    async append(block) {
      copy ??= await begin(block);
      const sent = columns.map((own) => ({ ...own, values: valuesOf(own, block, row) }));
      const { data, rows, cols } = block.points;
      for (let i = 0; i < rows; i++) {
        const bytes = encoder.row(sent, i, data.subarray(i * cols, (i + 1) * cols));
        if (bytes) await copy.send(bytes);
      }
      row += rows;
    },
    async finish() {
      await copy?.send(encoder.end());
      await copy?.end();
      const changes = [...columns, { name: vector, sent: dims(sentAs), type: dims(type) }].flatMap(
        ({ name, sent, type: wanted }) => {
          const column = quotedName(name);
          return sent === wanted
            ? []
            : [`ALTER COLUMN ${column} TYPE ${wanted} USING ${column}::${wanted}`];
        },
      );
      const key = `ADD PRIMARY KEY (${quotedName(columns[0].name)})`;
      await client.query(`ALTER TABLE ${to} ${[...changes, key].join(', ')}`);
      if (!old) return [];
      await client.query(`DROP TABLE ${old.quoted}`);
      await client.query(`ALTER TABLE ${to} RENAME TO ${quotedName(address.table)}`);
      return [`${address.name}: the old table made way; its indexes are to be made anew.`];
    },
  };
}

export async function processOf(client: SqlClient): Promise<string> {
  const { rows } = await client.query('SELECT pg_backend_pid()::text AS pid');
  return String(rows[0]?.['pid']);
}

/** The columns of a new table: the id, perhaps the label, and what else comes with the rows. */
function columnsFor(
  { labels, columns = {}, source }: VectorTable,
  address: PostgresAddress,
  vector: string,
): Column[] {
  const id = address.id ?? 'id';
  const label = address.label ?? 'label';
  const own = [id, vector, ...(labels ? [label] : [])];
  const others = Object.keys(columns).filter((name) => name !== id);
  const stored = storedNames(others, own);
  // Types of another engine have other names.
  const types = source?.format === 'postgres' ? (source.types ?? {}) : {};
  const sentAs = (values: unknown, isWhole: boolean): Sent => {
    if (!(values instanceof Float64Array)) return isWhole ? 'bigint' : 'text';
    return isWhole ? 'bigint' : 'double precision';
  };
  const column = (from: string, name: string, isWhole: boolean): Column => {
    const sent = sentAs(columns[from], isWhole);
    return { name, from, sent, type: types[from] ?? sent };
  };
  const ids = Object.hasOwn(columns, id) ? columns[id] : undefined;
  const isWhole = ids instanceof Float64Array && ids.every(Number.isSafeInteger);
  const first: Column = ids
    ? column(id, id, types[id] === undefined ? isWhole : /int|serial/.test(types[id]))
    : { name: id, from: undefined, sent: 'bigint', type: 'bigint' };
  return [
    first,
    ...(labels
      ? [{ name: label, from: undefined, sent: 'text', type: 'text' } satisfies Column]
      : []),
    ...others.map((name) => column(name, stored[name], types[name] === 'bigint')),
  ];
}

function valuesOf({ name, from, sent }: Column, block: VectorTable, before: number) {
  if (from !== undefined) return block.columns?.[from];
  if (sent === 'text') return block.labels;
  return name === ''
    ? undefined
    : Float64Array.from({ length: block.points.rows }, (_, i) => before + i);
}
