import { TammesError } from '../../../core/errors.ts';
import type { Packet } from '../contract.ts';

/** What went wrong, in a code and a sentence. */
export function errorPacket(cause: unknown): Packet & { kind: 'error' } {
  if (cause instanceof TammesError)
    return { kind: 'error', code: cause.code, sentence: cause.message };
  const sentence = cause instanceof Error ? cause.message : String(cause);
  return { kind: 'error', code: 'internal', sentence };
}
