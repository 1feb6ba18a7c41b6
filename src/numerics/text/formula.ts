import { InputError } from '../../core/errors.ts';

/** A word and what it counts. */
export interface Term {
  readonly word: string;
  readonly weight: number;
}

/**
 * Reads a sum of words: `king - man + woman`, `2 * (paris - france) + italy`, `'new york' / 2`. Spaces separate words
 * and signs, so that `x-ray` is a word; one that holds spaces or is itself a sign, a bracket or a number stands in
 * quotation marks.
 *
 * @returns each word once with its weight, in the order of the formula, without words that cancel out
 * @throws InputError says where the formula breaks
 */
export function formulaTerms(formula: string): Term[] {
  const weights = readSum(new Tokens(formula), true);
  const terms = Array.from(weights, ([word, weight]) => ({ word, weight }));
  const counted = terms.filter(({ weight }) => weight !== 0);
  if (counted.length > 0) return counted;
  throw new InputError('formula', `in ${JSON.stringify(formula)} all words cancel out.`);
}

/** Weights by word. */
type Weights = ReadonlyMap<string, number>;

function readSum(tokens: Tokens, isWhole: boolean): Weights {
  const sum = new Map<string, number>();
  let sign = tokens.taken('+', '-');
  do {
    const times = sign === '-' ? -1 : 1;
    for (const [word, weight] of readProduct(tokens))
      sum.set(word, (sum.get(word) ?? 0) + times * weight);
    sign = tokens.taken('+', '-');
  } while (sign);
  if (isWhole && !tokens.isAtEnd) tokens.refuse('a sign');
  return sum;
}

/** Numbers and one word or bracket; `*` may be left out. */
function readProduct(tokens: Tokens): Weights {
  let factor = 1;
  let words: Weights | undefined;
  let sign: string | undefined;
  do {
    const number = tokens.number();
    if (number !== undefined) factor = sign === '/' ? factor / number : factor * number;
    else if (words || sign === '/') tokens.refuse(sign ? 'a number' : 'a sign');
    else words = readWords(tokens);
    sign = tokens.taken('*', '/');
  } while (sign || (!words && !tokens.isAtEnd));
  if (!words) return tokens.refuse('a word');
  if (!Number.isFinite(factor)) throw new InputError('formula', 'nothing can be divided by 0.');
  return new Map(Array.from(words, ([word, weight]) => [word, weight * factor]));
}

function readWords(tokens: Tokens): Weights {
  if (!tokens.taken('(')) return new Map([[tokens.word(), 1]]);
  const words = readSum(tokens, false);
  if (!tokens.taken(')')) tokens.refuse('a sign or a closing bracket');
  return words;
}

interface Token {
  readonly kind: 'word' | 'number' | 'sign';
  readonly text: string;
}

/** Brackets; words in quotation marks; numbers that end before a space, a sign or a bracket; signs alone; words. */
const TOKEN =
  /\s*(?:(?<sign>[()]|[-+*/](?=[\s('"]|$)|(?<=\d)\*|(?<=\))[*/])|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<number>\d+(?:\.\d+)?)(?=[\s*()]|$)|(?<word>[^\s()]+))/g;

/** The tokens of a formula, taken one after another. */
class Tokens {
  readonly #formula: string;
  readonly #all: readonly Token[];
  #at = 0;

  constructor(formula: string) {
    this.#formula = formula;
    this.#all = Array.from(formula.trim().matchAll(TOKEN), ({ groups = {} }) => {
      const { sign, single, double, number, word } = groups;
      if (sign !== undefined) return { kind: 'sign', text: sign };
      if (number !== undefined) return { kind: 'number', text: number };
      return { kind: 'word', text: single ?? double ?? word };
    });
  }

  get isAtEnd(): boolean {
    return this.#at === this.#all.length;
  }

  /** The next token where it is one of these signs; goes past it. */
  taken(...signs: readonly string[]): string | undefined {
    return this.#next(({ kind, text }) => kind === 'sign' && signs.includes(text));
  }

  number(): number | undefined {
    const text = this.#next(({ kind }) => kind === 'number');
    return text === undefined ? undefined : Number(text);
  }

  word(): string {
    return this.#next(({ kind }) => kind === 'word') ?? this.refuse('a word');
  }

  refuse(wanted: string): never {
    const came = this.isAtEnd ? 'its end' : JSON.stringify(this.#all[this.#at].text);
    const formula = JSON.stringify(this.#formula);
    throw new InputError('formula', `${wanted} is expected in ${formula}; got ${came}.`);
  }

  #next(isIt: (token: Token) => boolean): string | undefined {
    if (this.isAtEnd || !isIt(this.#all[this.#at])) return undefined;
    return this.#all[this.#at++].text;
  }
}
