import { isLabelName, isVectorName } from './column-names.ts';

type Records = readonly (readonly string[])[];

/** What tells values from names. */
export interface Values {
  readonly isNumber: (text: string) => boolean;
  readonly isList: (text: string) => boolean;
}

/** Whether the first record is a line of names; or why that cannot be told, as the end of a sentence. */
export type Header = boolean | { readonly trouble: string };

/** What programs write where a value is missing. */
const MISSING = /^(na|n\/a|#n\/a|nil|none|null|missing|-+|\?|\.)?$/i;

const UNDECIDED: Header = {
  trouble: 'could be the names of the columns or a row; say which (--header or --no-header)',
};

/** Whether a text is written as a fraction or none at all, as hardly any column of whole numbers has. */
const isFraction = (text: string): boolean => !/^\s*[+-]?\d+\s*$/.test(text);

/**
 * Whether names stand in the first record. They do where columns of numbers or lists begin with
 * something else. Whole numbers that count the columns (pandas: `label,0,1,2`) are names where
 * the values below are fractions, or where the column beside them is called as labels are.
 */
export function headerOf([first, ...rest]: Records, { isNumber, isList }: Values): Header {
  const at = first.map((_, i) => i);
  if (rest.length === 0) {
    if (!first.some((text) => isNumber(text) || isList(text))) return true;
    return countsColumns(first.filter(isNumber)) && first.some(isLabelName);
  }
  // A vector may be in text that looks like any other; a name of one is no value.
  if (first.some((text) => isVectorName(text.trim()))) return true;
  const below = at.map((i) => rest.map((row) => row[i] ?? '').filter((text) => text.trim() !== ''));
  const lists = at.filter((i) => below[i].length > 0 && below[i].every(isList));
  if (lists.some((i) => first[i] !== '' && !isList(first[i]))) return true;
  const numbers = at.filter((i) => below[i].length > 0 && below[i].every(isNumber));
  if (numbers.length === 0) return false;
  // pandas leaves the name of its index empty.
  const hasIndex =
    first[0] === '' && numbers[0] === 0 && below[0].every((text) => !isFraction(text));
  const cells = (hasIndex ? numbers.slice(1) : numbers).map((i) => first[i].trim());
  const values = cells.filter(isNumber);
  const names = cells.filter((text) => !isNumber(text));
  if (names.some((text) => MISSING.test(text))) {
    const missing = numbers.find((i) => MISSING.test(first[i].trim())) ?? 0;
    return {
      trouble: `is neither a row nor a line of names: its field ${missing + 1} is ${first[missing].trim() === '' ? 'empty' : JSON.stringify(first[missing])}, and numbers stand below it`,
    };
  }
  if (values.length === 0) return names.length > 0;
  const isCount = countsColumns(values);
  if (!isCount) {
    if (names.length === 0 && !hasIndex) return false;
    const odd = numbers.find((i) => !isNumber(first[i])) ?? 0;
    return {
      trouble: `is neither a row nor a line of names: its field ${odd + 1} is ${JSON.stringify(first[odd])}, other fields are numbers, and numbers stand below them all`,
    };
  }
  // A word above numbers, and beside it the columns counted.
  if (names.length > 0 && isFromStart(values.map(Number))) return true;
  const under = (hasIndex ? numbers.slice(1) : numbers).flatMap((i) => below[i]);
  return countedHeader(
    values.map(Number),
    under.filter(isFraction).length / under.length,
    under.length,
    hasIndex ? isCounting(below[0]) : at.some((i) => !numbers.includes(i) && isLabelName(first[i])),
  );
}

/** Whether whole numbers go up by one. */
function isCounting(texts: readonly string[]): boolean {
  return texts.every((text, i) => Number(text) === Number(texts[0]) + i);
}

/** Whether texts are whole numbers that count on without a gap, in any order. */
function countsColumns(texts: readonly string[]): boolean {
  if (texts.length === 0 || !texts.every((text) => /^\d+$/.test(text))) return false;
  const numbers = texts.map(Number).sort((a, b) => a - b);
  return numbers.every((number, i) => number === numbers[0] + i);
}

/** Whether numbers go up by one from 0 or 1. */
function isFromStart(numbers: readonly number[]): boolean {
  return numbers[0] <= 1 && numbers.every((number, i) => number === numbers[0] + i);
}

/** Values that must be fractions without exception, to take two whole numbers above them for names. */
const ENOUGH = 8;

/** Whether numbers that count the columns are their names; `isLabelled`: a column beside them is a label by its name. */
function countedHeader(
  numbers: readonly number[],
  fractions: number,
  values: number,
  isLabelled: boolean,
): Header {
  const isInOrder = numbers.every((number, i) => i === 0 || number === numbers[i - 1] + 1);
  const [start] = numbers;
  if (isLabelled && isInOrder && start <= 1 && (numbers.length > 1 || fractions > 0)) return true;
  if (fractions >= 0.9) {
    const isPlain = start === 0 || !isInOrder || start > 1;
    if (numbers.length > 2 && isPlain) return true;
    if (numbers.length === 2 && start === 0 && isInOrder && fractions === 1 && values >= ENOUGH) {
      return true;
    }
    return numbers.length > 1 || start <= 1 ? UNDECIDED : false;
  }
  return start === 0 && isInOrder ? UNDECIDED : false;
}
