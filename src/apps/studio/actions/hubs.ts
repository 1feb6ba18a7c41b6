import type { KnnGraph } from '../../../core/graph.ts';
import { boolean, integer } from '../../../method/options.ts';
import { occurrences } from '../../../structures/neighbors/occurrences.ts';
import { fieldOf } from '../session/fields.ts';
import type { StudioTable } from '../session/state.ts';
import { type ActionContext, defineAction } from './define.ts';
import { packedFields, withFields } from './support/changes.ts';
import { type Examined, examined, spreaderOf } from './support/examined.ts';
import { LISTED, neighborsOf } from './support/known.ts';
import { tableOf } from './support/lookup.ts';
import { namedRows } from './support/named-rows.ts';

const METRICS = ['hubness-skewness', 'largest-hub', 'anti-hubs', 'robin-hood'];

/**
 * Rows that are among the nearest of very many, and rows that are so of none.
 *
 * Facts: `k`; `hubs [{row, label, value}]`, the number of lists that hold the row, most first; `neverFound [{row, label, value}]` and
 * `neverFoundCount`; `lists`, how many were looked at: of very many rows a sample, whose counts are scaled up and which can't say what is
 * never found (null); `metrics` (hubness-skewness, largest-hub, anti-hubs, robin-hood, as in `measure`); `findings` with the `fix` in
 * words and the `cure` as data; `fields`. Array `hub-count`: n.
 */
export const hubs = defineAction({
  id: 'hubs',
  summary:
    'The rows that are among the neighbors of very many, those that no list holds, and what helps.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    k: integer(10, 'Neighbors of each row.', { min: 1, max: LISTED }),
    count: integer(20, 'How many rows to name.', { min: 1, max: 1000 }),
    all: boolean(
      false,
      'Count in the lists of all rows, approximate ones where there are very many, which takes a minute.',
    ),
  },
  isStep: true,
  async run(state, { table: id, k: wanted, count, all }, context) {
    const owner = tableOf('hubs', state, id);
    const metrics = METRICS.map((metric) => (wanted === 10 ? metric : `${metric}(k=${wanted})`));
    const found = await examined(owner, { metrics, numbersAlone: true }, context, 'hubs');
    const { counts, lists, k } = await countsIn(owner, found, wanted, all, context);
    const known = Int32Array.from(counts.keys()).filter((row) => Number.isFinite(counts[row]));
    const order = known.sort((a, b) => counts[b] - counts[a] || a - b);
    const isWhole = lists === order.length;
    const never = isWhole ? order.filter((row) => counts[row] === 0) : new Int32Array(0);
    const title = `lists of ${k} that hold the row`;
    const field = fieldOf('hub-count', counts, { from: 'hubs', kind: 'number', title });
    const counted = (row: number) => counts[row];
    return {
      state: withFields(state, id, [field]),
      facts: {
        k,
        lists,
        hubs: namedRows(owner, order.subarray(0, count), counted),
        neverFound: namedRows(owner, never.subarray(0, count), counted),
        neverFoundCount: isWhole ? never.length : null,
        metrics: found.numbers,
        findings: found.findings,
        fields: [field.info],
      },
      arrays: packedFields([field]),
    };
  },
});

/** In how many lists each row is; NaN of rows without a direction. */
async function countsIn(
  owner: StudioTable,
  { inspection }: Examined,
  wanted: number,
  all: boolean,
  context: ActionContext,
) {
  const n = owner.table.points.rows;
  if (!inspection) return { counts: new Float64Array(n).fill(Number.NaN), lists: 0, k: 0 };
  const { neighbors, points } = inspection.details;
  const isKnown = neighbors.k >= Math.min(wanted, points.rows - 1) && !(all && neighbors.rows);
  const graph: KnnGraph = isKnown
    ? neighbors
    : await neighborsOf(owner.table.points, context.engine, context);
  const k = Math.min(wanted, graph.k);
  const counts = occurrences(graph, k, isKnown ? points.rows : n);
  const scale = graph.rows ? points.rows / graph.n : 1;
  const scaled = Float64Array.from(counts, (count) => count * scale);
  return { counts: isKnown ? spreaderOf(inspection, n)(scaled) : scaled, lists: graph.n, k };
}
