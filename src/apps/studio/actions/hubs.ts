import { integer } from '../../../method/options.ts';
import { occurrences } from '../../../structures/neighbors/occurrences.ts';
import { fieldOf } from '../session/fields.ts';
import { defineAction } from './define.ts';
import { packedFields, withFields } from './support/changes.ts';
import { examined } from './support/examined.ts';
import { LISTED, neighborsOf } from './support/known.ts';
import { tableOf } from './support/lookup.ts';
import { namedRows } from './support/named-rows.ts';

/**
 * Rows that are among the nearest of very many, and rows that are so of none.
 *
 * Facts: `k`; `hubs [{row, label, value}]`, the number of lists that hold the row, most first; `neverFound [{row, label, value}]` and
 * `neverFoundCount`; `metrics` (hubness-skewness, largest-hub, anti-hubs, robin-hood, as in `measure`); `findings` with the `fix` in words and the
 * `cure` as data; `fields`. Array `hub-count`: n. Lists of more than some ten thousand rows are approximate.
 */
export const hubs = defineAction({
  id: 'hubs',
  summary:
    'The rows that are among the neighbours of very many, those that no list holds, and what helps.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    k: integer(10, 'Neighbours of each row.', { min: 1, max: LISTED }),
    count: integer(20, 'How many rows to name.', { min: 1, max: 1000 }),
  },
  isStep: true,
  async run(state, { table: id, k, count }, context) {
    const owner = tableOf('hubs', state, id);
    const { rows: n } = owner.table.points;
    const term = (metric: string) => `${metric}${k === 10 ? '' : `(k=${k})`}`;
    const found = await examined(
      owner,
      { metrics: ['hubness-skewness', 'largest-hub', 'anti-hubs', 'robin-hood'].map(term) },
      context,
      'hubs',
    );
    const lists = await neighborsOf(owner.table.points, context.engine, context);
    const counts = occurrences(lists, Math.min(k, lists.k), n);
    const order = Int32Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
    const never = order.filter((row) => counts[row] === 0);
    const field = fieldOf('hub-count', Float64Array.from(counts), {
      from: 'hubs',
      kind: 'number',
      title: `lists of ${Math.min(k, lists.k)} that hold the row`,
    });
    const counted = (row: number) => counts[row];
    return {
      state: withFields(state, id, [field]),
      facts: {
        k: Math.min(k, lists.k),
        hubs: namedRows(owner, order.subarray(0, count), counted),
        neverFound: namedRows(owner, never.subarray(0, count), counted),
        neverFoundCount: never.length,
        metrics: found.numbers,
        findings: found.findings,
        fields: [field.info],
      },
      arrays: packedFields([field]),
    };
  },
});
