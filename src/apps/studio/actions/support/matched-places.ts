import { InputError } from '../../../../core/errors.ts';
import { pairsByLabel } from '../../../verbs/align.ts';
import type { StudioTable } from '../../session/state.ts';

/** Rows of two tables that are about the same thing: place by place. */
export interface MatchedPlaces {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly by: 'position' | 'label';
}

/** Rows brought together by label where both tables have the same ones in another order, else by place. */
export function matchedPlaces(action: string, a: StudioTable, b: StudioTable): MatchedPlaces {
  const [m, n] = [a.table.points.rows, b.table.points.rows];
  const [ofA, ofB] = [a.table.labels, b.table.labels];
  const isSame = m === n && (!ofA || !ofB || ofA.every((label, i) => label === ofB[i]));
  if (isSame) return { ...inOrder(m), by: 'position' };
  if (ofA && ofB) {
    const { a: inA, b: inB } = pairsByLabel(a.table, b.table) ?? { a: [], b: [] };
    if (inA.length > 1) return { a: Int32Array.from(inA), b: Int32Array.from(inB), by: 'label' };
  }
  if (m === n) return { ...inOrder(m), by: 'position' };
  throw new InputError(
    action,
    `table ${a.id} has ${m} rows and table ${b.id} has ${n}, without labels in common: no rows belong together.`,
  );
}

function inOrder(n: number): { readonly a: Int32Array; readonly b: Int32Array } {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return { a: rows, b: rows };
}
