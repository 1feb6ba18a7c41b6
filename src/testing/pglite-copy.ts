import type { PGlite } from '@electric-sql/pglite';

const QUERY = 0x51;
const COPY_DONE = 0x63;
const COPY_FAIL = 0x66;
const COPY_DATA = 0x64;
/** CopyInResponse: binary, of no columns that anyone looks at. */
const COPY_IN = Uint8Array.of(0x47, 0, 0, 0, 7, 1, 0, 0);

/**
 * The same database, whose socket can take COPY … FROM STDIN: PGlite reads all messages of a COPY at once, and its
 * socket gives it one at a time. They are gathered here until the last, and answered in its place until then.
 */
export function takingCopies(database: PGlite): PGlite {
  let waiting: Uint8Array[] | undefined;
  const execute: PGlite['execProtocolRawStream'] = async (message, options) => {
    // Whoever began a COPY and sends something else is gone.
    if (waiting && ![COPY_DATA, COPY_DONE, COPY_FAIL].includes(message[0])) waiting = undefined;
    if (waiting) {
      waiting.push(message.slice());
      if (message[0] !== COPY_DONE && message[0] !== COPY_FAIL) return;
      const all = Uint8Array.from(Buffer.concat(waiting));
      waiting = undefined;
      const answer: Uint8Array[] = [];
      await database.execProtocolRawStream(all, { onRawData: (data) => answer.push(data.slice()) });
      const whole = Buffer.concat(answer);
      // The client had its CopyInResponse.
      const from = whole[0] === COPY_IN[0] ? 1 + whole.readInt32BE(1) : 0;
      options.onRawData(Uint8Array.from(whole.subarray(from)));
      return;
    }
    const text = message[0] === QUERY ? Buffer.from(message.subarray(5)).toString() : '';
    if (!/^COPY .* FROM STDIN/.test(text)) return database.execProtocolRawStream(message, options);
    waiting = [message.slice()];
    options.onRawData(COPY_IN);
  };
  return new Proxy(database, {
    get(own, name) {
      if (name === 'execProtocolRawStream') return execute;
      const value: unknown = Reflect.get(own, name);
      return typeof value === 'function' ? value.bind(own) : value;
    },
  });
}
