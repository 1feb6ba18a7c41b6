import { cured } from '../../verbs/cured.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { finiteTable } from './support/finite-table.ts';

/**
 * Scales each row to unit length and subtracts the mean row: a direction that all rows share is gone. Facts and arrays are
 * those of `normalize`.
 */
export const center = defineAction({
  id: 'center',
  summary: 'Takes the direction that all rows share out of a table: unit rows less their mean.',
  parameters: { table: { kind: 'text', doc: 'Id of the table.', default: 'a' }, ...judged },
  isStep: true,
  async run(state, { table, judge }, context) {
    const source = finiteTable('center', state, table);
    const [points] = await cured(source.table.points, { id: 'subtract-mean' });
    return acted(state, source, points, { action: 'center', judge }, context);
  },
});
