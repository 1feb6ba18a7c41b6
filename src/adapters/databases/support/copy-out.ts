import type { SqlClient, Submittable, WireConnection } from '../../support/postgres-client.ts';
import { deferred } from './deferred.ts';

/** Takes each message of a COPY; says whether the server shall wait. */
export type Take = (chunk: Uint8Array) => boolean;

/** A COPY … TO STDOUT under way. */
export interface CopyOut {
  /** Ends with the last message, or fails with what the server says. */
  readonly done: Promise<void>;
  /** Lets the server go on. */
  resume(): void;
  /** Gives the connection up: nobody wants the rest. */
  abandon(): void;
}

/** Copies the rows of a query; `take` must not keep a chunk, whose memory is used again. */
export function copyOut(client: SqlClient, text: string, take: Take): CopyOut {
  const { stream } = client.connection;
  const { promise, resolve, reject } = deferred();
  let failure: Error | undefined;
  const fail = (cause: unknown): void => {
    failure ??= cause instanceof Error ? cause : new Error(String(cause));
    stream.resume();
  };
  client.query({
    ...SILENT,
    submit: (connection: WireConnection) => connection.query(text),
    handleCopyData({ chunk }) {
      if (failure) return;
      try {
        if (take(chunk)) stream.pause();
      } catch (cause) {
        fail(cause);
      }
    },
    // After its error the server sends no more of this query.
    handleError: (cause: Error) => reject(failure ?? cause),
    handleReadyForQuery: () => (failure ? reject(failure) : resolve()),
  } satisfies Submittable);
  return {
    done: promise,
    resume: () => stream.resume(),
    abandon() {
      reject(new Error('abandoned'));
      stream.destroy();
    },
  };
}

const nothing = (): void => {};

/** What a COPY has no use for. */
export const SILENT = {
  handleCopyInResponse: nothing,
  handleCopyData: nothing,
  handleCommandComplete: nothing,
  handleRowDescription: nothing,
  handleDataRow: nothing,
  handleEmptyQuery: nothing,
  handlePortalSuspended: nothing,
} as const;
