import type { DatabaseId } from './contract.ts';

/** Addresses of tables in databases; all else is a path. */
const TABLE = /^(?:lance|postgres(?:ql)?|qdrant):\/\//i;
const SCHEME = /(?:lance|postgres(?:ql)?|qdrant):\/\//i;

/** Whether this is the address of a table in a database. */
export const isTableAddress = (text: string): boolean => TABLE.test(text);

/** The database that an address of a table is of. */
export function databaseOf(address: string): DatabaseId {
  if (/^lance/i.test(address)) return 'lance';
  return /^qdrant/i.test(address) ? 'qdrant' : 'postgres';
}

/** A user and a password behind `//`, and what names itself a password behind `?`. */
const USER = /(\/\/[^\s/?#:@]*):([^\s/?#]*)@/g;
const PARAMETER = /([?&](?:ssl)?password=)[^\s&#]*/gi;

const QDRANT = /(qdrant:\/\/)([^\s"'<>]*)/gi;
/** What an address of Qdrant may say; anything else may be a key, wherever it stands. */
const OPEN = /^(?:vector|id|label|null|replace|tls|distance|timeout)=/;

/** What stands where a key was. */
export const KEY_MARK = '…';

function withoutKeys(_: string, scheme: string, rest: string): string {
  const at = rest.lastIndexOf('@');
  const place = at < 0 ? rest : `${KEY_MARK}${rest.slice(at)}`;
  const shown = place.replace(/([?&#])([^?&#]*)/g, (all, mark: string, piece: string) => {
    if (piece === '' || (mark !== '#' && OPEN.test(piece))) return all;
    const [name = ''] = /^[a-z_-]{1,24}=/i.exec(piece) ?? [];
    return `${mark}${name}${KEY_MARK}`;
  });
  return scheme + shown;
}

/** The same text without the passwords and keys of its addresses. */
export const withoutPasswords = (text: string): string =>
  text.replace(QDRANT, withoutKeys).replace(USER, '$1@').replace(PARAMETER, '$1…');

const secrets = new Map<string, string>();

/**
 * The address without its password, which is remembered by this process alone: what is printed, written or handed on
 * has none. It may stand behind a flag (`--output=…`). Other texts come back as they are.
 */
export function hidden(text: string): string {
  const at = text.search(SCHEME);
  if (at < 0) return text;
  const address = text.slice(at);
  const shown = withoutPasswords(address);
  // A key of Qdrant does not stand in an address: nobody is to connect with one from there.
  if (shown !== address && !/^qdrant/i.test(address)) secrets.set(shown, address);
  return text.slice(0, at) + shown;
}

/** The address as it was given, for whoever connects to it. */
export const revealed = (address: string): string => secrets.get(address) ?? address;

/** What a thread of this process must be told to connect as well: addresses by what they are called. */
export const knownSecrets = (): ReadonlyMap<string, string> => secrets;

/** What another thread of this process was told. */
export function learnSecrets(told: ReadonlyMap<string, string>): void {
  for (const [shown, address] of told) secrets.set(shown, address);
}
