import type { Dice } from './dice.ts';
import { countsOff, numberText, type Rows, rowsOf } from './rows.ts';

/** A file in the making: its text, and what a reader must find in it, or refuse. */
export interface Draft {
  readonly text: string;
  readonly rows: Rows;
  /** What was done to it. */
  readonly nuisances: readonly string[];
  /** Where the text may be cut off so that its end is missing for sure. */
  readonly cuts: readonly number[];
}

const COMMENTS = [
  '# created by a model',
  '#',
  '# dim, model: all-MiniLM',
  '## vectors ##',
  '# see "the paper',
];

/** What can be wrong with one of the lines. */
function disturbed(dice: Dice, rows: Rows, nuisances: string[]): string[][] {
  const numbers = rows.numbers.map((row) => [...row]);
  const n = numbers.length;
  const d = numbers[0].length;
  // Most of the lines must be whole to say what is expected.
  if (n < 4 || dice.chance(0.7)) return numbers;
  const row = dice.from(0, n - 1);
  const at = dice.from(0, d - 1);
  if (rows.kind === 'phrases' && row % 4 === 3) return numbers;
  // A line with nothing on it is no row.
  if (d === 1 && (rows.labels?.[row] ?? '').trim() === '') return numbers;
  // A first line of words alone is a line of names where tabs separate.
  if (row === 0 && d === 1) return numbers;
  const what = dice.oneOf(['short', 'long', 'NA', 'dash', 'word']);
  nuisances.push(`${what} line`);
  if (what === 'short') numbers[row].splice(at, 1);
  else if (what === 'long') {
    const style = rows.style === 'mixed' ? 'shortest' : rows.style;
    let more = numberText(dice, style);
    // A whole number before fractions may be the end of a label.
    if (rows.style !== 'whole' && /^-?\d+$/.test(more)) more = '0.25';
    numbers[row].splice(at, 0, more);
    if (rows.style !== 'whole' && /^-?\d+$/.test(numbers[row][0])) numbers[row][0] = '0.75';
  } else numbers[row][at] = what === 'NA' ? 'NA' : what === 'dash' ? '-' : 'oops';
  return numbers;
}

/** GloVe or word2vec text. */
export function linesOf(dice: Dice): Draft {
  const hasHeader = dice.chance(0.5);
  let rows = rowsOf(dice, hasHeader);
  const n = rows.numbers.length;
  const d = rows.numbers[0].length;
  // Two whole numbers on the first line are counts; lines of whole numbers have a label by definition.
  const isPlain = rows.style === 'whole' || rows.style === 'mixed';
  if (!hasHeader && isPlain && (rows.kind === 'wholes' || !rows.labels)) {
    const numbers = rows.numbers.map((row) => row.map(() => numberText(dice, 'fixed')));
    rows = { ...rows, style: 'fixed', numbers };
  }
  const nuisances: string[] = [hasHeader ? 'word2vec' : 'glove', rows.style, String(rows.kind)];
  const gap = dice.chance(0.85) ? ' ' : '\t';
  const disturbedNumbers = disturbed(dice, rows, nuisances);
  // One number with a comma on a line is two numbers in a table.
  const hasCommas = dice.chance(0.04) && (d > 1 || rows.labels !== undefined);
  if (hasCommas) nuisances.push('decimal commas');
  const trailing = dice.chance(0.15) ? ' ' : '';
  const newline = dice.chance(0.15) ? '\r\n' : '\n';
  const head: string[] = [];
  if (dice.chance(0.1)) {
    nuisances.push('comment');
    head.push(dice.oneOf(COMMENTS));
  }
  if (hasHeader) {
    const wrong = dice.chance(0.25) && !(n === 1 && rows.kind === 'phrases');
    const [r, c] = wrong ? countsOff(dice) : [0, 0];
    if (wrong) nuisances.push(`wrong counts ${r} ${c}`);
    head.push(`${n + r} ${d + c}`);
  }
  const lines = disturbedNumbers.map((row, i) => {
    const texts = hasCommas ? row.map((text) => text.replace('.', ',')) : row;
    return [...(rows.labels ? [rows.labels[i]] : []), ...texts].join(gap) + trailing;
  });
  const before =
    head.map((line) => line + newline).join('') +
    lines
      .slice(0, -1)
      .map((line) => line + newline)
      .join('');
  const last = lines[lines.length - 1];
  const end = dice.chance(0.8) ? newline : dice.chance(0.5) ? '' : `${newline}${newline}`;
  return {
    text: before + last + end,
    rows,
    nuisances,
    cuts: lineCuts(before, rows, gap, disturbedNumbers),
  };
}

/** Behind the label and before the last number of the last line, where the line is then odd. */
function lineCuts(before: string, rows: Rows, gap: string, numbers: string[][]): number[] {
  const label = rows.labels?.[numbers.length - 1];
  const last = numbers[numbers.length - 1];
  if (label !== undefined && (label.trim() === '' || /[ ]/.test(label) || rows.kind === 'decimals'))
    return [];
  if (numbers.length < 4 || last.length !== rows.numbers[0].length) return [];
  const cuts: number[] = [];
  const words = [...(label === undefined ? [] : [label]), ...last];
  for (let k = 1; k < words.length; k++)
    cuts.push(before.length + words.slice(0, k).join(gap).length);
  // Digits that are missing show where all numbers have as many.
  if (rows.style === 'fixed' && (numbers.length - 1) * last.length >= 60) {
    const end = before.length + words.join(gap).length;
    cuts.push(end - 1, end - 2, end - 3);
  }
  return cuts;
}
