import type { Floats } from '../../../core/matrix.ts';
import type { NamedArray } from '../../../io/tensors.ts';
import { embedding, numbers, type Parameter, type Tensor } from '../../../learning/index.ts';
import type { NetworkContext } from '../types.ts';
import { masked } from './masked.ts';
import { tablesOf } from './own-rows.ts';
import { packedBits, unpackBits } from './packed-bits.ts';

/** Bytes beside the rows: a bit an id and the width of each field. */
export function bytesBeside(fields: readonly { readonly size: number }[]): number {
  return fields.reduce((sum, { size }) => sum + Math.ceil(size / 8) + 4, 0);
}

export interface PackedRows {
  readonly tables: readonly Parameter[];
  /** 1 for each id that has a row, field by field. */
  readonly kept: readonly Floats[];
  /** Columns of the rows of each field. */
  readonly widths: Floats;
  readonly lookup: (field: number, ids: ArrayLike<number>) => Tensor;
  /** A bit an id, the widths, and what is left of the rows. */
  readonly pack: () => readonly NamedArray[];
  readonly unpack: (arrays: ReadonlyMap<string, NamedArray>) => void;
}

/** Rows of which some are left out and all of a field are cut to one width; those left out are zeros. */
export function packedRows(context: NetworkContext): PackedRows {
  const { fields, dim, like } = context;
  const float64 = like instanceof Float64Array;
  const tables = tablesOf(context);
  const kept = fields.map(({ size }) => numbers(size, float64));
  const widths = numbers(fields.length, float64).fill(dim);
  return {
    tables,
    kept,
    widths,
    lookup(field, ids) {
      const mask = new Uint8Array(ids.length * dim);
      for (let i = 0; i < ids.length; i++)
        mask.fill(kept[field][ids[i]], i * dim, i * dim + widths[field]);
      return masked(embedding(tables[field], ids), mask);
    },
    pack: () => [
      { name: 'widths', shape: [fields.length], data: Int32Array.from(widths) },
      ...fields.flatMap(({ name }, f) => {
        const bits = packedBits(kept[f], 1);
        const data = rowsLeft(tables[f].data, kept[f], { dim, width: widths[f] });
        return [
          { name: `${name}.kept`, shape: [bits.length], data: bits },
          { name: `${name}.left`, shape: [data.length], data },
        ];
      }),
    ],
    unpack(arrays) {
      widths.set(arrays.get('widths')?.data as Int32Array);
      fields.forEach(({ name }, f) => {
        unpackBits(arrays.get(`${name}.kept`)?.data as Uint8Array, 1, kept[f]);
        const left = arrays.get(`${name}.left`)?.data as Floats;
        const { data } = tables[f];
        data.fill(0);
        let from = 0;
        for (let id = 0; id < kept[f].length; id++) {
          if (kept[f][id] === 0) continue;
          data.set(left.subarray(from, from + widths[f]), id * dim);
          from += widths[f];
        }
      });
    },
  };
}

function rowsLeft(
  data: Floats,
  kept: Floats,
  { dim, width }: { readonly dim: number; readonly width: number },
): Floats {
  const left = numbers(kept.length * width, data instanceof Float64Array);
  let to = 0;
  kept.forEach((one, id) => {
    if (one === 0) return;
    left.set(data.subarray(id * dim, id * dim + width), to);
    to += width;
  });
  return left.slice(0, to);
}
