/**
 * Where the values of a JSON text lie in it. What is copied from one text to another stays as it was written, whole
 * numbers beyond 2⁵³ and the difference between 1 and 1.0 included, which a parsed value has lost.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A value's text: from its first character to behind its last. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function skipped(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function fail(at: number): never {
  throw new SyntaxError(`unexpected text at character ${at + 1}`);
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return fail(from);
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
    at = quote + 1;
  }
}

const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;

/** Behind the value that begins there. */
function endOf(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return endOfString(text, from);
  let at = from;
  if (!isOpening(first)) {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x2c || isClosing(code) || isBlank(code)) break;
    }
    return at > from ? at : fail(from);
  }
  for (let depth = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (isOpening(code)) depth++;
    else if (isClosing(code) && --depth === 0) return at + 1;
  }
  return fail(from);
}

/** What stands behind an item: the next one's place, undefined at the end of its list or object. */
function following(text: string, end: number, close: number): number | undefined {
  const at = skipped(text, end);
  const code = text.charCodeAt(at);
  if (code === close) return undefined;
  return code === 0x2c ? skipped(text, at + 1) : fail(at);
}

/** The items of the list that begins at a place. */
export function* itemsOf(text: string, start: number): Generator<Slice> {
  if (text.charCodeAt(start) !== 0x5b) fail(start);
  let at: number | undefined = skipped(text, start + 1);
  if (text.charCodeAt(at) === 0x5d) return;
  while (at !== undefined) {
    const end = endOf(text, at);
    yield { start: at, end };
    at = following(text, end, 0x5d);
  }
}

/** The members of the object that begins at a place, by their names. */
export function membersOf(text: string, start = 0): Map<string, Slice> {
  const members = new Map<string, Slice>();
  const begin = skipped(text, start);
  if (text.charCodeAt(begin) !== 0x7b) fail(begin);
  let at: number | undefined = skipped(text, begin + 1);
  if (text.charCodeAt(at) === 0x7d) return members;
  while (at !== undefined) {
    if (text.charCodeAt(at) !== QUOTE) fail(at);
    const end = endOfString(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const colon = skipped(text, end);
    if (text.charCodeAt(colon) !== 0x3a) fail(colon);
    const value = skipped(text, colon + 1);
    const behind = endOf(text, value);
    members.set(key, { start: value, end: behind });
    at = following(text, behind, 0x7d);
  }
  return members;
}

/** The text of a value; undefined where there is none, or null. */
export function sliced(text: string, slice: Slice | undefined): string | undefined {
  const value = slice && text.slice(slice.start, slice.end);
  return value === 'null' ? undefined : value;
}
