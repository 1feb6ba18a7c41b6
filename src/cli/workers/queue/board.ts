import type { Redis } from 'ioredis';
import type { QueueAddress } from './address.ts';

/** How a plan stands. */
export type PlanState = 'running' | 'done' | 'failed' | 'stopped';

/** What is written of a plan beside its queue, so that others can see it. */
export interface PlanRecord {
  readonly id: string;
  readonly title: string;
  /** The command that began it, without secrets. */
  readonly command: string;
  /** Host and process that lead it. */
  readonly by: string;
  readonly table: string;
  readonly work: string;
  /** Tasks of all stages; how many had to run when it began; how many of those are done. */
  readonly tasks: number;
  readonly toRun: number;
  readonly done: number;
  /** Seconds of the clock of Redis: when it began, and when it was last heard of. */
  readonly began: number;
  readonly heard: number;
  readonly state: PlanState;
  /** Why it ended, where it did not end well. */
  readonly sentence?: string | undefined;
}

/** Seconds of silence after which the process that leads a plan counts as gone. */
export const SILENCE = 15;
/** Seconds for which a plan that ended is remembered. */
const REMEMBERED = 86_400;

/** Records of plans in Redis: those that run, and those that ended within a day. */
export class Board {
  readonly #redis: Redis;
  readonly #plans: string;
  readonly #stops: string;

  constructor(redis: Redis, { queue }: QueueAddress) {
    this.#redis = redis;
    this.#plans = `tammes:${queue}:plans`;
    this.#stops = `tammes:${queue}:stops`;
  }

  /** Seconds, by the one clock that all share. */
  async now(): Promise<number> {
    const [seconds, micros] = await this.#redis.time();
    return Number(seconds) + Number(micros) / 1e6;
  }

  async write(record: PlanRecord): Promise<void> {
    await this.#redis.hset(this.#plans, record.id, JSON.stringify(record));
  }

  /** All that is remembered, the latest first. */
  async plans(): Promise<PlanRecord[]> {
    const texts = Object.values(await this.#redis.hgetall(this.#plans));
    const records = texts.map((text) => JSON.parse(text) as PlanRecord);
    const now = await this.now();
    const old = records.filter(({ heard }) => now - heard > REMEMBERED).map(({ id }) => id);
    if (old.length > 0) await this.#redis.hdel(this.#plans, ...old);
    return records.filter(({ id }) => !old.includes(id)).sort((a, b) => b.began - a.began);
  }

  /** Asks whoever leads a plan to stop it. */
  async askToStop(id: string): Promise<void> {
    await this.#redis.hset(this.#stops, id, '1');
  }

  async isAskedToStop(id: string): Promise<boolean> {
    return (await this.#redis.hexists(this.#stops, id)) === 1;
  }

  async clearStop(id: string): Promise<void> {
    await this.#redis.hdel(this.#stops, id);
  }
}

/** Whether a process still leads the plan. */
export const isLed = ({ state, heard }: PlanRecord, now: number): boolean =>
  state === 'running' && now - heard <= SILENCE;
