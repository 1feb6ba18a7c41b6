import { InputError } from '../../../core/errors.ts';
import { hidden, revealed } from '../../../io/addresses.ts';
import { quotedName } from '../../support/quoted.ts';
import { type TableParameters, tableParameters } from './parameters.ts';

/** A table of PostgreSQL by its address. */
export interface PostgresAddress extends TableParameters {
  /** The address without its password, for sentences. */
  readonly name: string;
  /** What `pg` connects to, with the password: for no sentence. */
  readonly place: string;
  readonly table: string;
  /** The table in SQL. */
  readonly quoted: string;
}

const OWN = ['table', 'schema', 'vector', 'id', 'label', 'type', 'null', 'replace'];

/** What `pg` reads of an address. */
const OTHERS = [
  ...['user', 'password', 'host', 'port', 'dbname', 'application_name', 'options'],
  ...['connect_timeout', 'statement_timeout', 'query_timeout', 'keepalives', 'client_encoding'],
  ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'uselibpqcompat', 'ssl'],
];

export const isPostgres = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text);

export function postgresAddress(text: string): PostgresAddress {
  const name = hidden(text);
  const given = revealed(name);
  if (!URL.canParse(given))
    throw new InputError(
      name,
      'this is no address; expected postgres://user@host/database?table=NAME (letters like @ and / in a password as %40 and %2F).',
    );
  const url = new URL(given);
  const own = tableParameters(name, url.searchParams, OWN, OTHERS);
  const { table, schema } = own;
  if (table === undefined)
    throw new InputError(name, 'the address names no table: add ?table=NAME.');
  const quoted = `${schema === undefined ? '' : `${quotedName(schema)}.`}${quotedName(table)}`;
  return { ...own, name, place: url.href, table, quoted };
}
