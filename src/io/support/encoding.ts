import { type ByteSource, type ReadOptions, refuse } from '../contract.ts';
import { ENCODINGS } from './encoding-names.ts';
import { bytesSource } from './memory.ts';
import { asciiText } from './numbers.ts';
import { looksLikeText, utf8Text } from './text.ts';

/** The text of the bytes from `start` to `end`, or undefined where they are none in the encoding. */
export type Decode = (bytes: Uint8Array, start: number, end: number) => string | undefined;

/** How the bytes of a label become text; UTF-16 has become UTF-8 before. */
export function decoderOf({ encoding }: ReadOptions): Decode {
  if (encoding === 'latin1') return asciiText;
  if (encoding !== 'windows-1252') return utf8Text;
  const decoder = new TextDecoder('windows-1252');
  return (bytes, start, end) => decoder.decode(bytes.subarray(start, end));
}

/** What to say of bytes that are no text. */
export const NOT_UTF8 =
  'is not UTF-8; give the encoding (--encoding latin1 or windows-1252), or save the file as UTF-8';

/** The UTF-16 whose mark a head begins with, where what follows is text. */
function markedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const little = head[0] === 0xff && head[1] === 0xfe;
  const big = head[0] === 0xfe && head[1] === 0xff;
  if (!little && !big) return undefined;
  const encoding = little ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(head.subarray(0, head.length & ~1));
  return looksLikeText(new TextEncoder().encode(text)) ? encoding : undefined;
}

/** Bytes of UTF-16 taken at a time. */
const CHUNK = 1 << 22;

/** Largest file of UTF-16; its text is held in memory. */
const LARGEST = 2 ** 31;

/** The source itself, or the same text as UTF-8 where it is UTF-16 by its mark or by the option. */
export async function utf8Source(source: ByteSource, options: ReadOptions): Promise<ByteSource> {
  const { encoding } = options;
  if (encoding !== undefined && !ENCODINGS.includes(encoding)) {
    refuse(
      source,
      `the encoding ${JSON.stringify(encoding)} is not known; there are ${ENCODINGS.join(', ')}.`,
    );
  }
  const utf16 = encoding?.startsWith('utf-16')
    ? encoding
    : markedUtf16(await source.read(0, Math.min(CHUNK, source.size, 1 << 12)));
  if (utf16 === undefined) return source;
  if (source.size > LARGEST) {
    refuse(source, 'the file is UTF-16 and too large to convert here; save it as UTF-8.');
  }
  return bytesSource(await transcoded(source, utf16), source.name);
}

async function transcoded(source: ByteSource, encoding: string): Promise<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  try {
    for (let at = 0; at < source.size; at += CHUNK) {
      const bytes = await source.read(at, Math.min(CHUNK, source.size - at));
      const stream = at + bytes.length < source.size;
      parts.push(encoder.encode(decoder.decode(bytes, { stream })));
    }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    refuse(
      source,
      'the file begins as UTF-16 but is damaged or cut off inside a character.',
      cause,
    );
  }
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let length = 0;
  for (const part of parts) {
    out.set(part, length);
    length += part.length;
  }
  return out;
}
