import { TammesError } from '../../core/errors.ts';
import { type ByteSource, refuse } from '../contract.ts';

function sentence(what: string, cause: unknown): string {
  // A type error is the library stumbling over damaged data; its text would tell a user nothing.
  const isTelling =
    cause instanceof Error && !(cause instanceof TypeError) && !/undefined/.test(cause.message);
  const reason = isTelling ? ` (${cause.message.split('\n')[0].replace(/\.$/, '')})` : '';
  return `the ${what} data are damaged or of an unknown kind${reason}.`;
}

/** Runs a library on data that may be damaged: whatever it throws becomes one sentence. */
export function guarded<T>(source: ByteSource, what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof TammesError) throw cause;
    return refuse(source, sentence(what, cause), cause);
  }
}

/** The same for work that takes its time. */
export async function guardedAsync<T>(
  source: ByteSource,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TammesError) throw cause;
    return refuse(source, sentence(what, cause), cause);
  }
}
