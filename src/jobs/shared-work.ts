import { type ObjectStore, readObject } from '../io/sharded/index.ts';
import { outputKey } from './task.ts';

/** A command among those that work in one store. */
export interface Presence {
  /** Removes an output that is needed no more, now where no other command is at work, else when the last of them ends. */
  discard(output: string): Promise<void>;
  /**
   * Ends it. The outputs named here are needed no more: whoever is the last to end removes them, since another that is at
   * work may have found them and count on them.
   */
  leave(outputs?: Iterable<string>): Promise<void>;
}

const RUNNING = 'work/running/';
const LEFT = 'work/left/';
const PLANS = 'work/plans/';
/** A command that is at work says so this often; one that was silent for five times as long is gone. */
const BEAT = 30_000;
const gone = (): Date => new Date(Date.now() - 5 * BEAT);

/** Says in the store of the work that a command works there, until it leaves. */
export async function joinWork(work: ObjectStore): Promise<Presence> {
  const id = crypto.randomUUID();
  let beats = 0;
  const key = () => `${RUNNING}${id}.${beats}`;
  await work.create(key(), [new Uint8Array(1)]);
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    // A store that does not answer for a moment hears the next beat.
    beating = beat().catch(() => {});
  }, BEAT);
  (timer as { unref?: () => void }).unref?.();
  async function beat(): Promise<void> {
    const before = key();
    beats++;
    await work.create(key(), [new Uint8Array(1)]);
    await work.remove(before);
  }
  const later = new Set<string>();
  return {
    async discard(output) {
      if ((await commandsAtWork(work)) > 1) later.add(output);
      else await work.remove(outputKey(output));
    },
    async leave(outputs = []) {
      clearInterval(timer);
      await beating;
      const names = [...later, ...outputs];
      // The list is there before the presence is gone: of two that leave at once one finds both lists.
      if (names.length > 0) {
        await work.create(`${LEFT}${id}`, [new TextEncoder().encode(names.join('\n'))]);
      }
      for (const own of await work.list(`${RUNNING}${id}`)) await work.remove(own);
      if ((await commandsAtWork(work)) === 0) await removeLeft(work);
    },
  };
}

/** How many commands work in a store now. */
export async function commandsAtWork(work: ObjectStore): Promise<number> {
  const silent = new Set(await work.list(RUNNING, gone()));
  return (await work.list(RUNNING)).filter((key) => !silent.has(key)).length;
}

/** Removes the outputs that commands left to the last of them. */
async function removeLeft(work: ObjectStore): Promise<void> {
  for (const list of await work.list(LEFT)) {
    const bytes = await readObject(work, list).catch(() => undefined);
    const text = new TextDecoder().decode(bytes);
    for (const name of text.split('\n')) if (name !== '') await work.remove(outputKey(name));
    await work.remove(list);
  }
}

/** What lies in a store of work beside tables. */
export interface WorkThere {
  /** Commands that work there now. */
  readonly commands: number;
  /** Outputs of tasks, and how many of them were last written before a time. */
  readonly outputs: number;
  readonly old: number;
  /** Ids of plans that were handed to a queue and have not ended. */
  readonly plans: readonly string[];
}

/** Looks at what commands do, and have left, in a store. */
export async function workThere(work: ObjectStore, before: Date): Promise<WorkThere> {
  const [outputs, old, plans] = await Promise.all([
    work.list(outputKey('')),
    work.list(outputKey(''), before),
    work.list(PLANS),
  ]);
  return {
    commands: await commandsAtWork(work),
    outputs: outputs.length,
    old: old.length,
    plans: plans.map((key) => key.slice(PLANS.length)),
  };
}

/** Removes outputs, plans and signs of life that were last written before that time; how many outputs. */
export async function cleanWork(work: ObjectStore, before: Date): Promise<number> {
  const outputs = await work.list(outputKey(''), before);
  const others = [RUNNING, LEFT, PLANS].map((prefix) => work.list(prefix, before));
  for (const key of [...outputs, ...(await Promise.all(others)).flat()]) await work.remove(key);
  return outputs.length;
}
