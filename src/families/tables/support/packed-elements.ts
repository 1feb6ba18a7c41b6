import type { Floats } from '../../../core/matrix.ts';
import type { NamedArray } from '../../../io/tensors.ts';
import { embedding, numbers, type Parameter, type Tensor } from '../../../learning/index.ts';
import type { NetworkContext } from '../types.ts';
import { packedPlaces, unpackPlaces } from './element-places.ts';
import { masked } from './masked.ts';
import { tablesOf } from './own-rows.ts';

export interface PackedElements {
  readonly tables: readonly Parameter[];
  /** 1 for each number that is left, field by field, size × dim. */
  readonly kept: readonly Floats[];
  readonly lookup: (field: number, ids: ArrayLike<number>) => Tensor;
  /** Which numbers are left, and these. */
  readonly pack: () => readonly NamedArray[];
  readonly unpack: (arrays: ReadonlyMap<string, NamedArray>) => void;
}

/** Rows of which single numbers are left out; those are zeros. */
export function packedElements(context: NetworkContext): PackedElements {
  const { fields, dim, like } = context;
  const float64 = like instanceof Float64Array;
  const tables = tablesOf(context);
  const kept = fields.map(({ size }) => numbers(size * dim, float64));
  return {
    tables,
    kept,
    lookup(field, ids) {
      const mask = new Uint8Array(ids.length * dim);
      for (let i = 0; i < ids.length; i++)
        mask.set(kept[field].subarray(ids[i] * dim, (ids[i] + 1) * dim), i * dim);
      return masked(embedding(tables[field], ids), mask);
    },
    pack: () =>
      fields.flatMap(({ name }, f) => {
        const places = packedPlaces(kept[f], dim);
        const data = tables[f].data.filter((_, e) => kept[f][e] !== 0);
        return [
          { name: `${name}.places`, shape: [places.length], data: places },
          { name: `${name}.left`, shape: [data.length], data },
        ];
      }),
    unpack(arrays) {
      fields.forEach(({ name }, f) => {
        unpackPlaces(arrays.get(`${name}.places`)?.data as Uint8Array, dim, kept[f]);
        const left = arrays.get(`${name}.left`)?.data as Floats;
        let from = 0;
        kept[f].forEach((one, e) => {
          tables[f].data[e] = one === 0 ? 0 : left[from++];
        });
      });
    },
  };
}
