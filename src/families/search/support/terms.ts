/** Runs of letters and digits, with apostrophes inside. */
const TERM = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu;

/** The words and numbers of a text in order, in lower case and Unicode's composed form; signs are left out. */
export function termsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().replaceAll('’', "'").match(TERM) ?? [];
}

/** How often each term is there, in the order of their first places. */
export function countedTerms(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
