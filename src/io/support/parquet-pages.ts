import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import type { ColumnMetaData, Compressors, Encoding, PageHeader } from 'hyparquet/src/types.js';
import { compressors } from 'hyparquet-compressors';
import { isPlausible, zstd } from './inflated.ts';
import { hybridInto } from './parquet-levels.ts';

/** What the levels of a column can be. */
export interface Levels {
  readonly maxRepetition: number;
  readonly maxDefinition: number;
}

/** The values of one page, not decoded yet. */
export interface DataPage {
  readonly kind: 'data';
  /** Values, missing ones included. */
  readonly count: number;
  /** 0 where a row begins; null where every value is a row. */
  readonly repetition: Uint8Array | null;
  /** Definition levels; null where none can be missing. */
  readonly definition: Uint8Array | null;
  /** How many values are there. */
  readonly present: number;
  readonly encoding: Encoding;
  readonly bytes: Uint8Array;
}

export interface DictionaryPage {
  readonly kind: 'dictionary';
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** The library's decompressors, behind a check of the size they are told to make. */
const guardedCompressors: Compressors = Object.fromEntries(
  Object.entries({ ...compressors, ZSTD: zstd }).map(([codec, unpack]) => [
    codec,
    (bytes: Uint8Array, size: number) => {
      if (!isPlausible(size, bytes.length)) throw new RangeError('a page claims too much');
      return unpack(bytes, size);
    },
  ]),
);

/**
 * The pages of a column chunk. At most `most` values are decoded, so damaged counts cannot make the
 * memory grow; damaged bytes throw a RangeError or whatever the library throws.
 */
export function* pagesOf(
  chunk: Uint8Array,
  { codec }: ColumnMetaData,
  levels: Levels,
  most: number,
): Generator<DataPage | DictionaryPage> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const reader = { view, offset: 0 };
  let left = most;
  while (left > 0 && reader.offset < chunk.length) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    if (!(header.compressed_page_size >= 0) || end > chunk.length) {
      throw new RangeError('a page reaches beyond its column');
    }
    const packed = chunk.subarray(reader.offset, end);
    reader.offset = end;
    if (header.type === 'DICTIONARY_PAGE') {
      const bytes = decompressPage(
        packed,
        header.uncompressed_page_size,
        codec,
        guardedCompressors,
      );
      yield { kind: 'dictionary', count: header.dictionary_page_header?.num_values ?? 0, bytes };
    } else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') {
      const isFirst = header.type === 'DATA_PAGE';
      const count =
        (isFirst ? header.data_page_header : header.data_page_header_v2)?.num_values ?? 0;
      if (!(count >= 0) || count > left) throw new RangeError('a page has too many values');
      left -= count;
      yield isFirst
        ? firstVersion(packed, header, codec, levels, count)
        : secondVersion(packed, header, codec, levels, count);
    }
  }
}

const bitWidth = (level: number): number => 32 - Math.clz32(level);

/** Version 1: everything is compressed together, levels behind their lengths. */
function firstVersion(
  packed: Uint8Array,
  header: PageHeader,
  codec: ColumnMetaData['codec'],
  { maxRepetition, maxDefinition }: Levels,
  count: number,
): DataPage {
  const bytes = decompressPage(packed, header.uncompressed_page_size, codec, guardedCompressors);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const levels = (most: number): Uint8Array | null => {
    if (most === 0) return null;
    const length = view.getUint32(at, true);
    const begin = at + 4;
    at = begin + length;
    if (at > bytes.length) throw new RangeError('levels reach beyond their page');
    const out = new Uint8Array(count);
    hybridInto(bytes, begin, at, bitWidth(most), out);
    return out;
  };
  const repetition = levels(maxRepetition);
  const definition = levels(maxDefinition);
  const encoding = header.data_page_header?.encoding ?? 'PLAIN';
  return page(repetition, definition, maxDefinition, count, encoding, bytes.subarray(at));
}

/** Version 2: levels stand before the compressed values, their lengths in the header. */
function secondVersion(
  packed: Uint8Array,
  header: PageHeader,
  codec: ColumnMetaData['codec'],
  { maxRepetition, maxDefinition }: Levels,
  count: number,
): DataPage {
  const head = header.data_page_header_v2;
  const first = head?.repetition_levels_byte_length ?? 0;
  const second = first + (head?.definition_levels_byte_length ?? 0);
  if (!(first >= 0 && second >= first && second <= packed.length)) {
    throw new RangeError('levels reach beyond their page');
  }
  const levels = (most: number, from: number, to: number): Uint8Array | null => {
    if (most === 0) return null;
    const out = new Uint8Array(count);
    hybridInto(packed, from, to, bitWidth(most), out);
    return out;
  };
  const repetition = levels(maxRepetition, 0, first);
  const definition = levels(maxDefinition, first, second);
  const values = packed.subarray(second);
  const size = header.uncompressed_page_size - second;
  const bytes =
    head?.is_compressed === false || values.length === 0
      ? values
      : decompressPage(values, size, codec, guardedCompressors);
  return page(repetition, definition, maxDefinition, count, head?.encoding ?? 'PLAIN', bytes);
}

function page(
  repetition: Uint8Array | null,
  definition: Uint8Array | null,
  maxDefinition: number,
  count: number,
  encoding: Encoding,
  bytes: Uint8Array,
): DataPage {
  let present = count;
  if (definition) for (const level of definition) if (level < maxDefinition) present--;
  return {
    kind: 'data',
    count,
    repetition,
    definition: present === count ? null : definition,
    present,
    encoding,
    bytes,
  };
}
