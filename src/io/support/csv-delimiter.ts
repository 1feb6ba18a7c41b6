import { isComment, sampleOf, widthOf } from './csv-sample.ts';
import { COMMA_NUMBER, POINTED_THOUSANDS } from './line-shape.ts';
import { numberOf } from './numbers.ts';
import { TAB } from './text.ts';

/** What a delimiter makes of the first records. */
export interface Delimited {
  readonly delimiter: number;
  readonly width: number;
  /** Columns of numbers or lists, less those whose values hold two numbers. */
  readonly numbers: number;
  /** Those of lists, among them. */
  readonly lists: number;
  /** Whether the first record, a line of names perhaps, has as many fields as the others. */
  readonly isEven: boolean;
  /** Another delimiter that does as well. */
  readonly rival?: number;
}

/** Records that decide. */
const SAMPLE = 20;

const NEARLY_ALL = 0.8;

const isNumberish = (text: string): boolean =>
  numberOf(text) !== undefined || COMMA_NUMBER.test(text) || POINTED_THOUSANDS.test(text);

/** Two numbers with a delimiter or a blank between them: another delimiter belongs here. */
const GLUED = /^[+-]?[\d.]*\d(e[+-]?\d+)?\s*[;,|\t ]\s*[+-]?\.?\d/i;

/** Between tabs, other delimiters are part of labels. */
const GLUED_BY_BLANKS = /^[+-]?[\d.]*\d(e[+-]?\d+)? +[+-]?\.?\d/i;

function kindOfColumn(
  values: readonly string[],
  glued: RegExp,
): 'numbers' | 'lists' | 'glued' | 'text' {
  const there = values.map((text) => text.trim()).filter((text) => text !== '');
  const share = (is: (text: string) => boolean): number => there.filter(is).length / there.length;
  if (there.length === 0) return 'text';
  if (share(isNumberish) >= NEARLY_ALL) return 'numbers';
  if (share((text) => text.startsWith('[')) >= NEARLY_ALL) return 'lists';
  return share((text) => glued.test(text)) > 0.5 ? 'glued' : 'text';
}

function delimitedBy(
  bytes: Uint8Array,
  start: number,
  isWhole: boolean,
  quotes: boolean,
  delimiter: number,
): Delimited | null {
  const sample = sampleOf(bytes, start, isWhole, { delimiter, quotes }, SAMPLE);
  if (!sample) return null;
  const { width, isClear } = widthOf(sample.records);
  if (width < 2 || !isClear) return null;
  const records = sample.records.filter(({ length }) => length === width);
  // JSON lines are no table, though they have commas.
  if (
    records.every((record) => /^\s*[[{]/.test(record[0]) && /[\]}]\s*$/.test(record[width - 1]))
  ) {
    if (records.some((record) => !/^\s*\[.*\]\s*$/.test(record[0]))) return null;
  }
  const glued = delimiter === TAB ? GLUED_BY_BLANKS : GLUED;
  const rows = records.length > 1 ? records.slice(1) : records;
  const kinds = Array.from({ length: width }, (_, i) =>
    kindOfColumn(
      rows.map((row) => row[i]),
      glued,
    ),
  );
  const count = (kind: string): number => kinds.filter((found) => found === kind).length;
  const lists = count('lists');
  return {
    delimiter,
    width,
    numbers: count('numbers') + lists - count('glued'),
    lists,
    isEven: sample.records.find((record) => !isComment(record))?.length === width,
  };
}

/**
 * The delimiter that gives most of the first records the same number of fields, the very first among
 * them where one does, and most columns of numbers; or null.
 */
export function guessedDelimiter(
  bytes: Uint8Array,
  start: number,
  isWhole: boolean,
  quotes: boolean,
): Delimited | null {
  const found = Array.from(',\t;|', (character) =>
    delimitedBy(bytes, start, isWhole, quotes, character.charCodeAt(0)),
  ).filter((delimited) => delimited !== null);
  if (found.length === 0) return null;
  const share = ({ numbers, width }: Delimited): number => numbers / width;
  const [best, second] = found.sort(
    (a, b) => Number(b.isEven) - Number(a.isEven) || b.numbers - a.numbers || share(b) - share(a),
  );
  const isTie =
    second?.isEven === best.isEven && second.numbers === best.numbers && best.numbers > 0;
  if (!isTie || share(second) !== share(best)) return best;
  return { ...best, rival: second.delimiter };
}
