import { TammesError } from '../core/errors.ts';

/** Why a task failed, as it goes from one process to another. */
export interface Failure {
  readonly code: string;
  readonly sentence: string;
}

/** The code of a task whose thread or process ended while it ran: it may be tried again. */
export const LOST = 'lost';

export function failureOf(cause: unknown): Failure {
  if (cause instanceof TammesError) return { code: cause.code, sentence: cause.message };
  const sentence = cause instanceof Error ? cause.message : String(cause);
  return { code: 'internal', sentence };
}

export const errorOf = ({ code, sentence }: Failure): TammesError =>
  new TammesError(code, sentence);
