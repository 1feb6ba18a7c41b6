import type { Matrix } from '../../../../core/matrix.ts';
import type { PackedArray } from '../../../../io/packed.ts';
import type { State, StudioField, StudioMap, StudioTable } from '../../session/state.ts';

/** The state with a table in place of the one of its id, or beside the others. */
export function withTable(state: State, table: StudioTable): State {
  return { ...state, tables: new Map(state.tables).set(table.id, table) };
}

/** The state with fields of a table: new ones, or in place of those of their ids. */
export function withFields(state: State, id: string, fields: readonly StudioField[]): State {
  const table = state.tables.get(id);
  if (!table || fields.length === 0) return state;
  const all = new Map(table.fields);
  for (const field of fields) all.set(field.info.id, field);
  return withTable(state, { ...table, fields: all });
}

export function withMap(state: State, map: StudioMap): State {
  return { ...state, maps: new Map(state.maps).set(map.info.id, map) };
}

/** The wanted name, or with the first number that makes it a new one: `umap`, `umap-2`. */
export function freeName(wanted: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count++) {
    const name = `${wanted}-${count}`;
    if (!taken.has(name)) return name;
  }
}

export function packedMatrix({ data, rows, cols }: Matrix): PackedArray {
  return { data, shape: [rows, cols] };
}

export function packedList(data: Float64Array | Float32Array | Int32Array): PackedArray {
  return { data, shape: [data.length] };
}

/** What was measured of each row, as arrays of an answer. */
export function packedFields(
  fields: readonly StudioField[],
): Readonly<Record<string, PackedArray>> {
  return Object.fromEntries(
    fields.flatMap(({ info, values }) =>
      values instanceof Float64Array ? [[info.id, packedList(values)]] : [],
    ),
  );
}
