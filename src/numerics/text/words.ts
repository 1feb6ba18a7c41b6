/** Runs of letters, with apostrophes inside; runs of digits; any other sign by itself. */
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu;

/**
 * The words, numbers and signs of a text in order, in Unicode's composed form (NFC); case is kept.
 *
 * @example
 * wordTokens("Don't stop: 1945!"); // ["Don't", 'stop', ':', '1945', '!']
 */
export function wordTokens(text: string): string[] {
  return text.normalize('NFC').match(WORD) ?? [];
}
