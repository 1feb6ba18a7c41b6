import { InputError } from '../../../core/errors.ts';
import { KEY_MARK, withoutPasswords } from '../../../io/addresses.ts';
import { type TableParameters, tableParameters } from './parameters.ts';

/** A collection of Qdrant by its address. */
export interface QdrantAddress extends TableParameters {
  /** The address as it may be printed. */
  readonly name: string;
  /** Host and port. */
  readonly host: string;
  /** `http://host:port`, or `https` where the address says `tls=true`. */
  readonly server: string;
  readonly collection: string;
  /** How vectors of a new collection are compared, as Qdrant calls it. */
  readonly distance: string | undefined;
  /** Milliseconds that an answer may take. */
  readonly patience: number;
}

const OWN = ['vector', 'id', 'label', 'null', 'replace', 'tls', 'distance', 'timeout'];
const DISTANCES = ['Cosine', 'Dot', 'Euclid', 'Manhattan'];
const PORT = '6333';
/** Seconds that an answer may take where the address does not say. */
const PATIENCE = 60;

export const isQdrant = (text: string): boolean => /^qdrant:\/\//i.test(text);

export function qdrantAddress(text: string): QdrantAddress {
  const name = withoutPasswords(text);
  if (/^qdrant:\/\/…@/i.test(name) || /(?:key|token|secret|password|auth)[a-z_-]*=…/i.test(name))
    throw new InputError(
      name,
      'a key does not stand in an address: the environment variable QDRANT_API_KEY has it.',
    );
  if (!URL.canParse(name)) return refuseForm(name);
  const url = new URL(name);
  const collection = partOf(name, url.pathname.slice(1));
  if (url.hostname === '' || collection === '' || /[/\\]/.test(collection) || url.hash !== '')
    return refuseForm(name);
  const parameters = url.searchParams;
  const own = tableParameters(name, new URLSearchParams(parameters), OWN);
  const scheme = parameters.get('tls') === null ? 'http' : 'https';
  const host = `${url.hostname}:${url.port || PORT}`;
  return {
    ...own,
    name,
    host,
    server: `${scheme}://${host}`,
    collection,
    distance: distanceOf(name, parameters.get('distance')),
    patience: 1000 * secondsOf(name, parameters.get('timeout')),
  };
}

function refuseForm(name: string): never {
  throw new InputError(
    name,
    `this is no address of a collection; expected qdrant://host:6333/COLLECTION (letters like @ in a name as %40${name.includes(KEY_MARK) ? '; the key in QDRANT_API_KEY' : ''}).`,
  );
}

function partOf(name: string, part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuseForm(name);
  }
}

function distanceOf(name: string, given: string | null): string | undefined {
  if (given === null) return undefined;
  const found = DISTANCES.find((own) => own.toLowerCase() === given.toLowerCase());
  if (found) return found;
  throw new InputError(
    name,
    `the address has distance=${given}; expected ${DISTANCES.join(', ').toLowerCase()}.`,
  );
}

function secondsOf(name: string, given: string | null): number {
  if (given === null) return PATIENCE;
  const seconds = Number(given);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new InputError(name, `the address has timeout=${given}; expected seconds, 86400 at most.`);
}
