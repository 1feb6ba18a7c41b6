import { signal } from '@preact/signals';
import type { FieldValues } from './arrays.ts';

/** What is shown of a field: these texts no longer, or numbers in a range alone. */
export type Filter =
  | {
      readonly kind: 'without';
      readonly table: string;
      readonly field: string;
      readonly names: readonly string[];
    }
  | {
      readonly kind: 'range';
      readonly table: string;
      readonly field: string;
      readonly low: number;
      readonly high: number;
    }
  | {
      readonly kind: 'rows';
      readonly table: string;
      readonly field: string;
      readonly rows: Int32Array;
    };

export const filters = signal<readonly Filter[]>([]);

export function filterOf(table: string, field: string): Filter | undefined {
  return filters.value.find((one) => one.table === table && one.field === field);
}

/** Sets the filter of a field, or takes it away. */
export function setFilter(table: string, field: string, filter: Filter | undefined): void {
  const others = filters.value.filter((one) => one.table !== table || one.field !== field);
  filters.value = filter ? [...others, filter] : others;
}

export function toggleCategory(table: string, field: string, name: string): void {
  const known = filterOf(table, field);
  const names = known?.kind === 'without' ? known.names : [];
  const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
  setFilter(
    table,
    field,
    next.length > 0 ? { kind: 'without', table, field, names: next } : undefined,
  );
}

export function showOnly(table: string, field: string, name: string, all: readonly string[]): void {
  setFilter(table, field, {
    kind: 'without',
    table,
    field,
    names: all.filter((one) => one !== name),
  });
}

/** 1 where a row is not shown; undefined where all are. */
export function hiddenRows(
  table: string,
  rows: number,
  valuesOf: (table: string, field: string) => FieldValues | undefined,
): Uint8Array | undefined {
  const active = filters.value.filter((one) => one.table === table);
  if (active.length === 0) return undefined;
  const hidden = new Uint8Array(rows);
  for (const filter of active) {
    if (filter.kind === 'rows') {
      const shown = new Uint8Array(rows);
      for (const row of filter.rows) shown[row] = 1;
      for (let row = 0; row < rows; row++) if (shown[row] === 0) hidden[row] = 1;
      continue;
    }
    const values = valuesOf(table, filter.field);
    if (values) hide(hidden, filter, values);
  }
  return hidden;
}

function hide(hidden: Uint8Array, filter: Filter, { numbers, texts }: FieldValues): void {
  if (filter.kind === 'range' && numbers) {
    const { low, high } = filter;
    for (let i = 0; i < numbers.length; i++)
      if (!(numbers[i] >= low && numbers[i] <= high)) hidden[i] = 1;
  }
  if (filter.kind === 'without' && texts) {
    const names = new Set(filter.names);
    for (let i = 0; i < texts.length; i++) if (names.has(texts[i])) hidden[i] = 1;
  }
}
