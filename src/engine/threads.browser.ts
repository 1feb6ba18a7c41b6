import type { Thread } from './threads.ts';

/** False unless the page is isolated (headers COOP and COEP). */
export const canShareMemory: boolean = globalThis.crossOriginIsolated === true;

export function processorCount(): number {
  return navigator.hardwareConcurrency || 1;
}

/** Runs `text`, a function expression in plain JavaScript, with `data` on a new thread. */
export function startThread(
  text: string,
  data: unknown,
  onFailure: (error: Error) => void,
): Thread {
  const program = `onmessage = (event) => (${text})(event.data);`;
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  worker.onerror = (event) => onFailure(new Error(event.message));
  worker.postMessage(data);
  return {
    end: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
