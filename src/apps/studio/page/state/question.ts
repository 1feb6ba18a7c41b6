/** What was typed into the search box, as the parameters of a search, and how it was read. */
export interface Question {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reading: string;
}

const ROW = /^(?:row\s*|#)(\d+)$/i;
const NUMBERS = /^\[?\s*[-+.\d][-+.\deE]*(?:[\s,;]+[-+.\d][-+.\deE]*)+\s*\]?$/;
const FORMULA = /\S\s+[-+]\s+\S/;

/** Reads a row number, the numbers of a vector, a label, a formula of labels, or words. */
export function questionOf(text: string, isLabel: (text: string) => boolean): Question {
  const words = text.trim();
  const row = ROW.exec(words);
  if (row)
    return { parameters: { row: [Number(row[1])] }, reading: `the neighbors of row ${row[1]}` };
  if (isLabel(words)) return { parameters: { label: words }, reading: `the neighbors of ${words}` };
  if (NUMBERS.test(words)) {
    const vector = words
      .replace(/[[\]]/g, '')
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    return { parameters: { vector }, reading: `a vector of ${vector.length} numbers` };
  }
  if (FORMULA.test(words))
    return { parameters: { formula: words }, reading: 'a formula of labels' };
  return { parameters: { words }, reading: 'words of a label' };
}
