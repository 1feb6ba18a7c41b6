import { byteOrderMark, isBlank, lineEnd, textOf } from './text.ts';

/** Characters of a line that are looked at. */
const MOST = 1 << 14;

const TOKEN = /"(?:[^"\\]|\\.)*"?|[[\]{}]|[^"[\]{}]+/g;
const SCALAR = /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null|NaN|-?Infinity)?$/i;

/** Whether the first line is the beginning of a JSON list that goes on in the next: its brackets stay open. */
export function leavesJsonOpen(head: Uint8Array): boolean {
  let start = byteOrderMark(head);
  while (start < head.length && isBlank(head, start, lineEnd(head, start))) {
    start = lineEnd(head, start) + 1;
  }
  const end = Math.min(lineEnd(head, start), start + MOST);
  let depth = 0;
  const tokens = textOf(head, start, end).match(TOKEN) ?? [];
  for (const [i, token] of tokens.entries()) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') {
      if (--depth === 0) return false;
    } else if (!token.startsWith('"') && i < tokens.length - 1) {
      if (!token.split(/[,:]/).every((part) => SCALAR.test(part.trim()))) return false;
    }
  }
  return depth > 0;
}
