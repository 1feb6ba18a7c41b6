import { choice } from '../../../method/options.ts';
import { defineAction } from './define.ts';
import { packedList } from './support/changes.ts';
import { chosenParameters, chosenRows } from './support/chosen-rows.ts';
import { tableOf } from './support/lookup.ts';

/**
 * A selection with a name, of rows, a condition or another selection; alone, or together with what it had.
 *
 * Facts: `selection {name, table, count}`. Array `rows`, ascending. Where nothing is chosen, the selection is given up: count 0.
 */
export const select = defineAction({
  id: 'select',
  summary: 'Names some rows, so that they can be shown, described, exported and left out.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    name: { kind: 'text', doc: 'What the selection is called.', default: 'selection' },
    ...chosenParameters,
    how: choice(
      ['replace', 'add', 'remove', 'keep', 'invert'],
      'replace',
      'In place of what it had, with it, out of it, only what is in both, or all rows that are not chosen.',
    ),
  },
  isStep: true,
  run(state, parameters) {
    const { table: id, name, how } = parameters;
    const owner = tableOf('select', state, id);
    const chosen = chosenRows('select', state, owner, parameters);
    const old = state.selections.get(name);
    const rows = combined(
      chosen ?? new Int32Array(0),
      old?.table === id ? old.rows : new Int32Array(0),
      chosen ? how : 'replace',
      owner.table.points.rows,
    );
    const selections = new Map(state.selections);
    if (rows.length > 0) selections.set(name, { name, table: id, rows });
    else selections.delete(name);
    return {
      state: { ...state, selections },
      facts: { selection: { name, table: id, count: rows.length } },
      arrays: { rows: packedList(rows) },
    };
  },
});

function combined(
  rows: Int32Array,
  old: Int32Array,
  how: 'replace' | 'add' | 'remove' | 'keep' | 'invert',
  n: number,
): Int32Array {
  if (how === 'replace') return rows;
  const chosen = new Set(rows);
  switch (how) {
    case 'add':
      return Int32Array.from(new Set([...old, ...rows])).sort();
    case 'remove':
      return old.filter((row) => !chosen.has(row));
    case 'keep':
      return old.filter((row) => chosen.has(row));
    case 'invert':
      return Int32Array.from({ length: n }, (_, row) => row).filter((row) => !chosen.has(row));
  }
}
