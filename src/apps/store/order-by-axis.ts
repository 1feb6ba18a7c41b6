import { InputError } from '../../core/errors.ts';
import { type Directions, projected, requireSpace } from '../../structures/directions/index.ts';
import type { Near, VectorRows } from './types.ts';

/** Rows by which a store is known to be of the axis's space. */
const LOOKED_AT = 1000;

/** Refuses an axis of another model than that of the store, by rows evenly over it. */
export async function requireStoreSpace(
  { space }: Directions,
  store: VectorRows,
  anySpace: boolean | undefined,
): Promise<void> {
  const count = Math.min(store.rows, LOOKED_AT);
  const places = Int32Array.from({ length: count }, (_, t) => Math.floor((t * store.rows) / count));
  requireSpace(store.name, space, await store.vectorsAt(places), { anySpace });
}

/** The nearest rows from the highest projection on an axis to the lowest, each with its projection; equal ones as they were. */
export async function orderedByAxis(
  answer: Near,
  axis: Directions,
  store: VectorRows,
): Promise<Near> {
  const rows = answer.neighbors.map(({ row }) => row);
  if (rows.length === 0) return answer;
  const { data } = projected(axis, await store.vectorsAt(rows));
  const odd = data.findIndex((projection) => !Number.isFinite(projection));
  if (odd >= 0)
    throw new InputError(
      store.name,
      `row ${rows[odd]} holds a number that is not finite, and so has no place on the axis (counted from 0).`,
    );
  const neighbors = answer.neighbors
    .map((neighbor, i) => ({ ...neighbor, projection: data[i] }))
    .sort((a, b) => b.projection - a.projection);
  return { ...answer, neighbors };
}
