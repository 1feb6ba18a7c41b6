import { InputError, UnsupportedError } from '../../core/errors.ts';
import { type Asked, letGo, persistent, type RequestLimits, requireLasting } from '../requests.ts';
import { manifestKey } from './manifest.ts';
import type { ObjectStore } from './object-store.ts';
import { readRange } from './support/ranges.ts';

/** Statuses of what is not there; public buckets answer 403 where they do not list. */
const MISSING = new Set([403, 404, 410]);

/**
 * A folder on a web server as a store to read. There are no lists on the web: the newest manifest is found by asking for
 * the 1st, 2nd, 4th, … and then between them.
 *
 * @param base with a slash at its end
 */
export function webStore(base: URL, limits: RequestLimits = {}): ObjectStore {
  const name = base.href.replace(/\/$/, '');
  const askedOf = (key: string): Asked => ({ name: `${name}/${key}`, host: base.host });
  const urlOf = (key: string): URL => new URL(key, base);

  async function unexpected(key: string, response: Response): Promise<never> {
    await letGo(response);
    throw new InputError(`${name}/${key}`, `the server answered ${response.status}.`);
  }

  const size = (key: string): Promise<number | undefined> =>
    persistent(askedOf(key), 0, limits, async (signal) => {
      const headers = { 'Accept-Encoding': 'identity' };
      const response = await fetch(urlOf(key), { method: 'HEAD', headers, signal });
      await requireLasting(response);
      if (MISSING.has(response.status)) return undefined;
      const length = response.headers.get('content-length');
      if (response.ok && length !== null) return Number(length);
      if (!response.ok) return unexpected(key, response);
      throw new InputError(`${name}/${key}`, 'the server does not say how long it is.');
    });

  async function newest(): Promise<string[]> {
    const has = async (n: number): Promise<boolean> => (await size(manifestKey(n))) !== undefined;
    let [low, high] = [0, 1];
    while (await has(high)) [low, high] = [high, 2 * high];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await has(middle)) low = middle;
      else high = middle;
    }
    return low === 0 ? [] : [manifestKey(low)];
  }

  const readOnly = async (): Promise<never> => {
    throw new UnsupportedError(
      name,
      'a web server is read, not written; write into a folder or s3://….',
    );
  };
  return {
    name,
    address: name,
    size,
    readInto: (key, offset, into) =>
      readRange(
        askedOf(key),
        (headers, signal) =>
          fetch(urlOf(key), { headers: { ...headers, 'Accept-Encoding': 'identity' }, signal }),
        offset,
        into,
        limits,
        (response) => unexpected(key, response),
      ),
    create: readOnly,
    async list(prefix) {
      if (prefix === 'manifests/') return newest();
      throw new UnsupportedError(name, 'a web server does not list what it has.');
    },
    remove: readOnly,
  };
}
