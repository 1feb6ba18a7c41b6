import { Option } from 'commander';
import { OptionError } from '../../../core/errors.ts';

/** A queue at a Redis. */
export interface QueueAddress {
  /** What the client connects to; it may hold a password. */
  readonly url: string;
  /** The queue's name there. */
  readonly queue: string;
  /** The address as it may be printed: user and password are left out. */
  readonly shown: string;
}

const VARIABLE = 'TAMMES_QUEUE';
const USUAL = 'tammes';

/**
 * The address that `--queue` gives, or the variable TAMMES_QUEUE where the flag has no value; `?queue=NAME` names another
 * queue than the usual one.
 */
export function queueAddress(given: string | true): QueueAddress {
  const text = given === true ? (process.env[VARIABLE] ?? '') : given;
  if (text === '') {
    throw new OptionError('tammes', 'queue', `redis://host:port, here or in ${VARIABLE}`, '');
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    // What was given may hold a password.
    throw new OptionError('tammes', 'queue', 'like redis://host:6379', 'another address');
  }
  const queue = url.searchParams.get('queue') ?? USUAL;
  if (!/^[\w.-]{1,64}$/.test(queue)) {
    throw new OptionError('tammes', 'queue', 'named by letters, digits, "-", "_" and "."', queue);
  }
  url.searchParams.delete('queue');
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.search = queue === USUAL ? '' : `?queue=${queue}`;
  return { url: url.href, queue, shown: bare.href };
}

/** The flag of every command that speaks to a queue. */
export const queueFlag = (): Option =>
  new Option(
    '--queue [url]',
    `the queue of tammes worker at a Redis, like redis://host:6379 [the variable ${VARIABLE}]`,
  );

/** Words of a command line without what is secret in an address. */
export function shownWords(words: readonly string[], address: QueueAddress): string[] {
  return words.map((word) => (/^(--queue=)?rediss?:/.test(word) ? address.shown : word));
}
