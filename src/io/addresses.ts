/** Addresses of tables in databases; all else is a path. */
const TABLE = /^(?:lance|postgres(?:ql)?|qdrant):\/\//i;
const SCHEME = /(?:lance|postgres(?:ql)?|qdrant):\/\//i;

/** Whether this is the address of a table in a database. */
export const isTableAddress = (text: string): boolean => TABLE.test(text);

/** A user and a password behind `//`, and what names itself a password behind `?`. */
const USER = /(\/\/[^\s/?#:@]*):([^\s/?#]*)@/g;
const PARAMETER = /([?&](?:(?:ssl)?password|api[-_]?key|token)=)[^\s&#]*/gi;
/** What stands before the host of Qdrant can only be a key. */
const KEY = /(qdrant:\/\/)[^\s/?#@]*@/gi;

/** The same text without the passwords of its addresses. */
export const withoutPasswords = (text: string): string =>
  text.replace(KEY, '$1').replace(USER, '$1@').replace(PARAMETER, '$1…');

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
  if (shown !== address) secrets.set(shown, address);
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
