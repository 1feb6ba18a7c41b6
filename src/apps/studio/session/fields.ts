import type { Column, VectorTable } from '../../../io/index.ts';
import type { FieldInfo } from '../contract.ts';
import type { StudioField } from './state.ts';

const MOST_CATEGORIES = 100;
/** Share of the values that must look like paths of pictures for a column of them. */
const MOSTLY = 0.9;
const PICTURE = /^data:image\/|\.(?:png|jpe?g|gif|webp|bmp|avif)(?:[?#].*)?$/i;
const SOUND = /^data:audio\/|\.(?:wav|mp3|ogg|oga|flac|m4a|opus)(?:[?#].*)?$/i;
const TIME =
  /^\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The columns of a table as fields, each of the kind that its values show. */
export function fieldsOf({ columns = {} }: VectorTable): ReadonlyMap<string, StudioField> {
  return new Map(
    Object.entries(columns).map(([name, values]) => [
      name,
      fieldOf(name, values, { from: 'file' }),
    ]),
  );
}

export interface FieldWords {
  readonly from: string;
  readonly title?: string | undefined;
  /** What the values are; left out, they show it. */
  readonly kind?: FieldInfo['kind'] | undefined;
}

/** A value of each row with what can be said of all; texts that are numbers or times become them. */
export function fieldOf(id: string, given: Column, words: FieldWords): StudioField {
  const values = words.kind === undefined ? valuesOf(given) : { kind: words.kind, column: given };
  const { kind, column } = values;
  const info = { id, title: words.title ?? id, kind, from: words.from };
  if (column instanceof Float64Array) {
    const { range, missing } = extentOf(column);
    return { info: { ...info, ...(range && { range }), missing }, values: column };
  }
  const missing = column.reduce((sum, text) => sum + Number(text === ''), 0);
  const categories = kind === 'category' ? countsOf(column).slice(0, MOST_CATEGORIES) : undefined;
  return { info: { ...info, missing, ...(categories && { categories }) }, values: column };
}

function valuesOf(column: Column): { readonly kind: FieldInfo['kind']; readonly column: Column } {
  if (column instanceof Float64Array) return { kind: 'number', column };
  const texts = column.filter((text) => text !== '');
  if (texts.length === 0) return { kind: 'text', column };
  if (texts.every((text) => NUMBER.test(text.trim())))
    return { kind: 'number', column: numbersOf(column, Number) };
  if (texts.every((text) => TIME.test(text))) return timesOf(column);
  const share = (pattern: RegExp) =>
    texts.reduce((sum, text) => sum + Number(pattern.test(text)), 0) / texts.length;
  if (share(PICTURE) >= MOSTLY) return { kind: 'picture', column };
  if (share(SOUND) >= MOSTLY) return { kind: 'sound', column };
  return { kind: repeats(texts) ? 'category' : 'text', column };
}

/** Times without a zone are of UTC, so that they mean the same everywhere; a date that does not exist makes texts of all. */
function timesOf(column: readonly string[]) {
  const times = numbersOf(column, (text) => {
    const iso = text.replace(' ', 'T').replace(',', '.');
    const isLocal = iso.includes('T') && !/Z$|[+-]\d{2}:?\d{2}$/.test(iso);
    return Date.parse(isLocal ? `${iso}Z` : iso);
  });
  const isTime = times.every((time, i) => column[i] === '' || Number.isFinite(time));
  return isTime ? { kind: 'time' as const, column: times } : { kind: 'category' as const, column };
}

function numbersOf(column: readonly string[], read: (text: string) => number): Float64Array {
  return Float64Array.from(column, (text) => (text === '' ? Number.NaN : read(text.trim())));
}

/** Whether texts stand for classes: few, and most of them several times. */
function repeats(texts: readonly string[]): boolean {
  const different = new Set(texts).size;
  return different <= 2 || different <= Math.min(1000, texts.length / 2);
}

function extentOf(values: Float64Array) {
  let [low, high, missing] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) {
      missing += 1;
      continue;
    }
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { missing, range: low <= high ? ([low, high] as const) : undefined };
}

/** How often each text occurs, most often first, equal ones in the order of the alphabet; without empty ones. */
export function countsOf(
  texts: Iterable<string>,
): { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  return Array.from(counts, ([name, count]) => ({ name, count })).sort(
    (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
  );
}
