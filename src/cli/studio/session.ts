import type { Surroundings } from '../../apps/studio/hosting/host.ts';
import { Session } from '../../apps/studio/session/session.ts';
import type { StudioTable } from '../../apps/studio/session/state.ts';
import { idOfNext, studioTable } from '../../apps/studio/session/table.ts';
import type { Engine } from '../../engine/engine.ts';
import { hashOfPoints, readInput } from '../input.ts';
import { fileInWords } from './file-words.ts';
import { type SessionFlags, saidOfReading } from './flags.ts';
import { mediaOf } from './media.ts';

/** A session with each file as a table of its own. */
export async function openedSession(
  engine: Engine,
  files: readonly string[],
  flags: SessionFlags,
): Promise<Session> {
  const tables = new Map<string, StudioTable>();
  for (const name of files) {
    const id = idOfNext({ tables });
    const table = await studioTable(id, name, await readInput(name, flags), hashOfPoints);
    tables.set(id, { ...table, called: fileInWords(name), flags: saidOfReading(flags) });
  }
  return new Session(engine, [...tables.values()]);
}

/** What the session may read besides. */
export function surroundingsOf(files: readonly string[], flags: SessionFlags): Surroundings {
  return { media: mediaOf(files, flags.media) };
}
