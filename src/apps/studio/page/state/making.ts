import type { MapInfo, TableInfo } from '../../contract.ts';
import { act } from './session.ts';
import { mapId, preview } from './view.ts';

/** Makes a map and turns to it; a layout that moves is shown while it is made. */
export function make(
  of: TableInfo,
  action: 'map' | 'given-map',
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  return shown(of.id, action, { table: of.id, ...parameters });
}

/** Makes a map again of the vectors as they are. */
export function again(of: MapInfo): Promise<void> {
  return shown(of.table, 'map-again', { map: of.id });
}

async function shown(
  table: string,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await act('Map', action, parameters, {
    onFrame: ({ arrays }) => {
      const [points] = Object.values(arrays ?? {});
      if (!points) return;
      const dims = points.shape[1] === 3 ? 3 : 2;
      preview.value = { positions: points.data as Float32Array, dims, table };
    },
  });
  preview.value = undefined;
  const made = answer?.facts['map'] as { readonly id?: string } | undefined;
  if (made?.id !== undefined) mapId.value = made.id;
}
