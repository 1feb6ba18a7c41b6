import type { Column } from '../table.ts';

/** A value as text; null and undefined as ''. */
export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? '' : value.toISOString();
  if (typeof value === 'object') {
    // MongoDB writes an id as {"$oid": "…"}, a long number as {"$numberLong": "…"}.
    const [[key, inner] = ['', undefined], ...more] = Object.entries(value);
    if (key.startsWith('$') && more.length === 0 && typeof inner === 'string') return inner;
    return JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? inner.toString() : inner,
    );
  }
  return String(value as number | bigint | boolean);
}

/** The number a value is, NaN for null; undefined where it is none or would lose digits. */
export function numberOfValue(value: unknown): number | undefined {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number') return value;
  if (typeof value !== 'bigint') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Values as a column: numbers if all of them are, else texts. */
export function columnOfValues(values: readonly unknown[]): Column {
  const out = new Float64Array(values.length);
  let isEmpty = true;
  for (const [i, value] of values.entries()) {
    const number = numberOfValue(value);
    if (number === undefined) return values.map(textOfValue);
    isEmpty &&= value === null || value === undefined;
    out[i] = number;
  }
  return isEmpty ? values.map(textOfValue) : out;
}
