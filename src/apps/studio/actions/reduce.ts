import { OptionError } from '../../../core/errors.ts';
import { reduce as reduced } from '../../verbs/reduce.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { finiteTable } from './support/finite-table.ts';

/**
 * Gives the rows of a table the columns of a reduction, so that all that follows speaks of these. For a picture alone, `map`.
 *
 * Facts: those of `normalize` (`moved` is null: the columns are others), `method`, `facts` and `warnings` of the reduction.
 */
export const reduce = defineAction({
  id: 'reduce',
  summary: 'Replaces the columns of a table by those of a reduction of the catalogue.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    method: { kind: 'text', doc: 'Id of the reduction: pca, random-projection, …', default: 'pca' },
    options: { kind: 'options', doc: 'Options of the reduction, such as dim.' },
    ...judged,
  },
  isStep: true,
  async run(state, { table, method, options, judge }, context) {
    const source = finiteTable('reduce', state, table);
    const { engine, signal, onProgress } = context;
    const made = await reduced(source.table.points, method, options, {
      engine,
      signal,
      onProgress,
    });
    const points = made.points;
    if (points.rows !== source.table.points.rows)
      throw new OptionError('reduce', 'method', 'a reduction that keeps all rows', method);
    const facts = { method, facts: made.facts, warnings: made.warnings };
    const act = { action: 'reduce', judge, isSameSpace: false, facts };
    return acted(state, source, points, act, context);
  },
});
