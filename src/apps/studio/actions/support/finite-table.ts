import { requireFinite } from '../../../../core/finite.ts';
import type { State, StudioTable } from '../../session/state.ts';
import { tableOf } from './lookup.ts';

/** The table of that id; a sentence names rows that are no numbers. */
export function finiteTable(action: string, state: State, id: string): StudioTable {
  const source = tableOf(action, state, id);
  requireFinite(action, source.table.points);
  return source;
}
