/** Marks of the beginning and the end of a word: control characters, which no word has. */
const BEGIN = '\u0002';
const END = '\u0003';

/** Words up to this length have pairs of characters, too: one wrong letter of three would leave no run of three. */
const SHORT = 5;

/**
 * The runs of three characters of a word between marks of its beginning and its end, each once, and of a word of at
 * most five characters also the runs of two. Characters are code points; capital letters count as small ones.
 *
 * @example
 * characterGrams('Cat').length; // 3 + 4: ·ca cat at·  ·c ca at t·
 */
export function characterGrams(word: string): string[] {
  const letters = [BEGIN, ...word.toLowerCase(), END];
  const grams = new Set(runs(letters, 3));
  if (letters.length - 2 <= SHORT) for (const pair of runs(letters, 2)) grams.add(pair);
  return [...grams];
}

function runs(letters: readonly string[], length: number): string[] {
  const count = Math.max(0, letters.length - length + 1);
  return Array.from({ length: count }, (_, i) => letters.slice(i, i + length).join(''));
}
