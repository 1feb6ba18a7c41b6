import type { Surroundings } from '../../apps/studio/hosting/host.ts';
import { openedFile } from '../../apps/studio/session/opened.ts';
import { Session } from '../../apps/studio/session/session.ts';
import type { Engine } from '../../engine/engine.ts';
import { read } from '../../io/index.ts';
import { readInput, readOptionsOf } from '../input.ts';
import type { SessionFlags } from './flags.ts';
import { mediaOf } from './media.ts';

/** A session with each file as a table of its own. */
export async function openedSession(
  engine: Engine,
  files: readonly string[],
  flags: SessionFlags,
): Promise<Session> {
  const opened = [];
  for (const name of files) opened.push(await openedFile(name, await readInput(name, flags)));
  return new Session(engine, opened);
}

/** What the session may read besides. */
export function surroundingsOf(files: readonly string[], flags: SessionFlags): Surroundings {
  const { metadata: _, ...options } = readOptionsOf(flags);
  return {
    // A file that was dropped says itself what it is; the flags belong to those of the command line.
    read: (name, bytes) => read(new File([bytes as BlobPart], name), { also: options.also }),
    media: mediaOf(files, flags.media),
  };
}
