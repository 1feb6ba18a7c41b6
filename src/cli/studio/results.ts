import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { State, StudioSelection, StudioTable } from '../../apps/studio/session/state.ts';
import { isWritable } from '../../io/contract.ts';
import { fileStore, formats, write } from '../../io/index.ts';
import { saveDirections } from '../../structures/directions/index.ts';
import { writeBytes } from '../files.ts';

/** What was written of a session, and what it is. */
export interface WrittenResult {
  readonly kind: 'table' | 'map' | 'selection' | 'axis';
  readonly id: string;
  readonly file: string;
}

interface Result extends Omit<WrittenResult, 'file'> {
  readonly ending: string;
  readonly write: (path: string) => Promise<unknown>;
}

/**
 * Writes what a session holds beyond the opened files into a folder: nothing shows there under its name before all is
 * written.
 */
export async function writeResults(
  folder: string,
  state: State,
  opened: readonly StudioTable[],
): Promise<WrittenResult[]> {
  await mkdir(folder, { recursive: true });
  const hidden = await mkdtemp(join(folder, '.studio-'));
  try {
    const written: WrittenResult[] = [];
    const taken = new Set<string>();
    for (const { kind, id, ending, write: writeTo } of resultsOf(state, opened)) {
      const file = freeName(`${kind}-${id.replace(/[^\w.-]+/g, '-')}`, ending, taken);
      await writeTo(join(hidden, file));
      written.push({ kind, id, file });
    }
    for (const { file } of written) await rename(join(hidden, file), join(folder, file));
    return written;
  } finally {
    await rm(hidden, { recursive: true, force: true });
  }
}

function resultsOf(state: State, opened: readonly StudioTable[]): Result[] {
  const before = new Map(opened.map(({ id, table }) => [id, table]));
  const format = formatOf(opened[0]);
  const tables = [...state.tables.values()].filter(({ id, table }) => before.get(id) !== table);
  return [
    ...tables.map(({ id, table }): Result => {
      return { kind: 'table', id, ending: format, write: (path) => write(path, table) };
    }),
    ...Array.from(state.maps, ([id, { points }]): Result => {
      return { kind: 'map', id, ending: '.npy', write: (path) => write(path, points) };
    }),
    ...Array.from(state.selections, ([id, selection]): Result => {
      const text = selectionText(selection, state);
      return { kind: 'selection', id, ending: '.json', write: (path) => writeBytes(path, text) };
    }),
    ...Array.from(state.axes, ([id, { directions }]): Result => {
      const save = (path: string) => saveDirections(fileStore(path), directions);
      return { kind: 'axis', id, ending: '.safetensors', write: save };
    }),
  ];
}

/** The extension of the first file's format, where it can be written. */
function formatOf(first: StudioTable | undefined): string {
  const format = formats.find(({ id }) => id === first?.table.source?.format);
  return format && isWritable(format) ? (format.extensions[0] ?? '.safetensors') : '.safetensors';
}

/** Ids of the rows: their labels, and their numbers in any case. */
function selectionText({ table: id, rows }: StudioSelection, { tables }: State): string {
  const labels = tables.get(id)?.table.labels;
  const list = [...rows];
  const facts = {
    table: id,
    rows: list,
    ...(labels && { labels: list.map((row) => labels[row]) }),
  };
  return `${JSON.stringify(facts, null, 1)}\n`;
}

function freeName(name: string, ending: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  taken.add(free);
  return free + ending;
}
