import { type Column, mapColumns } from '../../io/table.ts';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WHOLE = /^[+-]?\d+$/;
/** `007` and `01234` are names that are written with digits. */
const LEADING_ZERO = /^[+-]?0\d/;

/**
 * Columns by what their values are: files of text hold everything as texts, and a column becomes numbers where each of its
 * texts is one that float64 holds. Blank texts and `nan` are missing; a column of nothing else stays texts.
 */
export function typedColumns(columns: Readonly<Record<string, Column>>): Record<string, Column> {
  return mapColumns(columns, (column) =>
    column instanceof Float64Array ? column : (numbersIn(column) ?? column),
  );
}

function numbersIn(column: readonly string[]): Float64Array | undefined {
  const numbers = new Float64Array(column.length).fill(Number.NaN);
  let some = false;
  for (const [row, cell] of column.entries()) {
    const text = cell.trim();
    if (text === '' || text.toLowerCase() === 'nan') continue;
    const value = Number(text);
    const isHeld = Number.isFinite(value) && (!WHOLE.test(text) || Number.isSafeInteger(value));
    if (!isHeld || !DECIMAL.test(text) || LEADING_ZERO.test(text)) return undefined;
    numbers[row] = value;
    some = true;
  }
  return some ? numbers : undefined;
}
