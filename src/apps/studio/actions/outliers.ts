import { integer } from '../../../method/options.ts';
import { defineAction } from './define.ts';
import { packedFields, withFields } from './support/changes.ts';
import { examined } from './support/examined.ts';
import { tableOf } from './support/lookup.ts';
import { namedRows } from './support/named-rows.ts';

/**
 * Rows that lie alone.
 *
 * Facts: `alone [{row, label, value}]`, the angle in degrees to the k-th nearest row, beyond Tukey's far fence, most remote first;
 * `farthest [{row, label, value}]`, the same of the farthest rows whether or not they are beyond it; `metrics`, `findings` and `fields` as in
 * `measure`. Array `codensity`: n, that angle of each row.
 */
export const outliers = defineAction({
  id: 'outliers',
  summary: 'The rows that lie alone, far from all others, and what helps.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    k: integer(10, 'Which neighbor’s angle counts.', { min: 1, max: 100 }),
    count: integer(20, 'How many rows to name.', { min: 1, max: 1000 }),
  },
  isStep: true,
  async run(state, { table: id, k, count }, context) {
    const owner = tableOf('outliers', state, id);
    const metrics = [k === 10 ? 'codensity' : `codensity(k=${k})`, 'gride'];
    const found = await examined(owner, { metrics, numbersAlone: true }, context, 'outliers');
    const angles = found.fields[0]?.values as Float64Array | undefined;
    const alone = found.numbers.find((metric) => metric.id === 'codensity')?.rows ?? [];
    const angleOf = (row: number) => angles?.[row] ?? Number.NaN;
    const farthest = Int32Array.from(angles?.keys() ?? [])
      .filter((row) => Number.isFinite(angleOf(row)))
      .sort((a, b) => angleOf(b) - angleOf(a) || a - b);
    return {
      state: withFields(state, id, found.fields),
      facts: {
        alone: namedRows(owner, alone.slice(0, count), angleOf),
        aloneCount: alone.length,
        farthest: namedRows(owner, farthest.subarray(0, count), angleOf),
        metrics: found.numbers,
        findings: found.findings,
        fields: found.fields.map(({ info }) => info),
      },
      arrays: packedFields(found.fields),
    };
  },
});
