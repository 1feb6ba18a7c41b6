import type { ComparisonRow } from '../../families/comparisons/types.ts';
import { NONE, significant, titled } from './format.ts';
import { type TerminalStyle, textTable } from './terminal.ts';

/** Every number about two spaces beside its value for unrelated rows; no final newline. */
export function comparisonTable(rows: readonly ComparisonRow[], style: TerminalStyle): string {
  const range = (low: number | null | undefined, high: number | null | undefined) =>
    low === null || low === undefined || high === null || high === undefined
      ? ''
      : `${number(low)} to ${number(high)}`;
  return textTable(
    [
      { head: '', cells: rows.map(({ title, options }) => titled(title, options)), left: true },
      { head: 'value', cells: rows.map(({ value }) => number(value)), bold: true },
      {
        head: '95 % interval',
        cells: rows.map(({ low, high }) => range(low, high)),
        left: true,
        optional: 1,
      },
      { head: 'unrelated', cells: rows.map((row) => number(row.null?.value ?? null)) },
      {
        head: '95 % of unrelated',
        cells: rows.map((row) => range(row.null?.low, row.null?.high)),
        left: true,
        optional: 2,
      },
      { head: 'p', cells: rows.map((row) => probability(row.null?.pValue)), optional: 3 },
      {
        head: 'alike is',
        cells: rows.map(({ kind }) => (kind === 'similarity' ? 'large' : 'small')),
        left: true,
        optional: 4,
      },
    ],
    style,
  );
}

function number(value: number | null): string {
  if (value === null) return NONE;
  return Math.abs(value) < 0.00005 ? '0' : significant(value, 3);
}

function probability(p: number | undefined): string {
  if (p === undefined) return '';
  return p < 0.0001 ? '<0.0001' : significant(p, 2);
}
