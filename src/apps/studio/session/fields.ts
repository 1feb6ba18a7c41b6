import type { Column, VectorTable } from '../../../io/index.ts';
import type { FieldInfo } from '../contract.ts';
import type { StudioField } from './state.ts';

/** Categories that a legend can hold. */
const MOST_CATEGORIES = 100;

/** The columns that came with the rows of a file as fields; what kind each is, its values decide. */
export function fieldsOf({ columns = {} }: VectorTable): ReadonlyMap<string, StudioField> {
  return new Map(
    Object.entries(columns).map(([id, values]) => [id, { info: infoOfColumn(id, values), values }]),
  );
}

function infoOfColumn(id: string, values: Column): FieldInfo {
  const known = { id, title: id, from: 'file' };
  if (values instanceof Float64Array) return { ...known, kind: 'number', range: rangeOf(values) };
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (isEach(values, /\.(png|jpe?g|gif|webp)$/i)) return { ...known, kind: 'picture' };
  if (isEach(values, /\.(wav|mp3|ogg|oga)$/i)) return { ...known, kind: 'sound' };
  if (counts.size > MOST_CATEGORIES) return { ...known, kind: 'text' };
  const categories = Array.from(counts, ([name, count]) => ({ name, count })).toSorted(
    (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
  );
  return { ...known, kind: 'category', categories };
}

const isEach = (values: readonly string[], pattern: RegExp): boolean =>
  values.some((value) => value !== '') &&
  values.every((value) => value === '' || pattern.test(value));

function rangeOf(values: Float64Array): readonly [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
