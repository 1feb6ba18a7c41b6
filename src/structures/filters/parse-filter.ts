import { InputError } from '../../core/errors.ts';
import { FILTER, refuseAt, type Token, tokensOf } from './support/tokens.ts';
import type { Operator, Predicate, Value } from './types.ts';

const OPERATORS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Operator[];
const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'between', 'contains', 'is', 'missing']);
const ASKS = 'one of =, !=, <, <=, >, >=, in, between, contains, is missing';
/** Brackets and negations within one another: deeper ones are no one's intent, and would end the stack. */
const DEEPEST = 100;

/**
 * Reads a condition on columns.
 *
 *     year >= 2020 and (topic = "physics" or not topic in ("math", "biology"))
 *     score between 0.5 and 1      title contains "graph"      "first author" is not missing
 *
 * `not` binds closest, then `and`, then `or`. Names that hold a space, begin with a digit or are a keyword stand in
 * double quotes; texts in double or single ones, a mark within doubled. Keywords may be capital.
 *
 * @throws InputError at which character, what was expected and what came
 */
export function parseFilter(text: string): Predicate {
  const parser = new Parser(tokensOf(text));
  const found = parser.either();
  parser.requireEnd();
  return found;
}

/** A class, since all of its rules move one place. */
class Parser {
  readonly #tokens: readonly Token[];
  #place = 0;
  #depth = 0;
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #next(): Token {
    return this.#tokens[this.#place];
  }

  either(): Predicate {
    return this.#joined('or', () => this.#joined('and', () => this.#negated()));
  }

  requireEnd(): void {
    if (this.#next.kind !== 'end') this.#refuse('and, or, or the end of the condition');
  }

  #joined(kind: 'and' | 'or', part: () => Predicate): Predicate {
    const parts = [part()];
    while (this.#takeWord(kind)) parts.push(part());
    return parts.length === 1 ? parts[0] : { kind, parts };
  }

  #negated(): Predicate {
    if (this.#takeWord('not')) return { kind: 'not', part: this.#within(() => this.#negated()) };
    if (!this.#takeSign('(')) return this.#question();
    const found = this.#within(() => this.either());
    this.#requireSign(')', 'and, or, or a bracket ) that closes');
    return found;
  }

  #within(part: () => Predicate): Predicate {
    if (this.#depth === DEEPEST)
      throw new InputError(FILTER, `more than ${DEEPEST} brackets stand within one another.`);
    this.#depth++;
    const found = part();
    this.#depth--;
    return found;
  }

  #question(): Predicate {
    const { kind, text: column, at } = this.#next;
    const isName = kind === 'quoted' || (kind === 'word' && !isKeyword(this.#next));
    if (!isName) this.#refuse('the name of a column');
    this.#place++;
    const of = { column, at };
    if (this.#takeWord('is')) {
      const isNot = this.#takeWord('not');
      if (!this.#takeWord('missing')) this.#refuse(isNot ? 'missing' : 'missing or not missing');
      return negatedIf(isNot, { kind: 'missing', ...of });
    }
    if (this.#takeWord('not'))
      return { kind: 'not', part: this.#range(of, 'in, between or contains') };
    const operator = this.#next;
    if (operator.kind !== 'sign' || !OPERATORS.includes(operator.text))
      return this.#range(of, ASKS);
    this.#place++;
    return { kind: 'compare', ...of, operator: operator.text as Operator, value: this.#value() };
  }

  #range(of: { readonly column: string; readonly at: number }, expected: string): Predicate {
    if (this.#takeWord('contains')) return { kind: 'contains', ...of, text: this.#text() };
    if (this.#takeWord('between')) {
      const low = this.#value();
      if (!this.#takeWord('and')) this.#refuse('and between the two ends');
      return { kind: 'between', ...of, low, high: this.#value() };
    }
    if (!this.#takeWord('in')) this.#refuse(expected);
    this.#requireSign('(', 'a bracket ( before the values');
    const values = [this.#value()];
    while (this.#takeSign(',')) values.push(this.#value());
    this.#requireSign(')', 'a comma, or a bracket ) after the values');
    return { kind: 'in', ...of, values };
  }

  #text(): string {
    if (this.#next.kind !== 'quoted') this.#refuse('a text in quotes');
    return this.#tokens[this.#place++].text;
  }

  #value(): Value {
    const token = this.#next;
    if (token.kind === 'quoted') return this.#text();
    if (token.kind !== 'number') this.#refuse('a number or a text in quotes');
    this.#place++;
    return numberOf(token);
  }

  #takeWord(word: string): boolean {
    const isNext = this.#next.kind === 'word' && this.#next.text.toLowerCase() === word;
    if (isNext) this.#place++;
    return isNext;
  }

  #takeSign(sign: string): boolean {
    const isNext = this.#next.kind === 'sign' && this.#next.text === sign;
    if (isNext) this.#place++;
    return isNext;
  }

  #requireSign(sign: string, expected: string): void {
    if (!this.#takeSign(sign)) this.#refuse(expected);
  }

  #refuse(expected: string): never {
    const { kind, text, at } = this.#next;
    refuseAt(at, expected, kind === 'end' ? 'the end of the condition' : JSON.stringify(text));
  }
}

function negatedIf(isNegated: boolean, part: Predicate): Predicate {
  return isNegated ? { kind: 'not', part } : part;
}

function isKeyword({ text }: Token): boolean {
  return KEYWORDS.has(text.toLowerCase());
}

/** Columns hold float64: a whole number that it cannot hold is refused, not rounded. */
function numberOf({ text, at }: Token): number {
  const value = Number(text);
  const isWhole = /^[+-]?\d+$/.test(text);
  if (Number.isFinite(value) && (!isWhole || Number.isSafeInteger(value))) return value;
  return refuseAt(at, 'a number that float64 holds exactly (whole numbers up to 2^53 − 1)', text);
}
