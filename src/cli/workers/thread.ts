// A thread that computes tasks, one at a time, with an engine of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import { openStore } from '../../io/sharded/index.ts';
import { failureOf } from '../../jobs/failure.ts';
import { runTask } from '../../jobs/run-task.ts';
import type { ThreadAnswer, ThreadData, ThreadRequest } from './protocol.ts';

const { threads } = workerData as ThreadData;
const engines = new Map<EngineName, Promise<Engine>>();

function engineOf(name: EngineName): Promise<Engine> {
  const engine = engines.get(name) ?? chooseEngine(name, { threads });
  engines.set(name, engine);
  return engine;
}

async function answerTo({ task, table, work }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    const engine = await engineOf(task.engine);
    const places = { table: openStore(table), work: openStore(work), engine };
    return { done: await runTask(task, places) };
  } catch (cause) {
    return { failed: failureOf(cause) };
  }
}

parentPort?.on('message', (request: ThreadRequest) => {
  void answerTo(request).then((answer) => parentPort?.postMessage(answer));
});
