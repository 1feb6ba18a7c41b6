import { asciiText, numberOf, parseFloat32 } from './numbers.ts';
import { RETURN, SPACE, TAB, textOf } from './text.ts';

/** Lines of a label and d numbers, separated by spaces or tabs; some files have no labels. */
export interface LineShape {
  readonly cols: number;
  readonly labels: boolean;
}

export const isGap = (byte: number): boolean => byte === SPACE || byte === TAB;

/** Where the text before `end` ends, trailing blanks left off. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && (isGap(bytes[last - 1]) || bytes[last - 1] === RETURN)) last--;
  return last;
}

/** Where the word that ends at `end` begins. */
export function wordStart(bytes: Uint8Array, start: number, end: number): number {
  let first = end;
  while (first > start && !isGap(bytes[first - 1])) first--;
  return first;
}

/** Longest text of a number; longer words are not looked at as such. */
const LONGEST_NUMBER = 400;

const textOfWord = (bytes: Uint8Array, start: number, end: number): string =>
  end - start > LONGEST_NUMBER ? '' : asciiText(bytes, start, end);

/** Whether a word is a number that is written with a point or an exponent. */
export function isDecimal(word: string): boolean {
  return /[.e]/i.test(word) && numberOf(word) !== undefined;
}

/** A number with a decimal comma. */
export const COMMA_NUMBER = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

/** A number with points between thousands and a decimal comma. */
export const POINTED_THOUSANDS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+$/;

/** The words of one line. */
interface Words {
  readonly fields: number;
  /** How many at the end are numbers. */
  readonly numbers: number;
  /** How many at the end are numbers, some of them with a decimal comma. */
  readonly commas: number;
  readonly first: string;
  /** Whether numbers behind the first word have a point or an exponent. */
  readonly decimals: boolean;
  /** Whether blanks stand before the first word. */
  readonly indented: boolean;
  /** Whether the word before the numbers ends in a digit and a delimiter of other formats. */
  readonly delimited: boolean;
  /** The word before the numbers where it ends in a delimiter and a decimal, else ''. */
  readonly glued: string;
}

function hasMark(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if ((bytes[i] < 0x30 || bytes[i] > 0x39) && bytes[i] !== 0x2b && bytes[i] !== 0x2d) return true;
  }
  return false;
}

/** A label, a delimiter and a decimal without a blank between. */
const GLUED = /[^\d\s][,;|:=][-+]?\d*\.\d+(?:e[-+]?\d+)?$/i;

function wordsOf(line: Uint8Array): Words {
  let fields = 0;
  let numbers = 0;
  let commas = 0;
  let hasComma = false;
  let start = line.length;
  let last = start;
  let decimals = false;
  let delimited = false;
  let glued = '';
  for (let end = trimmedEnd(line, 0, line.length); end > 0; end = trimmedEnd(line, 0, start)) {
    decimals ||= fields > 0 && fields === numbers && hasMark(line, start, last);
    [start, last] = [wordStart(line, 0, end), end];
    const isNumber = parseFloat32(line, start, end) !== undefined;
    if (!isNumber && (numbers === fields || commas === fields)) {
      const text = textOfWord(line, start, end);
      if (numbers === fields) {
        delimited = /\d[,;|]$/.test(text);
        if (GLUED.test(text)) glued = text;
      }
      if (commas === fields && COMMA_NUMBER.test(text)) {
        commas++;
        hasComma = true;
      }
    } else if (isNumber) {
      if (numbers === fields) numbers++;
      if (commas === fields) commas++;
    }
    fields++;
  }
  const first = textOfWord(line, start, last);
  if (!hasComma) commas = 0;
  return { fields, numbers, commas, first, decimals, indented: start > 0, delimited, glued };
}

/** What most of the values are, and whether that is more than half of all. */
export function mostCommon(values: readonly number[]): { value: number; share: number } {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let value = 0;
  let most = 0;
  for (const [candidate, count] of counts) {
    if (count > most) [value, most] = [candidate, count];
  }
  return { value, share: values.length === 0 ? 0 : most / values.length };
}

/** Why lines of labels and numbers cannot be read, as a sentence. */
export interface Trouble {
  readonly trouble: string;
}

/** Share of lines that decides what their first words are. */
const NEARLY_ALL = 0.9;

/** Lines of nothing but numbers: whether the first is a label, and how many make the vector. */
function bareShape(
  lines: readonly Words[],
  label: string | false | undefined,
): LineShape | Trouble {
  const { value: fields, share } = mostCommon(lines.map((line) => line.fields));
  if (share <= 0.5) return unevenTrouble(lines.map((line) => line.fields));
  const bare = { cols: fields, labels: false };
  const labelled = { cols: fields - 1, labels: true };
  if (label === false || fields === 1) return bare;
  if (label === '1') return labelled;
  const decimal = lines.filter(({ first }) => isDecimal(first)).length / lines.length;
  if (decimal > NEARLY_ALL) return bare;
  const firsts = new Set(lines.map(({ first }) => first));
  const areTold = firsts.size === lines.length || lines.some(({ decimals }) => decimals);
  if (decimal < 1 - NEARLY_ALL && areTold) return labelled;
  return {
    trouble:
      'the lines hold nothing but numbers, and the first of each could be a label or belong to the vector; say which (--label 1 or --no-label).',
  };
}

function unevenTrouble(counts: readonly number[]): Trouble {
  const line = counts.findIndex((count) => count !== counts[0]);
  return {
    trouble: `line 1 has ${counts[0]} numbers, but line ${line + 1} has ${counts[line]}; no number of them is that of most lines.`,
  };
}

/** Numbers of a line, the first word left out. */
const labelledCount = ({ fields, numbers }: Words): number => Math.min(numbers, fields - 1);

const COMMA_TROUBLE =
  'the numbers have decimal commas; write them with points (0.5 for 0,5), or separate them by semicolons or tabs.';

/**
 * How many numbers a line has: as many as most of the first lines have. Labels may be blank, contain
 * spaces and look like numbers. Lines of nothing but numbers that begin with a decimal
 * (`numpy.savetxt`) have no labels. Null where the lines are nothing of the kind.
 */
export function shapeOfLines(
  lines: readonly Uint8Array[],
  label?: string | false,
): LineShape | Trouble | null {
  if (lines.length === 0) return null;
  const words = lines.map(wordsOf);
  const bare = words.filter(({ fields, numbers }) => numbers === fields);
  if (bare.length === words.length) return bareShape(words, label);
  const decimal = bare.filter(({ first }) => isDecimal(first));
  if (decimal.length * 2 > words.length) {
    return { cols: mostCommon(decimal.map(({ fields }) => fields)).value, labels: false };
  }
  // A blank label before d numbers looks like a label and d − 1.
  const clear = words.filter((line) => !line.indented || line.numbers < line.fields);
  const counts = clear.map(labelledCount);
  const { value: cols, share } = mostCommon(counts);
  const commas = mostCommon(clear.map((line) => Math.min(line.commas, line.fields - 1)));
  if (commas.value > cols && commas.share > 0.5) return { trouble: COMMA_TROUBLE };
  if (cols === 0) return null;
  if (clear.filter(({ delimited }) => delimited).length * 2 > clear.length) return null;
  const glued = clear.filter((line) => line.glued !== '');
  if (glued.length * 2 > clear.length) {
    const shown = JSON.stringify(glued[0].glued.slice(0, 40));
    return {
      trouble: `the first number stands right behind the label (${shown}); put a blank between.`,
    };
  }
  return share > 0.5 ? { cols, labels: true } : unevenTrouble(counts);
}

/** Numbers of a line that belong to the vector, for comparison with other formats. */
export function numbersOfLines(lines: readonly Uint8Array[]): number {
  const words = lines.map(wordsOf);
  const counts = words.map((line) =>
    Math.max(labelledCount(line), Math.min(line.commas, line.fields - 1)),
  );
  return mostCommon(counts).value;
}

/** Numbers that most of the lines have, and whether half of them have a label and `cols`. */
export function fitOfLines(
  lines: readonly Uint8Array[],
  cols: number,
): { fits: boolean; most: number } {
  const counts = lines.map((line) => {
    const words = wordsOf(line);
    const isBlankLabel = words.indented && words.numbers === words.fields && words.fields === cols;
    return isBlankLabel ? cols : labelledCount(words);
  });
  const fitting = counts.filter((count) => count === cols).length;
  return { fits: fitting * 2 >= counts.length, most: mostCommon(counts).value };
}

/**
 * Whether a line before the rows is a comment: it begins with #, does not end in a number, and is not made of
 * fractions for the most part, as a row is whose last value is missing.
 */
export function isCommentLine(line: Uint8Array): boolean {
  if (line[0] !== 0x23) return false;
  const { numbers, commas } = wordsOf(line);
  if (numbers > 0 || commas > 0) return false;
  const words = textOf(line, 0, line.length)
    .trim()
    .split(/[ \t]+/)
    .slice(1);
  return (
    2 * words.filter((word) => /^[+-]?\d*\.\d+(e[+-]?\d+)?$/i.test(word)).length <= words.length
  );
}

/** Numbers that must have equally many decimals to say that all have. */
const ENOUGH = 50;

/** The decimals every number has in these lines, where there are many and all have as many. */
export function fixedDecimals(texts: Iterable<string>): number | undefined {
  let decimals: number | undefined;
  let count = 0;
  for (const text of texts) {
    const found = decimalsOf(text);
    if (found === undefined || (decimals !== undefined && found !== decimals)) return undefined;
    decimals = found;
    count++;
  }
  return count >= ENOUGH ? decimals : undefined;
}

/** Digits behind the point of a number without an exponent. */
export function decimalsOf(text: string): number | undefined {
  const match = /^\s*[+-]?\d*(?:[.,](\d*))?\s*$/.exec(text);
  return match ? (match[1] ?? '').length : undefined;
}

/** The last `cols` words of each line. */
export function* lastWords(lines: readonly Uint8Array[], cols: number): Generator<string> {
  for (const line of lines) {
    let end = trimmedEnd(line, 0, line.length);
    for (let c = 0; c < cols && end > 0; c++) {
      const start = wordStart(line, 0, end);
      yield textOfWord(line, start, end);
      end = trimmedEnd(line, 0, start);
    }
  }
}
