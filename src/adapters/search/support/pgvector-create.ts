import { InputError } from '../../../core/errors.ts';
import { row as rowOf } from '../../../core/matrix.ts';
import type { Column } from '../../../io/table.ts';
import { messageOf } from '../../support/load-peer.ts';
import { quotedName, quotedText } from '../../support/quoted.ts';
import { storedNames } from '../../support/stored-names.ts';
import type { BuildSettings, CheckedRows } from '../types.ts';
import { MEASURES, METHODS, OWN, vectorText } from './pgvector-terms.ts';
import { ID, type SqlClient } from './postgres.ts';

/** Dimensions up to which pgvector builds an index of `vector`. */
const INDEXED = 2000;
/** Rows of one statement; it takes 65,535 parameters at most. */
const BATCH = 500;
const PARAMETERS = 65_535;
/** PostgreSQL cuts longer names off without a word. */
const NAME_BYTES = 63;

/** Creates and fills a table, with its index; what it is stands in the table's comment. */
export async function createTable(
  client: SqlClient,
  rows: CheckedRows,
  table: string,
  { similarity, index }: BuildSettings,
): Promise<void> {
  const { points, labels, columns } = rows;
  if (index !== 'exact' && points.cols > INDEXED)
    throw new InputError(
      ID,
      `its indexes take ${INDEXED} dimensions at most; the rows have ${points.cols}: take the index exact, or reduce them first.`,
    );
  const stored = storedNames(Object.keys(columns), OWN);
  requireNames([table, ...Object.values(stored)]);
  await requireExtension(client);
  await requireNoTable(client, table);
  const types = Object.entries(columns).map(
    ([name, column]) => `${quotedName(stored[name])} ${typeFor(column)}`,
  );
  const own = [
    'id bigint PRIMARY KEY',
    `embedding vector(${points.cols})`,
    ...(labels ? ['label text'] : []),
  ];
  const to = quotedName(table);
  await client.query(`CREATE TABLE ${to} (${[...own, ...types].join(', ')})`);
  await insertRows(client, to, rows);
  if (index !== 'exact') {
    const lists = Math.max(1, Math.round(Math.sqrt(points.rows)));
    await client.query(
      `CREATE INDEX ON ${to} USING ${METHODS[index]} (embedding vector_${MEASURES[similarity].operators})${index === 'ivf' ? ` WITH (lists = ${lists})` : ''}`,
    );
  }
  const about = JSON.stringify({ tammes: { similarity, columns: stored } });
  await client.query(`COMMENT ON TABLE ${to} IS ${quotedText(about)}`);
}

const typeFor = (column: Column) =>
  column instanceof Float64Array ? 'double precision' : 'text COLLATE "C"';

async function requireNoTable(client: SqlClient, table: string): Promise<void> {
  const found = await client.query('SELECT to_regclass($1) AS table', [quotedName(table)]);
  if (found.rows[0]?.['table'])
    throw new InputError(ID, `the table "${table}" is there already: name another with --table.`);
}

async function insertRows(
  client: SqlClient,
  to: string,
  { points, labels, columns }: CheckedRows,
): Promise<void> {
  const lists = [...(labels ? [labels] : []), ...Object.values(columns)];
  const width = 2 + lists.length;
  const batch = Math.min(BATCH, Math.floor(PARAMETERS / width));
  for (let from = 0; from < points.rows; from += batch) {
    const count = Math.min(batch, points.rows - from);
    const values = Array.from({ length: count }, (_, at) => [
      from + at,
      vectorText(rowOf(points, from + at)),
      ...lists.map((list) => storedValue(list[from + at])),
    ]).flat();
    await client.query(`INSERT INTO ${to} VALUES ${placeholders(count, width)}`, values);
  }
}

function requireNames(names: readonly string[]): void {
  const long = names.find((name) => new TextEncoder().encode(name).length > NAME_BYTES);
  if (long !== undefined)
    throw new InputError(ID, `a name has ${NAME_BYTES} bytes at most there; "${long}" has more.`);
}

async function requireExtension(client: SqlClient): Promise<void> {
  await client.query('CREATE EXTENSION IF NOT EXISTS vector').catch((cause: unknown) => {
    throw new InputError(ID, `the extension vector could not be created: ${messageOf(cause)}.`, {
      cause,
    });
  });
}

/** Missing values are NULL. */
const storedValue = (value: string | number) =>
  value === '' || Number.isNaN(value) ? null : value;

function placeholders(rows: number, width: number): string {
  return Array.from({ length: rows }, (_, r) => {
    const own = Array.from({ length: width }, (__, c) => `$${r * width + c + 1}`);
    return `(${own.join(', ')})`;
  }).join(', ');
}
