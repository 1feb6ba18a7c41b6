import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '../../apps/studio/session/session.ts';
import type { StudioTable } from '../../apps/studio/session/state.ts';
import { isWritable } from '../../io/contract.ts';
import { formats } from '../../io/index.ts';
import { writeBytes } from '../files.ts';

/** What was written of a session, and what it is. */
export interface WrittenResult {
  readonly kind: 'table' | 'map' | 'selection' | 'axis';
  readonly id: string;
  readonly file: string;
}

interface Result extends Omit<WrittenResult, 'file'> {
  /** Parameters of the action `export`, so that the bytes are those that the page saves. */
  readonly exported: Readonly<Record<string, unknown>>;
}

/**
 * Writes what a session holds beyond the opened files into a folder: nothing shows there under its name before all is
 * written.
 */
export async function writeResults(
  folder: string,
  session: Session,
  opened: readonly StudioTable[],
): Promise<WrittenResult[]> {
  await mkdir(folder, { recursive: true });
  const hidden = await mkdtemp(join(folder, '.studio-'));
  try {
    const written: WrittenResult[] = [];
    const taken = new Set<string>();
    for (const { kind, id, exported } of resultsOf(session, opened)) {
      const { facts, arrays } = await session.do('export', exported);
      const [ending] = /\.\w+$/.exec(String(facts['fileName'])) ?? [''];
      const file = freeName(fileWord(kind, id), ending, taken);
      await writeBytes(join(hidden, file), arrays?.['bytes'].data as Uint8Array);
      written.push({ kind, id, file });
    }
    for (const { file } of written) await rename(join(hidden, file), join(folder, file));
    return written;
  } finally {
    await rm(hidden, { recursive: true, force: true });
  }
}

function resultsOf({ state }: Session, opened: readonly StudioTable[]): Result[] {
  const before = new Map(opened.map((table) => [table.id, table]));
  const format = formatOf(opened[0]);
  const tables = [...state.tables.values()].filter((table) => before.get(table.id) !== table);
  return [
    ...tables.map(({ id }): Result => {
      return { kind: 'table', id, exported: { what: 'points', table: id, format } };
    }),
    ...Array.from(state.maps.keys(), (id): Result => {
      return { kind: 'map', id, exported: { what: 'coordinates', map: id, format: 'npy' } };
    }),
    ...Array.from(state.selections.values(), ({ name, table }): Result => {
      return { kind: 'selection', id: name, exported: { what: 'ids', table, selection: name } };
    }),
    ...Array.from(state.axes.keys(), (id): Result => {
      return { kind: 'axis', id, exported: { what: 'axis', axis: id } };
    }),
  ];
}

/** Id of the first file's format, where it can be written. */
function formatOf(first: StudioTable | undefined): string {
  const format = formats.find(({ id }) => id === first?.table.source?.format);
  return format && isWritable(format) ? format.id : 'safetensors';
}

/** A name that stays in its folder, whatever the id. */
const fileWord = (kind: string, id: string): string =>
  [kind, ...(id.match(/[\p{L}\p{N}_]+/gu) ?? [])].join('-').slice(0, 100);

function freeName(name: string, ending: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  taken.add(free);
  return free + ending;
}
