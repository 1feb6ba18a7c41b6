import type { Connection } from '../../contract.ts';
import { httpConnection } from './http.ts';
import { workerConnection } from './worker.ts';

export { httpConnection, type ServerAddress } from './http.ts';
export { workerConnection } from './worker.ts';

/** Where the token is kept while the tab lives: a reload has no fragment any more. */
const KEY = 'tammes-studio-token';

/**
 * The session of this page: behind the server that the page came from, where its address has a token, else in a worker.
 * The token is taken out of the address, which people copy and show.
 */
export function connect(): Connection {
  const token = tokenOfAddress();
  return token === undefined ? workerConnection() : httpConnection({ url: location.origin, token });
}

function tokenOfAddress(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) return sessionStorage.getItem(KEY) ?? undefined;
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}
