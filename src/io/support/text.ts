import { type ByteSource, refuse } from '../contract.ts';
import { asciiText } from './numbers.ts';

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const TAB = 0x09;

/** Bytes of text taken at a time. */
const CHUNK = 1 << 22;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The bytes from `start` to `end` as text to show, with U+FFFD where they are none; plain ASCII,
 * most often, without the decoder.
 */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return end - start <= 64 && isAscii(bytes, start, end)
    ? asciiText(bytes, start, end)
    : decoder.decode(bytes.subarray(start, end));
}

const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] > 0x7f) return false;
  return true;
}

/** The same, or undefined where the bytes are not UTF-8. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= 64 && isAscii(bytes, start, end)) return asciiText(bytes, start, end);
  try {
    return strictDecoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** Length of the byte-order mark a UTF-8 text may begin with: 3 or 0. */
export function byteOrderMark(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

/**
 * The text from `offset` on in pieces of whole lines. The last line may lack its newline. A line
 * longer than a piece makes that piece longer.
 */
export async function* wholeLines(
  source: ByteSource,
  offset: number,
  chunk: number = CHUNK,
): AsyncGenerator<Uint8Array> {
  let length = chunk;
  for (let at = offset; at < source.size; ) {
    const bytes = await source.read(at, Math.min(length, source.size - at));
    const ends = at + bytes.length === source.size;
    const end = ends ? bytes.length : bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      length *= 2;
      continue;
    }
    yield bytes.subarray(0, end);
    at += end;
    length = chunk;
  }
}

/** Number of lines from `offset` on that are not blank. */
export async function countedLines(source: ByteSource, offset: number): Promise<number> {
  let count = 0;
  for await (const bytes of wholeLines(source, offset)) {
    for (let start = 0; start < bytes.length; ) {
      const end = lineEnd(bytes, start);
      if (!isBlank(bytes, start, end)) count++;
      start = end + 1;
    }
  }
  return count;
}

/** The lines of a text file, without their ends. */
export async function* textLines(source: ByteSource): AsyncGenerator<string> {
  const offset = byteOrderMark(await source.read(0, Math.min(3, source.size)));
  let line = 1;
  for await (const chunk of wholeLines(source, offset)) {
    for (let start = 0; start < chunk.length; line++) {
      const end = lineEnd(chunk, start);
      const last = end > start && chunk[end - 1] === RETURN ? end - 1 : end;
      const text = utf8Text(chunk, start, last);
      if (text === undefined) refuse(source, `line ${line} is not UTF-8; save the file as UTF-8.`);
      yield text;
      start = end + 1;
    }
  }
}

/** Where the line that begins at `start` ends: its newline, or the end of the bytes. */
export function lineEnd(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0 ? bytes.length : end;
}

/** Whether only spaces, tabs and carriage returns lie between `start` and `end`. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte !== SPACE && byte !== RETURN && byte !== TAB) return false;
  }
  return true;
}

/**
 * The first lines of a head that are whole, without their newlines; the last line counts if the
 * head is the whole file.
 */
export function headLines(head: Uint8Array, isWhole: boolean, most = 1000): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = byteOrderMark(head); start < head.length && lines.length < most; ) {
    const end = lineEnd(head, start);
    if (end === head.length && !isWhole) break;
    if (!isBlank(head, start, end)) lines.push(head.subarray(start, withoutReturn(head, end)));
    start = end + 1;
  }
  return lines;
}

function withoutReturn(bytes: Uint8Array, end: number): number {
  return end > 0 && bytes[end - 1] === RETURN ? end - 1 : end;
}

/** Share of bytes that are no ASCII in text of an encoding with one byte a character, at most. */
const MOST_HIGH = 0.3;

/**
 * Whether the bytes could be text: no zero byte, hardly any control characters, and UTF-8 or, as
 * in tables of numbers in other encodings, mostly ASCII.
 */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  let odd = 0;
  let high = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== NEWLINE && byte !== RETURN && byte !== TAB) odd++;
    if (byte > 0x7f) high++;
  }
  if (odd * 100 > head.length) return false;
  return high <= MOST_HIGH * head.length || startsAsUtf8(head);
}

/** Whether the bytes are UTF-8, the last character maybe cut off. */
function startsAsUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
