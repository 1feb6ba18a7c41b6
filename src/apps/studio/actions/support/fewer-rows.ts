import { gathered } from '../../../../core/matrix.ts';
import { takenRows } from '../../../../io/table.ts';
import type { Answer } from '../../contract.ts';
import type { State, StudioField, StudioMap, StudioTable } from '../../session/state.ts';
import type { Outcome } from '../define.ts';
import { packedMatrix } from './changes.ts';

/** Some rows of a table as a table: the same one with fewer rows, or one beside it. */
export interface Part {
  readonly id: string;
  readonly name: string;
  readonly places: readonly number[];
}

/**
 * The state with parts of a table, their fields, and, of a table that keeps its id, its maps and selections with the rows
 * that are left; measured fields speak of rows that have gone and go too.
 */
export function withRowsOf(state: State, source: StudioTable, parts: readonly Part[]): Outcome {
  const tables = new Map(state.tables);
  const made: Record<string, NonNullable<Answer['arrays']>[string]> = {};
  let after = state;
  for (const { id, name, places } of parts) {
    const table = takenRows(source.table, places);
    const ofFile = Array.from(source.fields).filter(([, { info }]) => info.from === 'file');
    const fields = new Map(ofFile.map(([key, field]) => [key, takenField(field, places)]));
    tables.set(id, { id, name, sha256: source.sha256, table, fields });
    made[id] = packedMatrix(table.points);
    if (id === source.id) after = withoutOthers(state, source, places);
  }
  const facts =
    parts.length === 1 && parts[0].id === source.id
      ? {
          table: source.id,
          rows: parts[0].places.length,
          dropped: source.table.points.rows - parts[0].places.length,
        }
      : { tables: parts.map(({ id }) => id) };
  return { state: { ...after, tables }, facts, made };
}

function takenField({ info, values }: StudioField, places: readonly number[]): StudioField {
  return {
    info,
    values:
      values instanceof Float64Array
        ? Float64Array.from(places, (row) => values[row])
        : places.map((row) => values[row]),
  };
}

/** Maps and selections of a table with the rows at those places, numbered anew. */
function withoutOthers(state: State, { id }: StudioTable, places: readonly number[]): State {
  const now = new Map(places.map((row, place) => [row, place]));
  const mapOf = (map: StudioMap): StudioMap =>
    map.info.table === id ? { ...map, points: gathered(map.points, places) } : map;
  const selections = Array.from(state.selections, ([name, selection]) => {
    if (selection.table !== id) return [name, selection] as const;
    const rows = Array.from(selection.rows).flatMap((row) => now.get(row) ?? []);
    return [name, { ...selection, rows: Int32Array.from(rows) }] as const;
  });
  return {
    ...state,
    maps: new Map(Array.from(state.maps, ([name, map]) => [name, mapOf(map)])),
    selections: new Map(selections),
  };
}
