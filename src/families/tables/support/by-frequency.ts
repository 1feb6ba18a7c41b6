import type { Field } from '../types.ts';

export interface Numbered {
  readonly field: Field & { readonly counts: Int32Array };
  /** The value of each id. */
  readonly values: readonly string[];
  /** The id of each value given. */
  readonly ids: Int32Array;
}

/** Numbers values as ids from the most frequent on; values that come as often in the order of first coming. */
export function byFrequency(name: string, values: readonly string[]): Numbered {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  const places = new Map(sorted.map(([value], place) => [value, place]));
  return {
    field: {
      name,
      size: sorted.length,
      counts: Int32Array.from(sorted, ([, count]) => count),
    },
    values: sorted.map(([value]) => value),
    ids: Int32Array.from(values, (value) => places.get(value) ?? 0),
  };
}
