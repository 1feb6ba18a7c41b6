import type { Redis } from 'ioredis';
import { InputError, UnsupportedError } from '../../../core/errors.ts';
import type { QueueAddress } from './address.ts';

/** A connection, and the package that speaks to its queues. */
export interface Connected {
  readonly redis: Redis;
  readonly bull: typeof import('bullmq');
}

/** Seconds that the first answer may take. */
const FIRST_ANSWER = 10;
/** Seconds between tries to connect again, at most. */
const PAUSE = 2;

/**
 * Connects to a Redis, which must answer now; from then on the connection comes back by itself whenever it is lost.
 * `onLost` and `onBack` tell when it is.
 */
export async function connectRedis(
  { url, shown }: QueueAddress,
  heard: { readonly onLost?: () => void; readonly onBack?: () => void } = {},
): Promise<Connected> {
  const [bull, { Redis }] = await peers();
  let answered = false;
  let lost = false;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 1000 * FIRST_ANSWER,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => (answered ? Math.min(50 * 2 ** tries, 1000 * PAUSE) : null),
  });
  let why: unknown;
  redis.on('error', (cause) => {
    why = cause;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    redis.disconnect();
    throw new InputError(shown, whyNot(why ?? cause));
  }
  answered = true;
  redis.on('close', () => {
    if (!lost && redis.status !== 'end') heard.onLost?.();
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) heard.onBack?.();
    lost = false;
  });
  return { redis, bull };
}

async function peers() {
  try {
    return await Promise.all([import('bullmq'), import('ioredis')]);
  } catch {
    throw new UnsupportedError(
      '--queue',
      'the packages bullmq and ioredis are needed for a queue; npm install bullmq ioredis adds them.',
    );
  }
}

/** Why there is no connection, without the words of the client, which may repeat the address. */
function whyNot(cause: unknown): string {
  const { code, message } = cause as { code?: string; message?: string };
  if (/WRONGPASS|NOAUTH|invalid password/i.test(message ?? '')) {
    return 'Redis refuses the name or password.';
  }
  return `no Redis answers there (${code ?? 'the connection was closed'}).`;
}
