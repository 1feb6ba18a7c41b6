import { InputError } from '../../core/errors.ts';
import type { ByteSource } from '../contract.ts';
import { countLine } from '../word2vec-text.ts';
import { HEAD_BYTES } from './head.ts';
import { strangerOf } from './strangers.ts';
import { lineEnd, looksLikeText, NEWLINE, textOf, wholeLines } from './text.ts';

/** Bytes that are looked through for what explains a failure. */
const MOST = 1 << 26;

/**
 * What a reader could not read, in better words where the content shows what the file is: a page of the web, a
 * pointer, text with marks of git or zero bytes.
 */
export async function explained(source: ByteSource, cause: unknown): Promise<unknown> {
  if (!(cause instanceof InputError)) return cause;
  const sentence = await reasonOf(source);
  return sentence === undefined ? cause : new InputError(source.name, sentence, { cause });
}

async function reasonOf(source: ByteSource): Promise<string | undefined> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  const stranger = strangerOf(head);
  if (stranger !== undefined) return stranger;
  const utf16 = unmarkedUtf16(head);
  if (utf16) return `the text seems to be ${utf16.toUpperCase()}; say so (--encoding ${utf16}).`;
  const zero = head.indexOf(0);
  // Before the zero bytes of damaged text there is a line of it; word2vec binary begins with one, too.
  const before = zero < 0 ? head : head.subarray(countLine(head)?.end ?? 0, zero);
  if (!before.includes(NEWLINE) || !looksLikeText(before)) return undefined;
  if (!looksLikeText(head.filter((byte) => byte !== 0))) return undefined;
  return damageOf(source);
}

/** UTF-16 without its mark, where most of the first characters are ASCII. */
function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const bytes = head.subarray(0, Math.min(200, head.length & ~1));
  const zeros = (from: number): number => bytes.filter((b, i) => i % 2 === from && b === 0).length;
  const isHalf = (from: number): boolean =>
    zeros(from) * 2.5 > bytes.length && zeros(1 - from) === 0 && bytes.length >= 8;
  if (isHalf(1)) return 'utf-16le';
  return isHalf(0) ? 'utf-16be' : undefined;
}

/** A conflict that git left in the text, or zero bytes in it, with the line. */
async function damageOf(source: ByteSource): Promise<string | undefined> {
  const marks: string[] = [];
  let line = 0;
  let begin = 0;
  let seen = 0;
  for await (const bytes of wholeLines(source, 0)) {
    const zero = bytes.indexOf(0);
    if (zero >= 0) {
      const before = bytes.subarray(0, zero).filter((byte) => byte === NEWLINE).length;
      return `the text has zero bytes, the first in line ${line + before + 1}, as a write that was interrupted leaves them; the file is damaged.`;
    }
    for (let start = 0; start < bytes.length; start = lineEnd(bytes, start) + 1) {
      line++;
      const mark = markAt(bytes, start);
      if (mark === undefined) continue;
      if (marks.length === 0) begin = line;
      if (mark === '<=>'[marks.length]) marks.push(mark);
      if (marks.length < 3) continue;
      return `line ${begin} begins a conflict that git left in the file (<<<<<<<, =======, >>>>>>> in line ${line}); resolve it first.`;
    }
    seen += bytes.length;
    if (seen > MOST) return undefined;
  }
  return undefined;
}

const CONFLICT = /^(?:(<)<{6} \S.*|(=)={6}|(>)>{6} \S.*)\r?$/;

function markAt(bytes: Uint8Array, start: number): string | undefined {
  const first = bytes[start];
  if (first !== 0x3c && first !== 0x3d && first !== 0x3e) return undefined;
  if (bytes[start + 6] !== first) return undefined;
  const found = CONFLICT.exec(textOf(bytes, start, lineEnd(bytes, start)));
  return found?.slice(1).find((mark) => mark !== undefined);
}
