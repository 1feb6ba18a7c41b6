/** Why no test with a queue can run here; undefined where Redis is installed. */
export const redisMissing: string | undefined;

/** A Redis of its own. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, as a loss of power does. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with the same log. */
  restart(): Promise<void>;
  /** Ends it and removes what it wrote. */
  end(): Promise<void>;
}

/** `log` keeps an append-only file, so that a restart finds what was there. */
export function startRedis(options?: {
  readonly log?: boolean;
  readonly password?: string;
}): Promise<RedisServer>;
