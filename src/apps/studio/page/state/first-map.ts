import { effect } from '@preact/signals';
import type { TableInfo } from '../../contract.ts';
import { act, can, info, tables } from './session.ts';
import { colorBy, mapId, maps } from './view.ts';

/** The map that every table can have at once. */
export async function firstMap(of: TableInfo): Promise<void> {
  const answer =
    of.columns <= 3 && of.columns > 1
      ? await act('Map', 'given-map', { table: of.id, from: 'points' })
      : await act('Map', 'map', { table: of.id, method: 'pca', quality: of.rows <= SMALL });
  const made = answer?.facts['map'] as { readonly id?: string } | undefined;
  if (made?.id !== undefined) mapId.value = made.id;
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
