import { row } from '../../../core/matrix.ts';
import { number } from '../../../method/options.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import type { StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { packedFields, withFields } from './support/changes.ts';
import { type Examined, examined } from './support/examined.ts';
import { unitRowsOf } from './support/known.ts';
import { nameOfRow, tableOf } from './support/lookup.ts';

const MOST_GROUPS = 100;

/**
 * Groups of rows that nearly coincide.
 *
 * Facts: `groups [{rows, labels}]`, largest first, at most 100, the row that stays first; `count` of all groups; `angle`, the threshold in
 * degrees; `others`, all rows but the first of each group, to select or leave out; `metrics`, `findings` and `fields` as in
 * `measure`. Array `near-duplicates-size`: n, the size of each row's group, 1 alone.
 */
export const duplicates = defineAction({
  id: 'duplicates',
  summary: 'Groups of rows that nearly coincide, and what helps.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    angle: number(1, 'Rows farther apart than this many degrees are not duplicates.', {
      min: 0,
      max: 90,
    }),
  },
  isStep: true,
  async run(state, { table: id, angle }, context) {
    const owner = tableOf('duplicates', state, id);
    const metrics = [angle === 1 ? 'near-duplicates' : `near-duplicates(angle=${angle})`];
    const found = await examined(owner, { metrics, numbersAlone: true }, context, 'duplicates');
    const [metric] = found.numbers;
    return {
      state: withFields(state, id, found.fields),
      facts: {
        groups: groupsIn(owner, found),
        count: metric?.value ?? 0,
        angle: metric?.table?.[0]?.['angle'] ?? null,
        others: metric?.rows ?? [],
        metrics: found.numbers,
        findings: found.findings,
        fields: found.fields.map(({ info }) => info),
      },
      arrays: packedFields(found.fields),
    };
  },
});

/** The metric names all of a group but its first row, which is found by its nearness to them. */
function groupsIn(owner: StudioTable, { numbers: [metric], fields: [field] }: Examined) {
  if (!metric?.rows || !field) return [];
  const named = new Set(metric.rows);
  const sizes = field.values as Float64Array;
  const firsts = new Set([...sizes.keys()].filter((i) => sizes[i] > 1 && !named.has(i)));
  const units = unitRowsOf(owner.table.points);
  let at = 0;
  return Array.from(metric.series?.y ?? [])
    .slice(0, MOST_GROUPS)
    .map((size) => {
      const others = metric.rows?.slice(at, at + size - 1) ?? [];
      at += size - 1;
      const alike = [...firsts].filter((i) => sizes[i] === size && i < others[0]);
      const [nearest] = alike
        .map((i) => ({ i, cosine: largestOf(others, (j) => dot(row(units, i), row(units, j))) }))
        .sort((a, b) => b.cosine - a.cosine || a.i - b.i);
      const first = nearest?.i;
      if (first !== undefined) firsts.delete(first);
      const rows = first === undefined ? others : [first, ...others];
      return { rows, labels: rows.map((i) => nameOfRow(owner, i)) };
    });
}

function largestOf(rows: readonly number[], of: (row: number) => number): number {
  return rows.reduce((most, row) => Math.max(most, of(row)), -Infinity);
}
