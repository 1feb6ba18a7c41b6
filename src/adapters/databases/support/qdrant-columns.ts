import type { Column } from '../../../io/table.ts';
import { membersOf, type Slice } from './json-slices.ts';

/**
 * What the fields of payloads become: `number` where all that are there are numbers, `text` where all are texts, `json`
 * where they are anything else: lists, objects, truth, whole numbers beyond 2⁵³, or some of each.
 */
export type FieldKind = 'number' | 'text' | 'json';

/** What was seen of the values of a field. */
interface Seen {
  numbers: boolean;
  texts: boolean;
  others: boolean;
}

const QUOTE = '"';
const isNumber = (first: string): boolean => first === '-' || (first >= '0' && first <= '9');

/** Whether float64 has the number to its last digit; those with a fraction are float64 at the server, too. */
const isExact = (text: string): boolean => /[.eE]/.test(text) || Number.isSafeInteger(Number(text));

/** Looks at payloads one after another. */
export function fieldsSeen() {
  const fields = new Map<string, Seen>();
  return {
    look(payload: string): void {
      for (const [name, { start, end }] of membersOf(payload)) {
        const seen = fields.get(name) ?? { numbers: false, texts: false, others: false };
        fields.set(name, seen);
        const first = payload[start];
        if (first === QUOTE) seen.texts = true;
        else if (isNumber(first) && isExact(payload.slice(start, end))) seen.numbers = true;
        else if (first !== 'n') seen.others = true;
      }
    },
    /** By name, in the order of their names. */
    kinds(): Map<string, FieldKind> {
      return new Map(
        [...fields]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { numbers, texts, others }]) => {
            if (others || (numbers && texts)) return [name, 'json'];
            return [name, numbers ? 'number' : 'text'];
          }),
      );
    },
  };
}

/** A column that is filled row by row; what is missing is NaN, or an empty text. */
export function columnOf(kind: FieldKind, size: number) {
  const numbers = kind === 'number' ? new Float64Array(size).fill(Number.NaN) : undefined;
  const texts: string[] = numbers ? [] : new Array<string>(size).fill('');
  return {
    /** Whether the value is of the kind. */
    put(row: number, payload: string, { start, end }: Slice): boolean {
      const text = payload.slice(start, end);
      if (text === 'null') return true;
      if (kind === 'json') texts[row] = text;
      else if (numbers && isNumber(text[0])) numbers[row] = Number(text);
      else if (kind === 'text' && text.startsWith(QUOTE)) texts[row] = JSON.parse(text) as string;
      else return false;
      return true;
    },
    values: (rows: number): Column => (numbers ?? texts).slice(0, rows) as Column,
  };
}

/** One value as JSON; undefined where it is missing. */
export function valueText(value: string | number, kind: string | undefined): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : undefined;
  if (value === '') return undefined;
  return kind === 'json' && isJson(value) ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
