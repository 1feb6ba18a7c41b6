import { CommanderError } from 'commander';
import { AbortedError, TammesError } from '../core/errors.ts';
import { say } from './terminal.ts';

/** 0 done, 1 failed, 2 wrong use, 130 interrupted. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** Says what went wrong in one sentence and returns the exit code for it. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has already printed help, version or its own sentence.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  }
  // A reader that closed the pipe early (`tammes methods | head`) is not a failure; a gate that failed is.
  if (isClosedPipe(error)) return Number(process.exitCode ?? exitCodes.done);
  if (error instanceof AbortedError) return exitCodes.interrupted;
  if (error instanceof TammesError) {
    say(error.message);
    // An error that comes from another thread has its code, and no class any more.
    return error.code === 'option' ? exitCodes.wrongUse : exitCodes.failed;
  }
  if (isSystemError(error)) {
    say(`tammes: ${error.message}.`);
    return exitCodes.failed;
  }
  say(`tammes: unexpected error, a defect of Tammes; please report it.`);
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}

/** Also behind the sentence that was made of it. */
function isClosedPipe(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as NodeJS.ErrnoException).code === 'EPIPE' || isClosedPipe(error.cause);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';
}
