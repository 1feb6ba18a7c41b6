import { cured } from '../../verbs/cured.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { finiteTable } from './support/finite-table.ts';

/** Scales each row to unit length; rows of zeros stay so. Facts and arrays are those of `disperse` but for the run's. */
export const normalize = defineAction({
  id: 'normalize',
  summary: 'Scales each row of a table to unit length.',
  parameters: { table: { kind: 'text', doc: 'Id of the table.', default: 'a' }, ...judged },
  isStep: true,
  async run(state, { table, judge }, context) {
    const source = finiteTable('normalize', state, table);
    const [points] = await cured(source.table.points, { id: 'scale-rows' });
    return acted(state, source, points, { action: 'normalize', judge }, context);
  },
});
