import { InputError } from '../../../core/errors.ts';
import { hidden, revealed } from '../../../io/addresses.ts';
import { type TableParameters, tableParameters } from './parameters.ts';

export const DISTANCES = ['Cosine', 'Dot', 'Euclid', 'Manhattan'] as const;
export type Distance = (typeof DISTANCES)[number];

/** A collection of Qdrant by its address. */
export interface QdrantAddress extends TableParameters {
  /** The address, for sentences. */
  readonly name: string;
  /** Where requests go: `http://host:6333`. */
  readonly server: string;
  readonly collection: string;
  readonly distance: Distance | undefined;
}

const OWN = ['vector', 'id', 'label', 'null', 'replace'];
const OTHERS = ['tls', 'distance'];
const EXPECTED = 'expected qdrant://HOST:6333/COLLECTION';

export const isQdrant = (text: string): boolean => /^qdrant:\/\//i.test(text);

export function qdrantAddress(text: string): QdrantAddress {
  const name = hidden(text);
  if (revealed(name) !== name)
    throw new InputError(
      name,
      'a key in an address could be printed: leave it out and set QDRANT_API_KEY in the environment.',
    );
  const http = name.replace(/^qdrant:/i, 'http:');
  if (!URL.canParse(http)) throw new InputError(name, `this is no address; ${EXPECTED}.`);
  const url = new URL(http);
  const distance = url.searchParams.get('distance') ?? undefined;
  const tls = url.searchParams.get('tls') ?? undefined;
  const own = tableParameters(name, url.searchParams, [...OWN, ...OTHERS]);
  if (distance !== undefined && !DISTANCES.includes(distance as Distance))
    throw new InputError(
      name,
      `the address has distance=${distance}; expected one of ${DISTANCES.join(', ')}.`,
    );
  if (tls !== undefined && tls !== 'true')
    throw new InputError(name, `the address has tls=${tls}; expected true.`);
  const [collection, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  if (!url.hostname || !collection || rest.length > 0)
    throw new InputError(name, `the address names no collection; ${EXPECTED}.`);
  const server = `${tls ? 'https' : 'http'}://${url.hostname}:${url.port || '6333'}`;
  return { ...own, name, server, collection, distance: distance as Distance | undefined };
}
