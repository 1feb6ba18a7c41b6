import { effect, signal } from '@preact/signals';
import type { TableInfo } from '../../contract.ts';
import { act, can, info, tables } from './session.ts';
import { colorBy, mapId, maps } from './view.ts';

/** The table whose first map was refused: the reader is offered a way on. */
export const refused = signal<string | undefined>(undefined);

/** The map that every table can have at once. */
export async function firstMap(of: TableInfo): Promise<void> {
  const answer =
    of.columns <= 3 && of.columns > 1
      ? await act('Map', 'given-map', { table: of.id, from: 'points' })
      : await act('Map', 'map', { table: of.id, method: 'pca', quality: of.rows <= SMALL });
  const made = answer?.facts['map'] as { readonly id?: string } | undefined;
  refused.value = made?.id === undefined ? of.id : undefined;
  if (made?.id !== undefined) mapId.value = made.id;
}

/** The first map of the rows whose vectors have no gaps, which become a table of their own. */
export async function mapWithoutGaps(of: TableInfo): Promise<void> {
  const answer = await act('Leave out rows', 'subset', { table: of.id });
  const part = tables.value.find(({ id }) => id === answer?.facts['table']);
  if (part) await firstMap(part);
}

const SMALL = 20_000;

/** Draws the first file as soon as it is open, colored by its first column of categories. */
export function drawFirst(): () => void {
  let isDone = false;
  return effect(() => {
    const [first] = tables.value;
    if (isDone || !first || !info.value) return;
    isDone = true;
    const category = first.fields.find(({ kind }) => kind === 'category');
    if (category) colorBy(first.id, category.id);
    if (maps.value.length === 0 && can('map')) queueMicrotask(() => void firstMap(first));
  });
}
