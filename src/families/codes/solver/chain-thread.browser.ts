import { type ChainWork, serve } from './chain-worker.ts';

// A rejection is no error of the worker; thrown outside the promise it is.
globalThis.onmessage = (event: MessageEvent<ChainWork>) => {
  serve(event.data).catch((error: unknown) => setTimeout(() => reportError(error)));
};
