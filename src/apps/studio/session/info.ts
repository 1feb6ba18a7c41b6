import type { SessionInfo } from '../contract.ts';
import type { State } from './state.ts';

/** What can be said of a state without its arrays. */
export function infoOf(
  { tables, maps, selections, axes }: State,
  rest: Omit<SessionInfo, 'tables' | 'maps' | 'selections' | 'axes'>,
): SessionInfo {
  return {
    ...rest,
    tables: Array.from(tables.values(), ({ id, name, table: { points, labels }, fields }) => ({
      id,
      name,
      rows: points.rows,
      columns: points.cols,
      hasLabels: labels !== undefined,
      fields: Array.from(fields.values(), ({ info }) => info),
    })),
    maps: Array.from(maps.values(), ({ info }) => info),
    selections: Array.from(selections.values(), ({ name, table, rows }) => ({
      name,
      table,
      count: rows.length,
    })),
    axes: Array.from(axes.values(), ({ name, table, directions }) => ({
      name,
      table,
      directions: directions.names,
      method: directions.provenance.method,
    })),
  };
}
