import type { Random } from '../../core/random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export interface Perturbation {
  /** Share of the words that are left out. */
  readonly drops: number;
  /** Share of the words with a wrong letter. */
  readonly typos: number;
}

/** A text whose words are left out or get a wrong letter by chance; at least one word stays. */
export function perturbedText(
  text: string,
  { drops, typos }: Perturbation,
  random: Random,
): string {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const kept = words.filter(() => random.uniform() >= drops);
  const left = kept.length > 0 ? kept : words.slice(0, 1);
  return left.map((word) => (random.uniform() < typos ? misspelled(word, random) : word)).join(' ');
}

/** One letter replaced, left out, or exchanged with the next. */
function misspelled(word: string, random: Random): string {
  const at = random.integer(word.length);
  const [before, own, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
  const way = random.integer(3);
  if (way === 0) return before + LETTERS[random.integer(LETTERS.length)] + after;
  if (way === 1 && word.length > 1) return before + after;
  return before + after.slice(0, 1) + own + after.slice(1);
}
