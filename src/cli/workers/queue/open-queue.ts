import type { Queue, QueueEvents } from 'bullmq';
import type { QueueAddress } from './address.ts';
import { Board } from './board.ts';
import type { JobData, JobDone } from './job.ts';
import { pause } from './pause.ts';
import { connectRedis } from './redis.ts';

/** A queue as those see it who hand out work. */
export interface OpenQueue {
  readonly queue: Queue<JobData, JobDone>;
  readonly events: QueueEvents;
  readonly board: Board;
  close(): Promise<void>;
}

/** Opens a queue; refuses in a sentence where no Redis answers. `say` hears when it is lost and back. */
export async function openQueue(
  address: QueueAddress,
  say: (line: string) => void,
): Promise<OpenQueue> {
  const { redis, bull } = await connectRedis(address, {
    onLost: () => say(`${address.shown} does not answer; waiting for it.`),
    onBack: () => say(`${address.shown} answers again.`),
  });
  const queue = new bull.Queue<JobData, JobDone>(address.queue, { connection: redis });
  const events = new bull.QueueEvents(address.queue, { connection: redis });
  // Each call tells its own error; these are the same once more.
  queue.on('error', () => {});
  events.on('error', () => {});
  await events.waitUntilReady();
  return {
    queue,
    events,
    board: new Board(redis, address),
    async close() {
      await Promise.race([Promise.allSettled([queue.close(), events.close()]), pause(0.5)]);
      redis.disconnect();
    },
  };
}
