import { log } from '../../core/numeric.ts';

/** Characters that a model tells apart: the most frequent ones; all others are one. */
const MOST_SIGNS = 63;
/** Characters before each one that are looked at, one less than the order. */
const REACH = 4;

/** The number of each character of the texts, the most frequent first; 0 stands for all others and for the begin. */
export function alphabetOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return new Map(order.slice(0, MOST_SIGNS).map(([sign], i) => [sign, i + 1]));
}

export interface ReadText {
  /** Mean −ln of what the model gave each character. */
  readonly loss: number;
  /** The mean over the text of the square roots of what the model expected next, a number for each character. */
  readonly expected: Float64Array;
}

/**
 * An interpolated 5-gram model of characters (Witten and Bell 1991): after a history h that was followed N times, by T
 * different characters,
 *
 *     P(c | h) = (count(h c) + T·P(c | h less its first))/(N + T)
 */
export class CharacterModel {
  readonly #alphabet: ReadonlyMap<string, number>;
  readonly #signs: number;
  /** Counts of what followed each history, by the place of the history. */
  readonly #places = new Map<number, number>();
  readonly #followed: Float64Array[] = [];

  constructor(alphabet: ReadonlyMap<string, number>, texts: readonly string[]) {
    this.#alphabet = alphabet;
    this.#signs = alphabet.size + 1;
    for (const text of texts) {
      const signs = this.#signsOf(text);
      for (let i = 0; i < signs.length; i++) {
        for (let reach = 0; reach <= REACH; reach++) {
          const key = keyOf(signs, i, reach);
          let place = this.#places.get(key);
          if (place === undefined) {
            place = this.#followed.length;
            this.#places.set(key, place);
            this.#followed.push(new Float64Array(this.#signs + 2));
          }
          const counts = this.#followed[place];
          if (counts[signs[i]] === 0) counts[this.#signs + 1] += 1;
          counts[signs[i]] += 1;
          counts[this.#signs] += 1;
        }
      }
    }
  }

  #signsOf(text: string): Int32Array {
    return Int32Array.from(text, (sign) => this.#alphabet.get(sign) ?? 0);
  }

  read(text: string): ReadText {
    const signs = this.#signsOf(text);
    const expected = new Float64Array(this.#signs);
    const next = new Float64Array(this.#signs);
    let loss = 0;
    for (let i = 0; i < signs.length; i++) {
      next.fill(1 / this.#signs);
      for (let reach = 0; reach <= REACH; reach++) {
        const place = this.#places.get(keyOf(signs, i, reach));
        // A history that was never seen has no longer one that was.
        if (place === undefined) break;
        const counts = this.#followed[place];
        const [all, kinds] = [counts[this.#signs], counts[this.#signs + 1]];
        for (let c = 0; c < next.length; c++)
          next[c] = (counts[c] + kinds * next[c]) / (all + kinds);
      }
      loss -= log(next[signs[i]]);
      for (let c = 0; c < next.length; c++) expected[c] += Math.sqrt(next[c]) / signs.length;
    }
    return { loss: loss / Math.max(1, signs.length), expected };
  }

  /** Mean −ln over all characters of the texts. */
  loss(texts: readonly string[]): number {
    let [sum, length] = [0, 0];
    for (const text of texts) {
      const signs = this.#signsOf(text).length;
      sum += this.read(text).loss * signs;
      length += signs;
    }
    return sum / length;
  }
}

/** The `reach` characters before place i, six bits each, and their number; those before the text are 0. */
function keyOf(signs: Int32Array, i: number, reach: number): number {
  let key = 0;
  for (let at = i - reach; at < i; at++) key = key * 64 + (at < 0 ? 0 : signs[at]);
  return key * 8 + reach;
}
