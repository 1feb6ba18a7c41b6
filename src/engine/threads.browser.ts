import type { Thread } from './threads.ts';

/** False unless the page is isolated (headers COOP and COEP). */
export const canShareMemory: boolean = globalThis.crossOriginIsolated === true;

export function processorCount(): number {
  return navigator.hardwareConcurrency || 1;
}

let allowed: Promise<boolean> | undefined;

/** Whether the page may start threads from text: a content security policy without `worker-src blob:` forbids it. */
export function canStartThreads(): Promise<boolean> {
  allowed ??= new Promise((resolve) => {
    const refused = (): void => resolve(false);
    const thread = workerOf('postMessage(0);', refused);
    if (!thread) return;
    thread.onmessage = () => {
      thread.terminate();
      resolve(true);
    };
  });
  return allowed;
}

function workerOf(program: string, onFailure: (error: Error) => void): Worker | undefined {
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    worker.onerror = (event) => onFailure(new Error(event.message));
    return worker;
  } catch (cause) {
    onFailure(cause instanceof Error ? cause : new Error(String(cause)));
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Runs `text`, a function expression in plain JavaScript, with `data` on a new thread. */
export function startThread(
  text: string,
  data: unknown,
  onFailure: (error: Error) => void,
): Thread {
  const worker = workerOf(`onmessage = (event) => (${text})(event.data);`, onFailure);
  worker?.postMessage(data);
  return {
    end: () => {
      worker?.terminate();
      return Promise.resolve();
    },
  };
}
