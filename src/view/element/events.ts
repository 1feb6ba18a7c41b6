import type { Camera } from '../camera.ts';
import type { Tier } from '../renderers/renderer.ts';

/** What the pointer does when it is dragged. */
export type DragMode = 'move' | 'lasso' | 'box';

/** What a new set of rows does to the one before. */
export type SelectionChange = 'replace' | 'add' | 'remove';

/** The `detail` of each event of `<tammes-view>`; places are in CSS pixels from the left upper corner of the element. */
export interface ViewEvents {
  /** A click on a point, or beside all (row −1). */
  pick: {
    readonly row: number;
    readonly x: number;
    readonly y: number;
    readonly change: SelectionChange;
  };
  /** The pointer came to another point, or left (row −1). */
  hover: { readonly row: number; readonly x: number; readonly y: number };
  /** An area was drawn: the rows in it, ascending. */
  lasso: { readonly rows: Int32Array; readonly change: SelectionChange };
  /** The camera moved. */
  camera: { readonly camera: Camera };
  /** What a drag does changed, by a key or from outside. */
  mode: { readonly mode: DragMode };
  /** The renderer stands. */
  ready: { readonly tier: Tier; readonly about: string };
}

export function changeOf(event: MouseEvent | KeyboardEvent): SelectionChange {
  if (event.altKey) return 'remove';
  return event.shiftKey || event.ctrlKey || event.metaKey ? 'add' : 'replace';
}
