import { InputError } from '../../../core/errors.ts';

/** What conditions are called in messages. */
export const FILTER = 'filter';

/** A word, a quoted text, a number or a sign of a condition. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'number' | 'sign' | 'end';
  /** A text without its quotes. */
  readonly text: string;
  /** Where it stands, counted from 1. */
  readonly at: number;
}

const SPACE = /\s*/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_.-]*/uy;
const QUOTED = /"((?:[^"]|"")*)"|'((?:[^']|'')*)'/y;
const SIGN = /<=|>=|!=|[=<>(),]/y;
/** What may not follow a number: `2020s` is neither a number nor a word. */
const GLUED = /[\p{L}\p{N}_.]/uy;

/** The tokens of a condition, a token `end` last. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: Token['kind'], found: string, value = found) => {
    tokens.push({ kind, text: value, at: at + 1 });
    at += found.length;
  };
  for (;;) {
    at += match(SPACE)?.[0].length ?? 0;
    if (at === text.length) return [...tokens, { kind: 'end', text: '', at: at + 1 }];
    const [number] = match(NUMBER) ?? [];
    const [word] = match(WORD) ?? [];
    const [quoted, double, single] = match(QUOTED) ?? [];
    const [sign] = match(SIGN) ?? [];
    if (number !== undefined) {
      push('number', number);
      if (match(GLUED)) refuseAt(at + 1, `that the number ${number} ends`, glued(text, at));
    } else if (word !== undefined) push('word', word);
    else if (quoted !== undefined)
      push('quoted', quoted, double?.replaceAll('""', '"') ?? single.replaceAll("''", "'"));
    else if (sign !== undefined) push('sign', sign);
    else refuseAt(at + 1, ...strange(text, at));
  }
}

const glued = (text: string, at: number) =>
  `${JSON.stringify(text[at])}; a text stands in quotes, and a name that begins with a digit in double ones`;

/** What is expected where no token begins, and what came. */
function strange(text: string, at: number): [string, string] {
  const shown = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
  if (text[at] === '"' || text[at] === "'")
    return ['a quotation mark that ends the text', 'none (a mark within is doubled)'];
  return ['a name, a number, a text in quotes, =, !=, <, <=, >, >= or a bracket', shown];
}

/** Refuses a condition in one sentence: where, what was expected and what came. */
export function refuseAt(at: number, expected: string, came: string): never {
  throw new InputError(FILTER, `at character ${at}, expected ${expected}; got ${came}.`);
}
