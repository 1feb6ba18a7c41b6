import { defineAction } from './define.ts';
import { packedList } from './support/changes.ts';
import { nameOfRow, selectionOf, tableOf } from './support/lookup.ts';

const MOST_LABELS = 1000;

/**
 * The rows of a selection.
 *
 * Facts: `selection {name, table, count}`, `labels` of the first 1,000. Array `rows`, ascending.
 */
export const selection = defineAction({
  id: 'selection',
  summary: 'The rows of a selection.',
  parameters: { name: { kind: 'text', doc: 'Its name.', default: 'selection' } },
  isStep: false,
  isQuick: true,
  run(state, { name }) {
    const { table, rows } = selectionOf('selection', state, name);
    const owner = tableOf('selection', state, table);
    return {
      facts: {
        selection: { name, table, count: rows.length },
        labels: Array.from(rows.subarray(0, MOST_LABELS), (row) => nameOfRow(owner, row)),
      },
      arrays: { rows: packedList(rows) },
    };
  },
});
