import type { SqlClient, Submittable } from '../../support/postgres-client.ts';
import { SILENT } from './copy-out.ts';
import { deferred } from './deferred.ts';

/** A COPY … FROM STDIN under way. */
export interface CopyIn {
  /** Sends bytes when the server can take them. */
  send(bytes: Uint8Array): Promise<void>;
  /** Ends the copy; fails with what the server says. */
  end(): Promise<void>;
}

/** Copies what is sent into a table. */
export async function copyIn(client: SqlClient, text: string): Promise<CopyIn> {
  const { connection } = client;
  const { stream } = connection;
  const started = deferred();
  const done = deferred();
  let failure: Error | undefined;
  client.query({
    ...SILENT,
    submit: (own) => own.query(text),
    handleCopyInResponse: () => started.resolve(),
    handleError(cause) {
      failure ??= cause;
      started.reject(cause);
      done.reject(cause);
    },
    handleReadyForQuery: () => done.resolve(),
  } satisfies Submittable);
  await started.promise;
  const drained = (): Promise<void> =>
    new Promise((go) => {
      const settle = (): void => {
        stream.off('drain', settle);
        stream.off('close', settle);
        go();
      };
      stream.once('drain', settle);
      stream.once('close', settle);
    });
  return {
    async send(bytes) {
      if (failure) throw failure;
      if (stream.destroyed) return done.promise;
      // `pg` asks for its own kind of bytes.
      connection.sendCopyFromChunk(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      if (stream.writableNeedDrain) await drained();
      if (failure) throw failure;
    },
    end() {
      if (!failure) connection.endCopyFrom();
      return done.promise;
    },
  };
}
