import type { MaybePromise } from '../../../engine/engine.ts';
import type { Answer, Packet, SessionInfo, Shown } from '../contract.ts';

/** Whatever can be asked of a session, from another thread or another process. */
export type StudioRequest =
  | { readonly ask: 'info' | 'undo' | 'redo' | 'recipe' | 'actions' }
  | { readonly ask: 'show'; readonly shown: Shown }
  | {
      readonly ask: 'call';
      readonly action: string;
      readonly parameters: Readonly<Record<string, unknown>>;
    }
  /** Bytes in memory are moved to the session; a file of the reader stays where it is until it is read. */
  | {
      readonly ask: 'open';
      readonly name: string;
      readonly bytes: Uint8Array<ArrayBuffer> | Blob;
    }
  | {
      readonly ask: 'media';
      readonly table: string;
      readonly field: string;
      readonly row: number;
    };

/** What is heard while a request is answered. */
export interface AskListening {
  readonly signal?: AbortSignal | undefined;
  /** Progress and frames; the next frame comes when this has returned. */
  readonly onPacket?: ((packet: Packet) => MaybePromise<void>) | undefined;
}

/** A session wherever it runs. A refusal is a `TammesError` with the code and the sentence of the session. */
export interface RemoteSession {
  ask(request: StudioRequest, listening?: AskListening): Promise<Answer>;
  /** Told of every change, and in a sentence when the session can't be reached any more; the return value ends it. */
  onChange(listener: (info: SessionInfo) => void, onLost?: (sentence: string) => void): () => void;
}
