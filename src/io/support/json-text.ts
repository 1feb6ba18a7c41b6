/** Deepest nesting of lists and objects that is read. */
const DEEPEST = 200;

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /true|false|null|NaN|-?Infinity/y;
const BLANK = /[ \t\n\r]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;

const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** Whether a value holds a number beyond those that a float64 counts one by one. */
function isBeyond(value: unknown): boolean {
  if (typeof value === 'number')
    return !(value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER);
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) return Object.values(value).some(isBeyond);
  for (const item of value) if (isBeyond(item)) return true;
  return false;
}

/** What `JSON.parse` makes of a text, unless that rounds a whole number or it takes none of it. */
function plainJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isBeyond(value) ? undefined : { value };
  } catch {
    return undefined;
  }
}

/** Reads JSON as Python writes it: bare NaN and Infinity, and whole numbers of any length. */
class Lexer {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
    this.skipBlanks();
  }

  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  skipBlanks(): void {
    this.#taken(BLANK);
  }

  #taken(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  #unexpected(): never {
    const found = this.isDone ? 'the end' : JSON.stringify(this.text.slice(this.at, this.at + 12));
    throw new SyntaxError(`${found} at character ${this.at + 1}`);
  }

  value(depth = 0): unknown {
    if (depth > DEEPEST) throw new SyntaxError(`more than ${DEEPEST} lists in one another`);
    const first = this.text[this.at];
    if (first === '[') return this.#list(depth);
    if (first === '{') return this.#object(depth);
    if (first === '"') return this.#string();
    const word = this.#taken(WORD);
    if (word) return WORDS[word[0]];
    const number = this.#taken(NUMBER);
    return number ? numberOf(number) : this.#unexpected();
  }

  #string(): string {
    const match = this.#taken(STRING);
    return match ? (JSON.parse(match[0]) as string) : this.#unexpected();
  }

  /** Whether another item follows; else takes the closing bracket. */
  #continues(close: string): boolean {
    this.skipBlanks();
    const byte = this.text[this.at];
    if (byte !== ',' && byte !== close) this.#unexpected();
    this.at++;
    this.skipBlanks();
    return byte === ',';
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    this.at++;
    this.skipBlanks();
    if (this.text[this.at] === ']') {
      this.at++;
      return list;
    }
    do list.push(this.value(depth + 1));
    while (this.#continues(']'));
    return list;
  }

  #object(depth: number): unknown {
    const entries: [string, unknown][] = [];
    this.at++;
    this.skipBlanks();
    if (this.text[this.at] === '}') {
      this.at++;
      return {};
    }
    do {
      const key = this.#string();
      this.skipBlanks();
      if (this.text[this.at] !== ':') this.#unexpected();
      this.at++;
      this.skipBlanks();
      entries.push([key, this.value(depth + 1)]);
    } while (this.#continues('}'));
    return Object.fromEntries(entries);
  }
}

/** A number; a whole one that a float64 does not hold, as a bigint. */
function numberOf([text, fraction, exponent]: RegExpExecArray): number | bigint {
  const number = Number(text);
  const isWhole = fraction === undefined && exponent === undefined;
  return !isWhole || Number.isSafeInteger(number) ? number : BigInt(text);
}

/**
 * The value of a JSON text. As `JSON.parse`, but for two things: NaN and infinities may stand bare,
 * and whole numbers beyond 2⁵³ come as bigints, so that no id is rounded. Throws a SyntaxError.
 */
export function parsedJson(text: string): unknown {
  const plain = plainJson(text);
  if (plain) return plain.value;
  const lexer = new Lexer(text);
  const value = lexer.value();
  lexer.skipBlanks();
  if (!lexer.isDone)
    throw new SyntaxError(`more text behind the value at character ${lexer.at + 1}`);
  return value;
}

/** The values of a text that has several, with blanks between. */
export function parsedJsonValues(text: string): unknown[] {
  const plain = plainJson(text);
  if (plain) return [plain.value];
  const values: unknown[] = [];
  const lexer = new Lexer(text);
  do {
    values.push(lexer.value());
    lexer.skipBlanks();
  } while (!lexer.isDone);
  return values;
}
