import { existsSync } from 'node:fs';

/** What is said of the checkpoint of a training that was stopped: nothing where it was before the first step. */
export function savedRemark(cause: unknown, checkpoint: string | undefined): string | undefined {
  const { code } = cause as { readonly code?: unknown };
  if (code !== 'aborted' || checkpoint === undefined || !existsSync(checkpoint)) return undefined;
  return `Saved in ${checkpoint}; the same command with --resume goes on.`;
}
