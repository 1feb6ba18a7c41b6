import { InputError } from '../../core/errors.ts';
import { type Matrix, row as rowOf } from '../../core/matrix.ts';
import type { Column, VectorTable } from '../../io/table.ts';

/** A database that vectors can be written for. */
export type Database = 'pgvector' | 'qdrant' | 'sqlite-vec';

/** What is written for each database, in a sentence. */
export const DATABASES: Readonly<Record<Database, string>> = {
  pgvector: 'SQL for psql: a table with halfvec, its rows and an index',
  qdrant: 'JSON lines: the collection, then batches of points for its HTTP interface',
  'sqlite-vec': 'SQL for sqlite3: a vec0 table and its rows',
};

export interface ExportOptions {
  /** Table or collection. Default: `vectors`. */
  readonly table?: string | undefined;
  /** Id of the codec: the database's own way of storing codes that is like it is set up. */
  readonly codec?: string | undefined;
}

/** Columns up to which pgvector indexes halfvec. */
const INDEXED = 4000;
/** Rows of one statement or one batch. */
const BATCH = 500;
/** What a table may be called without quotation marks anywhere. */
const NAME = /^[a-z_][a-z0-9_]*$/;

/**
 * The text that puts a table of vectors into a database: ids are row numbers, labels and columns travel along. Vectors are
 * written decoded; `bits` sets up the database's own binary quantization, which takes the signs of the numbers.
 */
export function* databaseText(
  database: Database,
  table: VectorTable,
  { table: name = 'vectors', codec = 'float' }: ExportOptions = {},
): Generator<string> {
  if (!NAME.test(name))
    throw new InputError(
      database,
      `a table is called like "vectors" or "my_vectors"; got ${JSON.stringify(name)}.`,
    );
  yield* WRITERS[database](table, name, codec);
}

type Writer = (table: VectorTable, name: string, codec: string) => Generator<string>;

const WRITERS: Readonly<Record<Database, Writer>> = {
  pgvector,
  qdrant,
  'sqlite-vec': sqliteVec,
};

/** Labels and columns under names of their own: `label`, then the columns; none is called like what is there already. */
function attributesOf({ labels, columns = {} }: VectorTable): [string, Column][] {
  const all: [string, Column][] = [
    ...(labels ? [['label', labels] as [string, Column]] : []),
    ...Object.entries(columns),
  ];
  const taken = new Set(['id', 'embedding', 'vector']);
  return all.map(([name, column]) => {
    let own = name;
    while (taken.has(own)) own = `${own}_`;
    taken.add(own);
    return [own, column];
  });
}

const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`;
const quotedText = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A number as SQL has it; what is missing is NULL. */
const sqlValue = (value: string | number) =>
  typeof value === 'string' ? quotedText(value) : Number.isFinite(value) ? `${value}` : 'NULL';

/** The rows in batches: the first, and the one after the last. */
function* batches(rows: number): Generator<readonly [number, number]> {
  for (let from = 0; from < rows; from += BATCH) yield [from, Math.min(rows, from + BATCH)];
}

/** `[0.1,0.2]`, in five digits: float16, which halfvec stores, has fewer. */
function halfText(points: Matrix<Float32Array>, i: number): string {
  return `[${Array.from(rowOf(points, i), (x) => Number(x.toPrecision(5))).join(',')}]`;
}

function* pgvector(
  { points, ...rest }: VectorTable,
  name: string,
  codec: string,
): Generator<string> {
  const { cols: d } = points;
  const attributes = attributesOf({ points, ...rest });
  const columns = attributes.map(
    ([own, column]) =>
      `,\n  ${quotedName(own)} ${column instanceof Float64Array ? 'double precision' : 'text'}`,
  );
  yield `CREATE EXTENSION IF NOT EXISTS vector;\nBEGIN;\nCREATE TABLE ${name} (\n  id bigint PRIMARY KEY,\n  embedding halfvec(${d})${columns.join('')}\n);\n`;
  for (const [from, to] of batches(points.rows)) {
    const rows = Array.from({ length: to - from }, (_, at) => {
      const i = from + at;
      const values = attributes.map(([, column]) => sqlValue(column[i]));
      return `(${[i, `'${halfText(points, i)}'`, ...values].join(', ')})`;
    });
    yield `INSERT INTO ${name} VALUES\n${rows.join(',\n')};\n`;
  }
  yield 'COMMIT;\n';
  if (codec === 'bits')
    yield `-- ORDER BY binary_quantize(embedding)::bit(${d}) <~> binary_quantize($1::halfvec(${d})), then again by <=>.\nCREATE INDEX ON ${name} USING hnsw ((binary_quantize(embedding)::bit(${d})) bit_hamming_ops);\n`;
  else if (d <= INDEXED)
    yield `CREATE INDEX ON ${name} USING hnsw (embedding halfvec_cosine_ops);\n`;
}

/** Qdrant's own codes that are like a codec's. */
const QUANTIZATION: Readonly<Record<string, object>> = {
  int8: { scalar: { type: 'int8', always_ram: true } },
  bits: { binary: { always_ram: true } },
  pq: { product: { compression: 'x16', always_ram: true } },
  opq: { product: { compression: 'x16', always_ram: true } },
};

function* qdrant(table: VectorTable, name: string, codec: string): Generator<string> {
  const { points } = table;
  const attributes = attributesOf(table);
  const quantization = QUANTIZATION[codec];
  const body = {
    vectors: { size: points.cols, distance: 'Cosine' },
    ...(quantization ? { quantization_config: quantization } : {}),
  };
  yield `${JSON.stringify({ method: 'PUT', path: `/collections/${name}`, body })}\n`;
  for (const [from, to] of batches(points.rows)) {
    const some = Array.from({ length: to - from }, (_, at) => {
      const i = from + at;
      const known = attributes.filter(([, column]) => !Number.isNaN(column[i]));
      const payload = Object.fromEntries(known.map(([own, column]) => [own, column[i]]));
      return { id: i, vector: Array.from(rowOf(points, i)), payload };
    });
    yield `${JSON.stringify({ method: 'PUT', path: `/collections/${name}/points`, body: { points: some } })}\n`;
  }
}

function* sqliteVec(table: VectorTable, name: string, codec: string): Generator<string> {
  const { points } = table;
  const attributes = attributesOf(table);
  const columns = attributes.map(
    ([own, column]) => `, ${quotedName(own)} ${column instanceof Float64Array ? 'REAL' : 'TEXT'}`,
  );
  const type =
    codec === 'bits' ? `bit[${points.cols}]` : `float[${points.cols}] distance_metric=cosine`;
  yield `BEGIN;\nCREATE VIRTUAL TABLE ${name} USING vec0(id INTEGER PRIMARY KEY, embedding ${type});\n`;
  if (attributes.length > 0)
    yield `CREATE TABLE ${name}_rows (id INTEGER PRIMARY KEY${columns.join('')});\n`;
  for (let i = 0; i < points.rows; i++) {
    const blob = `X'${hexOf(rowOf(points, i))}'`;
    const vector = codec === 'bits' ? `vec_quantize_binary(${blob})` : blob;
    yield `INSERT INTO ${name} (id, embedding) VALUES (${i}, ${vector});\n`;
    if (attributes.length > 0)
      yield `INSERT INTO ${name}_rows VALUES (${[i, ...attributes.map(([, column]) => sqlValue(column[i]))].join(', ')});\n`;
  }
  yield 'COMMIT;\n';
}

/** float32, little-endian, in hexadecimal digits. */
function hexOf(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4));
  let text = '';
  for (const x of values) {
    view.setFloat32(0, x, true);
    for (let b = 0; b < 4; b++) text += view.getUint8(b).toString(16).padStart(2, '0');
  }
  return text;
}
