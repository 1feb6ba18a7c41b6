import { textOf } from './text.ts';

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
/** `6:2.0409 10:-2.5557`, behind a label or alone. */
const SPARSE = new RegExp(`(?:^|\\s)(\\d+:${NUMBER})(?:\\s+\\d+:${NUMBER})*\\s*$`, 'i');
const BRACKETS = new RegExp(`\\s[[({]\\s*${NUMBER}(?:[\\s,;]+${NUMBER})*\\s*[\\])}]\\s*$`, 'i');
const COMMAS = new RegExp(`\\s${NUMBER}(\\s*[,;]\\s*)${NUMBER}(?:\\1${NUMBER})+\\s*$`, 'i');

const COUNTS = /^\s*\d+\s+\d+\s*$/;

const FORMS: readonly (readonly [form: RegExp, what: string, wayOut: string])[] = [
  [SPARSE, 'the vectors are sparse, index:value', 'write all numbers of a row'],
  [BRACKETS, 'the numbers of a row stand in brackets', 'write them without'],
  [COMMAS, 'commas or semicolons separate the numbers behind a label and a blank', 'write blanks'],
];

/** Why lines of a label and numbers are not read, as a sentence, where most of them have another form. */
export function numbersTrouble(lines: readonly Uint8Array[]): string | undefined {
  const texts = lines.map((line) => textOf(line, 0, line.length));
  const first = COUNTS.test(texts[0] ?? '') ? 1 : 0;
  const rows = texts.slice(first);
  for (const [form, what, wayOut] of FORMS) {
    const found = rows.filter((text) => form.test(text));
    if (found.length * 2 <= rows.length) continue;
    const shown = JSON.stringify(found[0].trim().slice(0, 40));
    return `${what} (${shown}); ${wayOut}, as in "the 0.1 0.2".`;
  }
  return undefined;
}
