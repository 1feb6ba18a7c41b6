import type { Random } from '../../core/random.ts';

const ONSETS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const CODAS = ['', '', '', 'l', 'n', 'r', 's'];

/** What gives a new word of so many syllables, the first letter large, each time: `Belorta`. */
export function madeWords(random: Random, syllables: number): () => string {
  const used = new Set<string>();
  const syllable = () =>
    [ONSETS, VOWELS, CODAS].map((list) => list[random.integer(list.length)]).join('');
  const one = (): string => {
    const word = Array.from({ length: syllables }, syllable).join('');
    if (used.has(word)) return one();
    used.add(word);
    return word[0].toUpperCase() + word.slice(1);
  };
  return one;
}
