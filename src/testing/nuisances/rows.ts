import type { Dice } from './dice.ts';

/** How numbers are written. */
export type Style = 'shortest' | 'fixed' | 'exponent' | 'whole' | 'mixed';

/** What labels are like. */
export type LabelKind =
  | 'words'
  | 'blank'
  | 'spaces'
  | 'wholes'
  | 'decimals'
  | 'phrases'
  | 'odd'
  | 'scripts';

/** A table as texts: what a file says, and what a reader must find. */
export interface Rows {
  readonly style: Style;
  readonly kind: LabelKind | null;
  /** n × d. */
  readonly numbers: readonly (readonly string[])[];
  readonly labels: readonly string[] | undefined;
}

const STYLES: readonly Style[] = [
  'shortest',
  'shortest',
  'fixed',
  'fixed',
  'exponent',
  'whole',
  'mixed',
];

export function numberText(dice: Dice, style: Style): string {
  const x = dice.normal();
  switch (style) {
    case 'shortest':
      return String(Number(x.toPrecision(7)));
    case 'fixed':
      return x.toFixed(4);
    case 'exponent':
      return x.toExponential(6);
    case 'whole':
      return String(Math.round(9 * x));
    case 'mixed':
      return dice.chance(0.15) ? String(Math.round(3 * x)) : String(Number(x.toPrecision(5)));
  }
}

const WORDS = [
  'the',
  'of',
  'and',
  'in',
  'to',
  'a',
  'north',
  'south',
  "it's",
  '-',
  '.',
  'x0',
  'nan-',
  'label',
  'e5',
];
const BLANKS = [' ', '\u00a0', '', '  ', '\u2003'];
const SPACES = [
  'new york',
  'at name@domain.com',
  '. . .',
  'on ...',
  'a  b',
  '5 stars',
  'one two three',
];
const ODD = [
  'a,b',
  'a;b',
  'a|b',
  '"',
  'say "hi"',
  "''",
  '#',
  '#tag',
  '[UNK]',
  '{',
  '}',
  'a,',
  ';',
  ',',
  '|',
  '[1',
  '1]',
  'NA',
  'null',
  '<s>',
  '</s>',
  '%',
  '//',
  '\\',
  '1,5',
  '1;0',
  '3|4',
  '0.1,',
  '2024-01-01',
  '10:30',
  '#1',
  '١٢',
];
const SCRIPTS = ['café', 'naïve', '日本', 'עברית', 'Ünï', '😀', 'ñ', '\u200b', 'Å', '\ufffd', 'ß'];

function labelText(dice: Dice, kind: LabelKind, row: number): string {
  switch (kind) {
    case 'words':
      return dice.chance(0.5) ? dice.oneOf(WORDS) : `w${row}`;
    case 'blank':
      return row > 0 && dice.chance(0.25) ? dice.oneOf(BLANKS) : `w${row}`;
    case 'spaces':
      return dice.chance(0.5) ? dice.oneOf(SPACES) : dice.oneOf(WORDS);
    case 'wholes':
      return dice.chance(0.8) ? String(dice.from(0, 3000)) : String(row);
    case 'decimals':
      return row > 0 && dice.chance(0.3)
        ? dice.oneOf(['1.5', '3.14', '2.0', '1e5', '-0.5'])
        : `w${row}`;
    case 'phrases':
      return row % 4 === 3 ? dice.oneOf(['top 10', 'area 51', 'catch 22', 'a b 7']) : `w${row}`;
    case 'odd':
      return dice.chance(0.5) ? dice.oneOf(ODD) : `w${row}`;
    case 'scripts':
      return dice.chance(0.6) ? dice.oneOf(SCRIPTS) : `w${row}`;
  }
}

const KINDS: readonly LabelKind[] = [
  'words',
  'blank',
  'spaces',
  'wholes',
  'decimals',
  'phrases',
  'odd',
  'scripts',
];

/** A random table; `labelled`: never without labels. */
export function rowsOf(dice: Dice, labelled: boolean): Rows {
  const n = dice.chance(0.1) ? dice.from(20, 60) : dice.from(1, 9);
  const d = dice.chance(0.1) ? dice.from(10, 30) : dice.from(1, 6);
  const style = dice.oneOf(STYLES);
  const kind = labelled || dice.chance(0.8) ? dice.oneOf(KINDS) : null;
  const numbers = Array.from({ length: n }, () =>
    Array.from({ length: d }, () => numberText(dice, style)),
  );
  const labels = kind ? numbers.map((_, row) => labelText(dice, kind, row)) : undefined;
  return { style, kind, numbers, labels };
}

/** By how much a first line's counts of rows and columns are wrong. */
export function countsOff(dice: Dice): readonly number[] {
  return dice.oneOf([
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]);
}
