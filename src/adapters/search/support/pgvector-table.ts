import { InputError } from '../../../core/errors.ts';
import type { ColumnKind } from '../../../structures/filters/types.ts';
import { quotedName } from '../../support/quoted.ts';
import type { Similarity, Way } from '../types.ts';
import { MEASURES, METHODS, OWN } from './pgvector-terms.ts';
import { ID, type SqlClient } from './postgres.ts';

interface Comment {
  readonly similarity?: Similarity;
  /** The names of columns in the table by those that conditions use. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** What a table is, as the catalogue of PostgreSQL has it. */
export interface Table {
  readonly name: string;
  readonly d: number;
  /** `vector(3)`, `halfvec(3)`. */
  readonly type: string;
  readonly hasLabel: boolean;
  readonly similarity: Similarity;
  readonly index: Way;
  /** Lists that are asked where nothing is said: √lists. */
  readonly probes: number;
  /** Whether pgvector goes on until enough rows pass: from 0.8 on. */
  readonly isIterative: boolean;
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  readonly stored: Readonly<Record<string, string>>;
}

/** Reads what a table is; refuses one that holds no vectors that can be asked. */
export async function describedTable(client: SqlClient, name: string): Promise<Table> {
  const { rows: attributes } = await client.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, obj_description(attrelid) AS comment
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [quotedName(name)],
  );
  if (attributes.length === 0) throw new InputError(ID, `there is no table "${name}".`);
  const types = Object.fromEntries(
    attributes.map((own) => [String(own['name']), String(own['type'])]),
  );
  const [type, dims] = /^(?:vector|halfvec)\((\d+)\)$/.exec(types['embedding'] ?? '') ?? [];
  if (!type || !dims || !NUMBERS.test(types['id'] ?? ''))
    throw new InputError(
      ID,
      `the table "${name}" must have an id of whole numbers and an embedding of vector(d) or halfvec(d); its columns are ${attributes.map((own) => `${own['name']} ${own['type']}`).join(', ')}.`,
    );
  const comment = commentOf(attributes[0]?.['comment']);
  const { similarity = 'cosine', columns = {} } = comment ?? {};
  // In a table of others, id and label are columns like any.
  const own: readonly string[] = comment ? OWN : [];
  const calledAs = new Map(Object.entries(columns).map(([called, stored]) => [stored, called]));
  const asked = Object.entries(types).flatMap(([stored, typeOf]) => {
    const kind = kindOf(typeOf);
    if (own.includes(stored) || kind === undefined) return [];
    return [{ called: calledAs.get(stored) ?? stored, stored, kind }];
  });
  return {
    name,
    type,
    d: Number(dims),
    hasLabel: 'label' in types,
    similarity,
    ...(await indexOf(client, name, similarity)),
    kinds: Object.fromEntries(asked.map((column) => [column.called, column.kind])),
    stored: Object.fromEntries(asked.map((column) => [column.called, column.stored])),
  };
}

const NUMBERS = /^(?:smallint|integer|bigint)$/;
const FLOATS = /^(?:real|double precision|numeric(?:\(.*\))?)$/;
const TEXTS = /^(?:text|character varying|character)(?:\(\d+\))?$/;

function kindOf(type: string): ColumnKind | undefined {
  if (NUMBERS.test(type) || FLOATS.test(type)) return 'numbers';
  return TEXTS.test(type) ? [] : undefined;
}

/** What Tammes wrote of a table; tables of others have another comment, or none. */
function commentOf(comment: unknown): Comment | undefined {
  try {
    return (JSON.parse(String(comment)) as { readonly tammes?: Comment } | null)?.tammes;
  } catch {
    return undefined;
  }
}

/** The index that PostgreSQL takes for that similarity, if there is one. */
async function indexOf(
  client: SqlClient,
  name: string,
  similarity: Similarity,
): Promise<Pick<Table, 'index' | 'probes' | 'isIterative'>> {
  const { rows } = await client.query(
    `SELECT am.amname AS method, ext.extversion AS version,
            substring(array_to_string(c.reloptions, ' ') FROM 'lists=([0-9]+)') AS lists
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     JOIN pg_opclass o ON o.oid = i.indclass[0] LEFT JOIN pg_extension ext ON ext.extname = 'vector'
     WHERE i.indrelid = to_regclass($1) AND i.indpred IS NULL AND i.indisvalid AND a.attname = 'embedding' AND o.opcname LIKE $2`,
    [quotedName(name), `%${MEASURES[similarity].operators}`],
  );
  const [major = 0, minor = 0] = String(rows[0]?.['version'] ?? '')
    .split('.')
    .map(Number);
  const found = (['graph', 'ivf'] as const).find((own) =>
    rows.some((row) => row['method'] === METHODS[own]),
  );
  const own = found && rows.find((row) => row['method'] === METHODS[found]);
  const probes = Math.max(1, Math.round(Math.sqrt(Number(own?.['lists'] ?? 1))));
  return { index: found ?? 'exact', probes, isIterative: major > 0 || minor >= 8 };
}
