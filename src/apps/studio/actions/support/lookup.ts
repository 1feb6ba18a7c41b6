import { InputError } from '../../../../core/errors.ts';
import type { State, StudioMap, StudioTable } from '../../session/state.ts';

/** The table of that id; a sentence names those there are. */
export function tableOf(action: string, { tables }: State, id: string): StudioTable {
  return found(action, 'table', tables, id);
}

export function mapOf(action: string, { maps }: State, id: string): StudioMap {
  return found(action, 'map', maps, id);
}

function found<T>(action: string, kind: string, all: ReadonlyMap<string, T>, id: string): T {
  const item = all.get(id);
  if (item !== undefined) return item;
  const known = [...all.keys()].join(', ') || 'none';
  throw new InputError(action, `there is no ${kind} ${JSON.stringify(id)}; there are: ${known}.`);
}
