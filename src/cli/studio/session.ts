import type { Surroundings } from '../../apps/studio/hosting/host.ts';
import { Session } from '../../apps/studio/session/session.ts';
import type { StudioTable } from '../../apps/studio/session/state.ts';
import { idOfNext, studioTable } from '../../apps/studio/session/table.ts';
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
  const tables = new Map<string, StudioTable>();
  for (const name of files) {
    const table = await studioTable(idOfNext({ tables }), name, await readInput(name, flags));
    tables.set(table.id, table);
  }
  return new Session(engine, [...tables.values()]);
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
