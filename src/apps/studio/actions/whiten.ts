import { boolean, integer } from '../../../method/options.ts';
import { reduce } from '../../verbs/reduce.ts';
import { defineAction } from './define.ts';
import { acted, judged } from './support/acted.ts';
import { finiteTable } from './support/finite-table.ts';

/**
 * The rows along their principal components, each divided by its standard deviation, without the leading ones where
 * `removeTop` says so ("all but the top"). Facts are those of `reduce`.
 */
export const whiten = defineAction({
  id: 'whiten',
  summary:
    'Gives all principal components of a table one variance, or leaves the leading ones out.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    removeTop: integer(0, 'Leading components to leave out.', { min: 0 }),
    scale: boolean(true, 'Whether components are divided by their standard deviation.'),
    ...judged,
  },
  isStep: true,
  async run(state, { table, removeTop, scale, judge }, context) {
    const source = finiteTable('whiten', state, table);
    const { points: x } = source.table;
    const { engine, signal } = context;
    // At least one, so that it is the reduction that says what is wrong with too many.
    const dim = Math.max(1, Math.min(x.rows - 1, x.cols) - removeTop);
    const options = { dim, removeTop, whiten: scale, solver: 'exact' };
    const made = await reduce(x, 'pca', options, { engine, signal });
    const facts = { method: 'pca', facts: made.facts, warnings: made.warnings };
    const act = { action: 'whiten', judge, isSameSpace: false, facts };
    return acted(state, source, made.points, act, context);
  },
});
