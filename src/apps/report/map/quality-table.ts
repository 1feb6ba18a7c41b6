import { count, NONE, significant } from '../format.ts';
import { type TerminalStyle, textTable } from '../terminal.ts';
import { type MapQuality, QUALITY_NUMBERS, QUALITY_WORDS } from './contract.ts';

/** What a map of n rows keeps, number by number, beside a random map; no final newline. */
export function qualityTable(quality: MapQuality, n: number, style: TerminalStyle): string {
  const numbers = QUALITY_NUMBERS.map((name) => quality[name]);
  const titles = QUALITY_NUMBERS.map((name) => QUALITY_WORDS[name].title);
  const table = textTable(
    [
      { head: '', cells: titles, left: true },
      { head: 'value', cells: numbers.map(({ value }) => shownNumber(value)), bold: true },
      {
        head: '95 % interval',
        cells: numbers.map(({ low, high }) => shownRange(low, high)),
        left: true,
        optional: 1,
      },
      { head: 'random map', cells: numbers.map((it) => shownNumber(it.null?.value ?? null)) },
    ],
    style,
  );
  return `${table}\n${askedSentence(quality, n)}`;
}

/** Of how many rows the numbers are. */
export function askedSentence({ rows, sphere }: MapQuality, n: number): string {
  const asked =
    rows < n
      ? `Neighbours of ${count(rows)} rows, looked for among all ${count(n)}`
      : `Neighbours of all ${count(n)} rows`;
  return `${asked}; ${sphere ? 'angles on the sphere' : 'distances'} at the best scale. Stress is better the smaller it is.`;
}

export function shownNumber(value: number | null): string {
  if (value === null) return NONE;
  return Math.abs(value) < 0.00005 ? '0' : significant(value, 3);
}

export function shownRange(
  low: number | null | undefined,
  high: number | null | undefined,
): string {
  if (low === null || low === undefined || high === null || high === undefined) return '';
  return `${shownNumber(low)} to ${shownNumber(high)}`;
}
