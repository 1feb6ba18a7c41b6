import { InputError } from '../../../core/errors.ts';
import type { Row, SqlClient } from '../../support/postgres-client.ts';
import { quotedName, quotedText } from '../../support/quoted.ts';
import { processOf } from './postgres-new.ts';
import type { FoundTable } from './postgres-table.ts';

/** What hangs on a table and could not be carried over to another. */
const HANGING = `
  SELECT 'it is ' || CASE c.relkind WHEN 'v' THEN 'a view' WHEN 'm' THEN 'a materialized view' WHEN 'p' THEN 'partitioned' ELSE 'a foreign table' END AS what
    FROM pg_class c WHERE c.oid = $1::oid AND c.relkind <> 'r'
  UNION ALL SELECT 'the trigger ' || quote_ident(tgname) FROM pg_trigger WHERE tgrelid = $1::oid AND NOT tgisinternal
  UNION ALL SELECT 'the foreign key ' || quote_ident(conname) || ' of ' || conrelid::regclass FROM pg_constraint WHERE confrelid = $1::oid AND contype = 'f'
  UNION ALL SELECT 'row-level security' FROM pg_class WHERE oid = $1::oid AND relrowsecurity
  UNION ALL SELECT 'inheritance' FROM pg_inherits WHERE inhrelid = $1::oid OR inhparent = $1::oid
  UNION ALL SELECT 'grants on columns' FROM pg_attribute WHERE attrelid = $1::oid AND attacl IS NOT NULL
  UNION ALL SELECT 'a publication' FROM pg_publication_rel WHERE prrelid = $1::oid
  UNION ALL SELECT 'the view ' || r.ev_class::regclass FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refobjid = $1::oid AND r.ev_class <> $1::oid`;

/** Refuses a table that cannot be written anew without losing what hangs on it. */
export async function requireMovable(
  client: SqlClient,
  name: string,
  { oid }: FoundTable,
): Promise<void> {
  const { rows } = await client.query(HANGING, [oid]);
  const [first] = rows;
  if (!first) return;
  throw new InputError(
    name,
    `the table can’t be written anew (${String(first['what'])}); write the vectors into a table of their own.`,
  );
}

const MADE_ANEW = `
  SELECT quote_ident(i.relname) AS name, 'index' AS kind, pg_get_indexdef(i.oid) AS text,
    'CREATE ' || CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(i.relname) || ' ON '
      || quote_ident(n.nspname) || '.' || quote_ident(t.relname) || ' ' AS head,
    CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END AS unique, x.indisclustered::text AS clustered
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE x.indrelid = $1::oid AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u', 'x'))
  UNION ALL
  SELECT quote_ident(conname), contype::text, pg_get_constraintdef(oid), '', '', 'false' FROM pg_constraint
  WHERE conrelid = $1::oid AND contype IN ('p', 'u', 'x', 'f')
  ORDER BY kind DESC, name`;

const SETTINGS = `
  SELECT pg_get_userbyid(c.relowner)::text AS owner, array_to_string(c.reloptions, ', ') AS options,
    obj_description(c.oid, 'pg_class') AS comment, n.nspname::text AS schema, c.relname::text AS table, (c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user))::text AS own
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1::oid`;

const GRANTS = `
  SELECT CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee,
    g.privilege_type AS privilege, g.is_grantable::text AS grantable
  FROM pg_class c, aclexplode(c.relacl) g WHERE c.oid = $1::oid AND g.grantee <> c.relowner`;

const SEQUENCES = `
  SELECT d.objid::regclass::text AS sequence, a.attname::text AS name, d.deptype::text AS kind FROM pg_depend d
    JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.refobjid = $1::oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')`;

/**
 * Makes a table like another, fills it, and gives it the other's place: its columns, constraints, indexes, sequences,
 * grants, owner, settings and comments. Until the transaction ends, others see the old one.
 */
export async function takePlace(
  client: SqlClient,
  name: string,
  { oid, quoted }: FoundTable,
  filling: (to: string) => string,
): Promise<readonly string[]> {
  const ask = async (text: string): Promise<readonly Row[]> =>
    (await client.query(text, [oid])).rows;
  const pid = await processOf(client);
  const [settings] = await ask(SETTINGS);
  const schema = quotedName(String(settings['schema']));
  const to = `${schema}.${quotedName(`tammes_new_${pid}`)}`;
  await client.query(`CREATE TABLE ${to} (LIKE ${quoted} INCLUDING ALL EXCLUDING INDEXES)`);
  await client.query(filling(to));
  const renames = await madeAnew(client, name, await ask(MADE_ANEW), { to, schema, pid });
  await keptSettings(client, to, settings, await ask(GRANTS));
  for (const { sequence, name: column, kind } of await ask(SEQUENCES)) {
    const own = quotedName(String(column));
    if (kind === 'a') await client.query(`ALTER SEQUENCE ${sequence} OWNED BY ${to}.${own}`);
    else
      await client.query(
        `SELECT setval(pg_get_serial_sequence($1, $2), last_value, is_called) FROM ${sequence}`,
        [to, column],
      );
  }
  await client.query(`DROP TABLE ${quoted}`);
  await client.query(`ALTER TABLE ${to} RENAME TO ${quotedName(String(settings['table']))}`);
  for (const rename of renames) await client.query(rename);
  return [];
}

/** Indexes and constraints; gives what lends them the names of the old ones when those are gone. */
async function madeAnew(
  client: SqlClient,
  name: string,
  parts: readonly Row[],
  { to, schema, pid }: { readonly to: string; readonly schema: string; readonly pid: string },
): Promise<string[]> {
  const renames: string[] = [];
  for (const [i, { kind, name: called, text, head, unique, clustered }] of parts.entries()) {
    const own = quotedName(`tammes_${pid}_${i}`);
    if (kind === 'f') {
      await client.query(`ALTER TABLE ${to} ADD CONSTRAINT ${called} ${text}`);
      continue;
    }
    if (kind === 'index') {
      if (!String(text).startsWith(String(head)))
        throw new InputError(name, `the index ${called} can’t be made anew: ${text}.`);
      await client.query(
        `CREATE ${unique}INDEX ${own} ON ${to} ${String(text).slice(String(head).length)}`,
      );
    } else await client.query(`ALTER TABLE ${to} ADD CONSTRAINT ${own} ${text}`);
    if (clustered === 'true') await client.query(`ALTER TABLE ${to} CLUSTER ON ${own}`);
    renames.push(`ALTER INDEX ${schema}.${own} RENAME TO ${called}`);
  }
  return renames;
}

async function keptSettings(
  client: SqlClient,
  to: string,
  { owner, options, comment, own }: Row,
  grants: readonly Row[],
): Promise<void> {
  if (options) await client.query(`ALTER TABLE ${to} SET (${options})`);
  if (comment !== null)
    await client.query(`COMMENT ON TABLE ${to} IS ${quotedText(String(comment))}`);
  for (const { grantee, privilege, grantable } of grants) {
    const passed = grantable === 'true' ? ' WITH GRANT OPTION' : '';
    await client.query(`GRANT ${privilege} ON ${to} TO ${grantee}${passed}`);
  }
  if (own !== 'true') await client.query(`ALTER TABLE ${to} OWNER TO ${quotedName(String(owner))}`);
}
