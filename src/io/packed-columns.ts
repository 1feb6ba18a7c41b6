import type { Packed, PackedArray } from './packed.ts';
import type { Column } from './table.ts';

/** Names of the arrays that hold a column: numbers, or texts and where each begins. */
const keysOf = (prefix: string, name: string) => ({
  numbers: `${prefix}.${name}`,
  texts: `${prefix}-texts.${name}`,
  offsets: `${prefix}-offsets.${name}`,
});

/**
 * Columns as arrays of a packed file: numbers as they are, texts as their UTF-8 bytes one after another and the place
 * where each begins, so that one text can be read without the others.
 */
export function packedColumns(
  columns: Readonly<Record<string, Column>>,
  prefix = 'column',
): Record<string, PackedArray> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) => entriesOf(keysOf(prefix, name), column)),
  );
}

function entriesOf(
  { numbers, texts, offsets }: ReturnType<typeof keysOf>,
  column: Column,
): (readonly [string, PackedArray])[] {
  if (column instanceof Float64Array) return [[numbers, { shape: [column.length], data: column }]];
  const encoder = new TextEncoder();
  const places = new Uint32Array(column.length + 1);
  const pieces = column.map((text, i) => {
    const bytes = encoder.encode(text);
    places[i + 1] = places[i] + bytes.length;
    return bytes;
  });
  const data = new Uint8Array(places[column.length]);
  for (const [i, piece] of pieces.entries()) data.set(piece, places[i]);
  return [
    [texts, { shape: [data.length], data }],
    [offsets, { shape: [places.length], data: places }],
  ];
}

/** Names of the columns of a packed file. */
export function columnNames({ names }: Packed, prefix = 'column'): string[] {
  return names.flatMap((name) => {
    const start = [`${prefix}.`, `${prefix}-texts.`].find((own) => name.startsWith(own));
    return start ? [name.slice(start.length)] : [];
  });
}

/** A whole column; undefined where there is none. */
export async function packedColumn(
  packed: Packed,
  name: string,
  prefix = 'column',
): Promise<Column | undefined> {
  const { numbers, texts, offsets } = keysOf(prefix, name);
  if (packed.names.includes(numbers)) return Float64Array.from(await packed.whole(numbers));
  if (!packed.names.includes(texts)) return undefined;
  const [bytes, places] = await Promise.all([packed.whole(texts), packed.whole(offsets)]);
  const decoder = new TextDecoder();
  return Array.from({ length: places.length - 1 }, (_, i) =>
    decoder.decode((bytes as Uint8Array).subarray(places[i], places[i + 1])),
  );
}

/** The text of one row; reads no other. */
export async function packedText(
  packed: Packed,
  name: string,
  row: number,
  prefix = 'column',
): Promise<string> {
  const { texts, offsets } = keysOf(prefix, name);
  const [from, to] = await packed.slice(offsets, row, row + 2);
  return new TextDecoder().decode((await packed.slice(texts, from, to)) as Uint8Array);
}
