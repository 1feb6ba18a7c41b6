import { ShapeError } from '../../../core/errors.ts';
import { type Matrix, toFloat32, toFloat64 } from '../../../core/matrix.ts';
import { unitRows } from '../../../core/rows.ts';
import type { Space } from '../../../structures/space/types.ts';

/** Where neighbours are looked for. */
export interface Datastore {
  readonly points: Matrix;
  /** Whether the rows looked at are rows of the store, which are not their own neighbours. */
  readonly own: boolean;
}

/** Rows are left out in this many groups. */
export const GROUPS = 40;

/** Where the space has its datastore: unit rows of their own, or the rows themselves. */
export function datastoreOf(method: string, { points, datastore }: Space): Datastore {
  if (!datastore) return { points, own: true };
  if (datastore.cols !== points.cols) {
    const got = `${datastore.cols}`;
    throw new ShapeError(method, `a datastore of ${points.cols} columns`, got);
  }
  const { points: stored } = unitRows(`${method}: the datastore`, datastore);
  const like = points.data instanceof Float32Array ? toFloat32 : toFloat64;
  return { points: like(stored), own: false };
}

/** Groups of rows, and of rows of the store, for leaving them out; the same ones where they are the same rows. */
export function groupsOf(space: Space, store: Datastore) {
  const deal = (count: number, name: string) => {
    const groups = new Uint8Array(count);
    for (const [place, row] of space.random(name).sample(count).entries()) {
      groups[row] = place % GROUPS;
    }
    return groups;
  };
  const ofRow = deal(space.points.rows, 'groups');
  return { ofRow, ofStored: store.own ? ofRow : deal(store.points.rows, 'stored groups') };
}
