import { signal } from '@preact/signals';
import type { FieldInfo } from '../../contract.ts';
import { vectorsKey } from './session.ts';

/** A number as `measure` answers it. */
export interface MeasuredNumber {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly summary: string;
  readonly unit?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly null?: { readonly value: number; readonly low?: number; readonly high?: number } | null;
  readonly reading: string;
  readonly rows?: readonly number[];
  readonly fields: readonly string[];
}

export interface FindingFacts {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly sentence: string;
  readonly rows: readonly number[];
  readonly fix: string;
  readonly cure?: unknown;
}

export interface MeasuredFacts {
  readonly n: number;
  readonly metrics: readonly MeasuredNumber[];
  readonly findings: readonly FindingFacts[];
  readonly warnings?: readonly string[];
}

export interface NamedRow {
  readonly row: number;
  readonly label: string;
  readonly value: number;
}

export interface RowLists {
  readonly hubs?: readonly NamedRow[];
  readonly alone?: readonly NamedRow[];
  readonly farthest?: readonly NamedRow[];
  readonly groups?: readonly {
    readonly rows: readonly number[];
    readonly labels: readonly string[];
  }[];
  readonly findings?: readonly FindingFacts[];
  readonly fields?: readonly FieldInfo[];
}

interface Known {
  readonly facts?: MeasuredFacts;
  readonly kind?: 'hubs' | 'duplicates' | 'outliers';
  readonly lists?: Readonly<Record<string, RowLists>>;
}

/** What was measured of each table with each state of its vectors, while the page is open. */
const measured = signal<Readonly<Record<string, Known | undefined>>>({});

const keyOf = (table: string): string => `${table} ${vectorsKey.value}`;

/** What was measured of a table as it is now. */
export const measuredOf = (table: string): Known | undefined => measured.value[keyOf(table)];

export function remember(table: string, news: Known): void {
  const key = keyOf(table);
  measured.value = { ...measured.value, [key]: { ...measured.value[key], ...news } };
}
