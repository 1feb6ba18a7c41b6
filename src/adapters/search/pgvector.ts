import { InputError } from '../../core/errors.ts';
import { type Matrix, row as rowOf } from '../../core/matrix.ts';
import type { Predicate, Value } from '../../structures/filters/types.ts';
import { quotedName } from '../support/quoted.ts';
import { defineSearchAdapter } from './define.ts';
import { filterSql } from './support/filter-sql.ts';
import { createTable } from './support/pgvector-create.ts';
import { describedTable, type Table } from './support/pgvector-table.ts';
import { MEASURES, vectorText } from './support/pgvector-terms.ts';
import { clientFor, ID, inTransaction, refused, type SqlClient } from './support/postgres.ts';
import type { Backend, Nearest, SettledAt, Wanted } from './types.ts';

/** pgvector's bound of hnsw.ef_search. */
const MOST_EF = 1000;

/**
 * PostgreSQL with pgvector: rows lie in a table of `vector`, conditions become SQL with parameters, and the answer says
 * whether an index (HNSW, inverted lists) or all rows were asked. Tables that others made are opened as well: an `id` of
 * whole numbers, an `embedding` of vector or halfvec, perhaps a `label`.
 *
 * Scores are those of pgvector, which sums in float32. Only the address that is named is connected to.
 *
 * @throws InputError where the table is there already (build) or is none (open), and with what PostgreSQL says
 */
export const pgvector = /* @__PURE__ */ defineSearchAdapter({
  id: ID,
  title: 'PostgreSQL with pgvector',
  peers: ['pg'],
  indexes: ['exact', 'graph', 'ivf'],
  places: 'postgres://user@host/database',
  effort: { graph: 'hnsw.ef_search', ivf: 'ivfflat.probes' },
  build: (rows, at, settings) =>
    connected(at, async (client) => {
      await inTransaction(client, () => createTable(client, rows, at.table, settings));
      return openTable(client, at.table);
    }),
  open: (at) => connected(at, (client) => openTable(client, at.table)),
});

/** A client for the address; it is closed again where what it is for fails. */
async function connected(
  { place, load }: SettledAt,
  use: (client: SqlClient) => Promise<Backend>,
): Promise<Backend> {
  if (!/^postgres(ql)?:\/\//.test(place))
    throw new InputError(
      ID,
      `expected an address like postgres://user@host/database; got ${JSON.stringify(withoutPassword(place))}.`,
    );
  const client = await clientFor(place, load);
  try {
    return await use(client);
  } catch (cause) {
    await client.end().catch(() => {});
    throw cause instanceof InputError ? cause : refused(cause);
  }
}

async function openTable(client: SqlClient, name: string): Promise<Backend> {
  const table = await describedTable(client, name);
  const count = async (where?: Predicate) => {
    const values: unknown[] = [];
    const text = `SELECT count(*)::text AS n FROM ${quotedName(name)} WHERE ${conditionOf(table, where, values)}`;
    const { rows } = await client.query(text, values).catch(refuse);
    return Number(rows[0]?.['n']);
  };
  return {
    ...table,
    name: `the table "${name}"`,
    n: await count(),
    count,
    nearest: (queries, wanted) =>
      inTransaction(client, () => nearest(client, table, queries, wanted)).catch(refuse),
    close: () => client.end(),
  };
}

/** Addresses of other kinds have passwords as well. */
const withoutPassword = (place: string) => place.replace(/\/\/[^@]*@/, '//…@');

function refuse(cause: unknown): never {
  throw cause instanceof InputError ? cause : refused(cause);
}

/** The condition of a query; values become parameters behind those that are there. */
function conditionOf(
  { stored, kinds }: Table,
  where: Predicate | undefined,
  values: unknown[],
): string {
  const rows = 'embedding IS NOT NULL';
  if (!where) return rows;
  const condition = filterSql(where, {
    column: (name) =>
      kinds[name] === 'numbers'
        ? quotedName(stored[name])
        : `${quotedName(stored[name])} COLLATE "C"`,
    value: (value: Value) =>
      `$${values.push(value)}::${typeof value === 'number' ? 'double precision' : 'text'}`,
    contains: (column, text) => `strpos(${column}, $${values.push(text)}::text) > 0`,
  });
  return `${rows} AND (${condition})`;
}

async function nearest(
  client: SqlClient,
  table: Table,
  queries: Matrix<Float32Array>,
  { k, where, effort, exactly }: Wanted,
): Promise<Nearest[]> {
  const { operator, score } = MEASURES[table.similarity];
  if (!exactly) await setEffort(client, table, k, effort);
  const filters: unknown[] = [null, k];
  const condition = conditionOf(table, where, filters);
  const distance = `embedding ${operator} $1::${table.type}`;
  // No index orders by a sum, so all rows are compared; a row without a direction has no cosine (NaN) there, and 0 here.
  const order = exactly ? `COALESCE(NULLIF(${distance}, 'NaN'), 1) + 0` : distance;
  const label = table.hasLabel ? ', label::text' : '';
  const text = `SELECT id::text AS row, distance${table.hasLabel ? ', label' : ''} FROM (
    SELECT id, ${order} AS distance${label} FROM ${quotedName(table.name)} WHERE ${condition}
    ORDER BY distance${exactly ? ', id' : ''} LIMIT $2) AS found ORDER BY distance, id`;
  const all: Nearest[] = [];
  for (let q = 0; q < queries.rows; q++) {
    const values = [vectorText(rowOf(queries, q)), ...filters.slice(1)];
    const { rows } = await client.query(text, values);
    all.push({
      rows: rows.map((own) => rowNumber(own['row'])),
      scores: rows.map((own) => score(Number(own['distance']))),
      labels: table.hasLabel ? rows.map((own) => String(own['label'] ?? '')) : undefined,
      exact: exactly,
    });
  }
  return all;
}

/** For this transaction alone. Where pgvector can, an index goes on until k rows pass. */
async function setEffort(
  client: SqlClient,
  { index, probes, isIterative }: Table,
  k: number,
  effort: number | undefined,
): Promise<void> {
  const set = (name: string, value: string) =>
    client.query('SELECT set_config($1, $2, true)', [name, value]);
  if (index === 'graph') {
    await set('hnsw.ef_search', `${effort ?? Math.min(MOST_EF, Math.max(40, 2 * k))}`);
    if (isIterative) await set('hnsw.iterative_scan', 'strict_order');
  } else {
    await set('ivfflat.probes', `${effort ?? probes}`);
    if (isIterative) await set('ivfflat.iterative_scan', 'relaxed_order');
  }
}

function rowNumber(given: unknown): number {
  const row = Number(given);
  if (Number.isSafeInteger(row)) return row;
  throw new InputError(
    ID,
    `the id ${String(given)} is no whole number up to 2^53 − 1, which is what rows are called by.`,
  );
}
