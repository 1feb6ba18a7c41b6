import { AbortedError, TammesError } from '../../../core/errors.ts';
import type { Answer, Packet, SessionInfo } from '../contract.ts';
import type { AskListening, RemoteSession, StudioRequest } from './requests.ts';

/** Two ends that pass messages to each other: a worker of a browser, a thread of Node, a channel. */
export interface Port {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  listen(listener: (message: never) => void): void;
}

/** To the side of the session. */
export type Question =
  | {
      readonly id: number;
      readonly request: StudioRequest;
      /** Whether progress and frames are heard by anybody. */
      readonly listens: boolean;
    }
  /** A frame was used: the next may come. */
  | { readonly id: number; readonly took: true }
  | { readonly id: number; readonly abort: true };

/** From the side of the session. */
export type Reply =
  | { readonly id: number; readonly packet: Packet }
  | { readonly changed: SessionInfo };

/** The session at the other end of the port; `lost` ends what is waiting, in a sentence. */
export class RelayedSession implements RemoteSession {
  readonly #port: Port;
  readonly #open = new Map<number, (packet: Packet) => void>();
  readonly #listeners = new Map<
    (info: SessionInfo) => void,
    ((sentence: string) => void) | undefined
  >();
  #next = 0;
  #lost: string | undefined;

  constructor(port: Port) {
    this.#port = port;
    port.listen((reply: Reply) => {
      if ('changed' in reply) {
        for (const listener of [...this.#listeners.keys()]) listener(reply.changed);
      } else this.#open.get(reply.id)?.(reply.packet);
    });
  }

  ask(request: StudioRequest, { signal, onPacket }: AskListening = {}): Promise<Answer> {
    if (this.#lost !== undefined) return Promise.reject(new TammesError('lost', this.#lost));
    if (signal?.aborted) return Promise.reject(new AbortedError(request.ask));
    const id = this.#next++;
    const post = (question: Question, transfer: readonly ArrayBuffer[] = []) =>
      this.#port.post(question, transfer);
    const abort = () => post({ id, abort: true });
    signal?.addEventListener('abort', abort);
    return new Promise<Answer>((resolve, reject) => {
      this.#open.set(id, (packet) => {
        if (packet.kind === 'answer') resolve(answerOf(packet));
        else if (packet.kind === 'error') reject(new TammesError(packet.code, packet.sentence));
        else void this.#heard(id, packet, onPacket, reject);
      });
      post({ id, request, listens: onPacket !== undefined }, movedWith(request));
    }).finally(() => {
      signal?.removeEventListener('abort', abort);
      this.#open.delete(id);
    });
  }

  onChange(listener: (info: SessionInfo) => void, onLost?: (sentence: string) => void): () => void {
    this.#listeners.set(listener, onLost);
    if (this.#lost !== undefined) onLost?.(this.#lost);
    return () => this.#listeners.delete(listener);
  }

  /** The other end is gone: whoever waits or asks is told why. */
  lose(sentence: string): void {
    if (this.#lost !== undefined) return;
    this.#lost = sentence;
    for (const take of [...this.#open.values()]) take({ kind: 'error', code: 'lost', sentence });
    for (const onLost of [...this.#listeners.values()]) onLost?.(sentence);
  }

  async #heard(
    id: number,
    packet: Packet,
    onPacket: AskListening['onPacket'],
    reject: (cause: unknown) => void,
  ): Promise<void> {
    try {
      await onPacket?.(packet);
      if (packet.kind === 'frame') this.#port.post({ id, took: true } satisfies Question, []);
    } catch (cause) {
      // A listener that fails has nobody to tell: the action is stopped, and the caller gets the error.
      this.#port.post({ id, abort: true } satisfies Question, []);
      reject(cause);
    }
  }
}

function movedWith(request: StudioRequest): readonly ArrayBuffer[] {
  const isInMemory = request.ask === 'open' && request.bytes instanceof Uint8Array;
  return isInMemory ? [(request.bytes as Uint8Array<ArrayBuffer>).buffer] : [];
}

/** The answer that a packet carries. */
export function answerOf({ facts, arrays }: Packet & { kind: 'answer' }): Answer {
  return { facts, arrays };
}
