import { InputError } from '../../../core/errors.ts';
import type { NamedArray } from '../../../io/tensors.ts';
import type { TableNetwork } from '../types.ts';

/** The arrays that looking up needs: of the fields that keep a row for each id, and of the method. */
export function snapshotOf(
  kept: TableNetwork,
  own: TableNetwork | undefined,
): readonly NamedArray[] {
  return [...plainArrays(kept), ...(own ? (own.pack?.() ?? plainArrays(own)) : [])].map(
    ({ name, shape, data }) => ({ name, shape, data: data.slice() }),
  );
}

/** Puts them back; refuses arrays of another table. */
export function takeSnapshot(
  id: string,
  snapshot: readonly NamedArray[],
  kept: TableNetwork,
  own: TableNetwork | undefined,
): void {
  const arrays = new Map(snapshot.map((array) => [array.name, array]));
  const plain = [...plainArrays(kept), ...(own && !own.unpack ? plainArrays(own) : [])];
  for (const { name, data } of plain) {
    const found = arrayIn(id, arrays, name, data.length);
    if (found.constructor !== data.constructor)
      throw new InputError(
        id,
        `the snapshot has ${found.constructor.name} for ${name}; ${data.constructor.name} is expected.`,
      );
    data.set(found);
  }
  own?.unpack?.(arrays);
}

/** The numbers of an array of a snapshot, as many as there must be. */
export function arrayIn(
  id: string,
  arrays: ReadonlyMap<string, NamedArray>,
  name: string,
  length: number,
): NamedArray['data'] {
  const found = arrays.get(name)?.data;
  if (found?.length === length) return found;
  throw new InputError(
    id,
    `the snapshot has ${found ? `${found.length} numbers` : 'nothing'} for ${name}; ${length} are expected.`,
  );
}

function plainArrays({ parameters, also = {} }: TableNetwork): readonly NamedArray[] {
  const others = Object.entries(also).flatMap(([group, arrays]) =>
    Object.entries(arrays).map(([name, data]) => ({
      name: `${group}/${name}`,
      shape: [data.length],
      data,
    })),
  );
  return [...parameters.map(({ name, shape, data }) => ({ name, shape, data })), ...others];
}
