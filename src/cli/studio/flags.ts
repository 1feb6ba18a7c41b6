import type { EngineFlags } from '../engine.ts';
import type { InputFlags } from '../input.ts';

/** What the session is made of. */
export interface SessionFlags extends EngineFlags, InputFlags {
  readonly media?: string | undefined;
}

export interface StudioFlags extends SessionFlags {
  readonly port: number;
  readonly open?: boolean;
  readonly maxFile: number;
  readonly json?: true;
}

/** What the session's thread is started with. */
export interface ThreadData {
  readonly files: readonly string[];
  readonly flags: SessionFlags;
}

/** What it says when it has read the files, or why it could not. */
export type ThreadStart =
  | { readonly ready: true }
  | { readonly code: string; readonly sentence: string };
