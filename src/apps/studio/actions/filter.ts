import { OptionError } from '../../../core/errors.ts';
import { defineAction } from './define.ts';
import { packedList } from './support/changes.ts';
import { rowsWhere } from './support/chosen-rows.ts';
import { tableOf } from './support/lookup.ts';

/**
 * Rows that pass a condition on the fields of a table, as `tammes search query --where` writes it.
 *
 * Facts: `where`, `count`, `of`. Array `rows`: the rows that pass, ascending.
 */
export const filter = defineAction({
  id: 'filter',
  summary: 'The rows that pass a condition on the fields.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    where: {
      kind: 'text',
      doc: 'The condition: year >= 2020 and topic in ("math", "art"); `label` is the label.',
    },
  },
  isStep: false,
  isQuick: true,
  run(state, { table: id, where }) {
    const owner = tableOf('filter', state, id);
    if (where === undefined) throw new OptionError('filter', 'where', 'a condition', where);
    const rows = rowsWhere(owner, where);
    return {
      facts: { where, count: rows.length, of: owner.table.points.rows },
      arrays: { rows: packedList(rows) },
    };
  },
});
