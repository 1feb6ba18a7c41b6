import { InputError } from '../../core/errors.ts';
import { type Matrix, row as rowOf } from '../../core/matrix.ts';
import type { ColumnKind, Predicate } from '../../structures/filters/types.ts';
import { quotedText } from '../support/quoted.ts';
import { storedNames } from '../support/stored-names.ts';
import { defineSearchAdapter } from './define.ts';
import { filterSql } from './support/filter-sql.ts';
import {
  databaseIn,
  ID,
  type LanceDatabase,
  type LanceField,
  type LanceQuery,
  type LanceTable,
  packagesOf,
  refuse,
} from './support/lance.ts';
import { arrowTable } from './support/lance-arrow.ts';
import type { Backend, BuildSettings, Nearest, Similarity, Wanted, Way } from './types.ts';

/** Columns of Tammes's own in a table, and of LanceDB. */
const OWN = ['id', 'vector', 'label', '_distance', '_rowid', '_rowaddr', '_rowoffset'];
/** What LanceDB cannot have in the name of a column that is asked. */
const STRANGE = /[.`]/g;

/** Distances of LanceDB, and the score of each. */
const MEASURES: Readonly<
  Record<Similarity, { type: 'cosine' | 'dot' | 'l2'; score: (distance: number) => number }>
> = {
  cosine: { type: 'cosine', score: (x) => 1 - x },
  dot: { type: 'dot', score: (x) => 1 - x },
  // It gives the square.
  euclidean: { type: 'l2', score: (x) => 0 - Math.sqrt(x) },
};

/** Graphs keep 8-bit codes: so many times k are compared again by their vectors. */
const REFINED = 4;

/**
 * LanceDB: rows lie in a table of a folder, conditions become its SQL, evaluated before the search, and the answer says
 * whether an index (inverted lists, HNSW over 8-bit codes) or all rows were asked.
 *
 * Scores are those of LanceDB, in float32. Only folders are opened, no addresses.
 *
 * @throws InputError where the table is there already (build) or is none (open), and with what LanceDB says
 */
export const lancedb = /* @__PURE__ */ defineSearchAdapter({
  id: ID,
  title: 'LanceDB',
  peers: ['@lancedb/lancedb'],
  indexes: ['exact', 'graph', 'ivf'],
  places: 'a folder, papers.lance',
  effort: { graph: 'ef', ivf: 'nprobes' },
  async build(rows, at, { similarity, index }) {
    const packages = await packagesOf(at);
    const database = await databaseIn(at, packages);
    if ((await database.tableNames().catch(refuse)).includes(at.table))
      throw new InputError(
        ID,
        `the table "${at.table}" is there already: name another with --table.`,
      );
    const columns = storedNames(Object.keys(rows.columns), OWN, STRANGE);
    const about = JSON.stringify({ similarity, columns } satisfies About);
    const table = await database
      .createTable(at.table, arrowTable(packages.arrow, rows, columns, about))
      .catch(refuse);
    try {
      await indexTable(table, packages.lance.Index, rows.points.rows, { similarity, index });
    } catch (cause) {
      table.close();
      await database.dropTable(at.table).catch(() => {});
      refuse(cause);
    }
    return openTable(database, table, at.table);
  },
  async open(at) {
    const database = await databaseIn(at, await packagesOf(at));
    if (!(await database.tableNames().catch(refuse)).includes(at.table))
      throw new InputError(ID, `there is no table "${at.table}" in ${at.place}.`);
    return openTable(database, await database.openTable(at.table).catch(refuse), at.table);
  },
});

/** What a table is, in the metadata of its schema. */
interface About {
  readonly similarity?: Similarity;
  /** The names of columns in the table by those that conditions use. */
  readonly columns?: Readonly<Record<string, string>>;
}

async function indexTable(
  table: LanceTable,
  Index: { ivfFlat(of: object): unknown; hnswSq(of: object): unknown },
  n: number,
  { similarity, index }: BuildSettings,
): Promise<void> {
  if (index === 'exact') return;
  const distanceType = MEASURES[similarity].type;
  const config =
    index === 'ivf'
      ? Index.ivfFlat({ distanceType, numPartitions: Math.max(1, Math.round(Math.sqrt(n))) })
      : Index.hnswSq({ distanceType, numPartitions: 1 });
  await table.createIndex('vector', { config });
}

async function openTable(
  database: LanceDatabase,
  table: LanceTable,
  name: string,
): Promise<Backend> {
  const { fields, metadata } = await table.schema();
  const types = new Map(fields.map((field) => [field.name, field.type]));
  const d = types.get('vector')?.listSize;
  if (d === undefined || kindOf(types.get('id')) !== 'numbers')
    throw new InputError(
      ID,
      `the table "${name}" must have an id of numbers and a vector of a fixed size; its columns are ${fields.map((field) => `${field.name} ${String(field.type)}`).join(', ')}.`,
    );
  const about = metadata.get('tammes');
  const { similarity = 'cosine', columns = {} } = JSON.parse(about ?? '{}') as About;
  // In a table of others, id and label are columns like any.
  const own = about === undefined ? [] : OWN;
  const calledAs = new Map(Object.entries(columns).map(([called, stored]) => [stored, called]));
  const asked = fields.flatMap(({ name: stored, type }) => {
    const kind = kindOf(type);
    if (own.includes(stored) || kind === undefined || stored.match(STRANGE)) return [];
    return [{ called: calledAs.get(stored) ?? stored, stored, kind }];
  });
  const stored = Object.fromEntries(asked.map((column) => [column.called, column.stored]));
  const index = await indexOf(table, similarity);
  const condition = (where: Predicate) => filterSql(where, dialectOf(stored));
  return {
    name: `the table "${name}"`,
    n: await table.countRows('vector IS NOT NULL').catch(refuse),
    d,
    similarity,
    index,
    kinds: Object.fromEntries(asked.map((column) => [column.called, column.kind])),
    count: (where) => table.countRows(`vector IS NOT NULL AND (${condition(where)})`).catch(refuse),
    nearest: (queries, wanted) =>
      nearest(table, queries, wanted, {
        similarity,
        index,
        hasLabel: types.has('label'),
        condition: wanted.where && condition(wanted.where),
      }).catch(refuse),
    async close() {
      table.close();
      database.close();
    },
  };
}

function kindOf(given: LanceField['type'] | undefined): ColumnKind | undefined {
  const type = String(given);
  if (/^(?:Float|U?[Ii]nt)\d+$/.test(type)) return 'numbers';
  return type.endsWith('Utf8') ? [] : undefined;
}

const dialectOf = (stored: Readonly<Record<string, string>>) => ({
  column: (name: string) => `\`${stored[name]}\``,
  value: (value: string | number) =>
    typeof value === 'string' ? quotedText(value) : numberText(value),
  contains: (column: string, text: string) => `contains(${column}, ${quotedText(text)})`,
});

/** A literal of float64. −0 would be another number. */
const numberText = (value: number) => `CAST('${value + 0}' AS DOUBLE)`;

/** The index that is asked for that similarity, if there is one. */
async function indexOf(table: LanceTable, similarity: Similarity): Promise<Way> {
  for (const { name, columns } of await table.listIndices()) {
    const { indexType = '', distanceType } = (await table.indexStats(name)) ?? {};
    if (columns[0] !== 'vector' || distanceType !== MEASURES[similarity].type) continue;
    return indexType.includes('HNSW') ? 'graph' : 'ivf';
  }
  return 'exact';
}

interface Asked {
  readonly similarity: Similarity;
  readonly index: Way;
  readonly hasLabel: boolean;
  readonly condition: string | undefined;
}

async function nearest(
  table: LanceTable,
  queries: Matrix<Float32Array>,
  { k, effort, exactly }: Wanted,
  { similarity, index, hasLabel, condition }: Asked,
): Promise<Nearest[]> {
  const { type, score } = MEASURES[similarity];
  const columns = ['id', ...(hasLabel ? ['label'] : []), '_distance'];
  const all: Nearest[] = [];
  for (let q = 0; q < queries.rows; q++) {
    let query = table.query().nearestTo(rowOf(queries, q).slice()).distanceType(type);
    query = exactly ? query.bypassVectorIndex() : withEffort(query, index, effort);
    if (condition) query = query.where(condition);
    const found = (await query.limit(k).select(columns).toArray()).map((own) => ({
      row: rowNumber(own['id']),
      score: score(Number(own['_distance'])),
      label: String(own['label'] ?? ''),
    }));
    found.sort((a, b) => b.score - a.score || a.row - b.row);
    all.push({
      rows: found.map((own) => own.row),
      scores: found.map((own) => own.score),
      labels: hasLabel ? found.map((own) => own.label) : undefined,
      exact: exactly,
    });
  }
  return all;
}

function withEffort(query: LanceQuery, index: Way, effort: number | undefined): LanceQuery {
  if (index === 'ivf') return effort === undefined ? query : query.nprobes(effort);
  const refined = query.refineFactor(REFINED);
  return effort === undefined ? refined : refined.ef(effort);
}

function rowNumber(given: unknown): number {
  const row = Number(given);
  if (Number.isSafeInteger(row)) return row;
  throw new InputError(
    ID,
    `the id ${String(given)} is no whole number up to 2^53 − 1, which is what rows are called by.`,
  );
}
