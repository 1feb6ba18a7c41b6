import { InputError } from '../../../core/errors.ts';
import { messageOf } from '../../support/load-peer.ts';
import type { LanceDatabase, Packages } from './lance-packages.ts';
import { type TableParameters, tableParameters } from './parameters.ts';

/** A table of LanceDB by its address. */
export interface LanceAddress extends TableParameters {
  readonly name: string;
  /** A folder, or `s3://bucket/prefix`. */
  readonly path: string;
  readonly version: string | undefined;
}

const OWN = ['table', 'vector', 'id', 'label', 'version', 'null', 'replace'];
const SCHEME = /^lance:\/\//i;

export const isLance = (text: string): boolean => SCHEME.test(text);

export function lanceAddress(text: string): LanceAddress {
  const [path = '', query = ''] = text.replace(SCHEME, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const version = parameters.get('version') ?? undefined;
  const own = tableParameters(text, parameters, OWN);
  if (path === '')
    throw new InputError(text, 'the address names no folder; expected lance://FOLDER/TABLE.');
  return { ...own, name: text, path: path.replace(/\/+$/, ''), version };
}

/** A folder, and the table in it that is meant. */
export interface LancePlace {
  readonly folder: string;
  readonly table: string;
  /** The tables that are there. */
  readonly names: readonly string[];
  readonly isThere: boolean;
}

const isRemote = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(path);

/** What an address means: a folder and its table, or the folder alone for its only table. Nothing is made by looking. */
export async function lancePlace(address: LanceAddress, packages: Packages): Promise<LancePlace> {
  const { name, path, table } = address;
  if (table !== undefined) return placeOf(packages, path, table);
  const cut = path.lastIndexOf('/');
  const last = path.slice(cut + 1).replace(/\.lance$/i, '');
  // lance://name stands for the folder of that name, and a bucket holds no table beside itself.
  const isFolderAlone = cut <= 0 || path === `s3://${last}`;
  if (!isFolderAlone) {
    const beside = await placeOf(packages, path.slice(0, cut), last);
    if (beside.isThere || /\.lance$/i.test(path)) return beside;
    if ((await namesIn(packages, path)).length === 0) return beside;
  }
  const names = await namesIn(packages, path);
  if (names.length > 1 && !names.includes('vectors'))
    throw new InputError(
      name,
      `the folder has ${names.length} tables; name one as ${path}/${names[0]} (${names.join(', ')}).`,
    );
  return placeOf(packages, path, names.length === 1 ? names[0] : 'vectors');
}

async function placeOf(packages: Packages, folder: string, table: string): Promise<LancePlace> {
  const names = await namesIn(packages, folder);
  const isThere =
    names.includes(table) || (isRemote(folder) && (await opens(packages, folder, table)));
  return { folder, table, names, isThere };
}

/** Whether a table of a bucket can be opened: not every server, and not every key, lists it. */
async function opens(packages: Packages, folder: string, table: string): Promise<boolean> {
  const database = await lanceDatabase(packages, folder);
  try {
    (await database.openTable(table)).close();
    return true;
  } catch (cause) {
    if (/not found|does not exist/i.test(messageOf(cause))) return false;
    throw cause;
  } finally {
    database.close();
  }
}

/** Tables of a folder; one that is not there has none, and opening it would make it. */
async function namesIn(packages: Packages, path: string): Promise<readonly string[]> {
  const { existsSync } = process.getBuiltinModule('fs');
  if (!isRemote(path) && !existsSync(path)) return [];
  const database = await lanceDatabase(packages, path);
  try {
    return await database.tableNames();
  } finally {
    database.close();
  }
}

/** Opens a database; makes its folder where there is none. */
export function lanceDatabase({ lance }: Packages, path: string): Promise<LanceDatabase> {
  if (isRemote(path)) return lance.connect(path, { storageOptions: storageOptions() });
  // A bare name may be read as the address of a server.
  return lance.connect(process.getBuiltinModule('path').resolve(path));
}

/** Where a bucket is reached, from the usual variables; LanceDB reads keys and region itself. */
function storageOptions(): Record<string, string> {
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  if (!endpoint) return {};
  return { endpoint, ...(endpoint.startsWith('http:') && { allow_http: 'true' }) };
}

/** What LanceDB does not do, in a sentence. */
export function refused(name: string, cause: unknown): never {
  if (cause instanceof InputError) throw cause;
  throw new InputError(name, answered(messageOf(cause)), { cause });
}

/** What a bucket answered stands in what LanceDB says as it came, with the key and what was signed. */
function answered(text: string): string {
  const [, status] = /status: (\d{3})/.exec(text) ?? [];
  if (status === undefined && /kind: Connect|error sending request/.test(text))
    return 'the server of the bucket cannot be reached.';
  if (status === undefined) return `LanceDB says: ${text}.`;
  const [, code] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
  const isKey = status === '401' || status === '403';
  return `the bucket answers ${status}${code ? ` (${code})` : ''}${isKey ? '; its keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY' : ''}.`;
}
