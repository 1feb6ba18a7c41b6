import type { Thread } from '#threads';
import type { ChainWork } from './chain-worker.ts';

/** A thread that works on the chains. Bundlers know the form of the call, and pack the module with all it needs. */
export function startChains(work: ChainWork, onFailure: () => void): Thread | undefined {
  try {
    const worker = new Worker(new URL('./chain-thread.browser.js', import.meta.url), {
      type: 'module',
    });
    worker.onerror = onFailure;
    worker.postMessage(work);
    return {
      end: () => {
        worker.terminate();
        return Promise.resolve();
      },
    };
  } catch {
    // The page does not allow it, or the module has no address: the calling thread does it all.
    return undefined;
  }
}
