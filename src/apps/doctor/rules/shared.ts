import type { MetricRow } from '../../../families/metrics/types.ts';
import type { Examined } from '../contract.ts';

/** A number to three digits, as sentences write it. */
export function digits(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** "hub (row 12), dot (row 7)": the first rows by label, at most three. */
export function named(rows: readonly number[], { labelOf }: Pick<Examined, 'labelOf'>): string {
  const shown = rows.slice(0, 3).map((row) => {
    const label = labelOf(row);
    return label === `row ${row}` ? label : `${label} (row ${row})`;
  });
  return shown.join(', ') + (rows.length > 3 ? ', …' : '');
}

/** The lower end of the interval, or the value where there is none: what is certain at least. */
export function atLeast(row: MetricRow | undefined): number {
  return row?.low ?? row?.value ?? NaN;
}

/** Whether a number is for certain above a bound, and above what chance makes of so few rows. */
export function above(row: MetricRow | undefined, bound: number): boolean {
  return atLeast(row) > Math.max(bound, row?.null?.high ?? bound);
}

export function atMost(row: MetricRow | undefined): number {
  return row?.high ?? row?.value ?? NaN;
}

export function spreadCommand({ source }: Examined): string {
  return `tammes disperse ${source} -o spread.npy`;
}
