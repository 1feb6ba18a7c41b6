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
  /** Addresses with their passwords, by what they are called; they go to the thread alone. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** What it says when it has read the files, or why it could not. */
export type ThreadStart =
  | { readonly ready: true }
  | { readonly code: string; readonly sentence: string };

const HOW_TO_READ = [
  'format',
  'vector',
  'label',
  'metadata',
  'base64',
  'delimiter',
  'quotes',
  'header',
  'encoding',
] as const;

/** What was said of how files are read, for a recipe; undefined where that is nothing. */
export function saidOfReading(flags: InputFlags): Readonly<Record<string, unknown>> | undefined {
  const said = HOW_TO_READ.flatMap((name) => {
    // Commander gives true where only the flag's opposite exists.
    const isUsual =
      flags[name] === undefined || (name !== 'header' && String(flags[name]) === 'true');
    return isUsual ? [] : [[name, flags[name]] as const];
  });
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}
