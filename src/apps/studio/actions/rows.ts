import { InputError } from '../../../core/errors.ts';
import type { StudioField } from '../session/state.ts';
import { defineAction } from './define.ts';
import { tableOf } from './support/lookup.ts';

const MOST = 1000;

/**
 * What is known of some rows: for a card under the cursor, a page of a list, an agent.
 *
 * Facts: `rows [{row, label, values}]` in the order asked for; `values` by id of the field, a text or a number (null
 * where it is missing).
 */
export const rows = defineAction({
  id: 'rows',
  summary: 'Label and values of some rows, at most a thousand at a time.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    rows: { kind: 'rows', doc: 'Numbers of the rows, from 0.' },
    fields: { kind: 'texts', doc: 'Ids of the fields; left out, all.' },
  },
  isStep: false,
  isQuick: true,
  run(state, { table: id, rows: wanted = [], fields: names }) {
    const { table, fields } = tableOf('rows', state, id);
    if (wanted.length > MOST)
      throw new InputError(
        'rows',
        `at most ${MOST} rows at a time; ${wanted.length} were asked for.`,
      );
    const n = table.points.rows;
    const outside = wanted.find((row) => row >= n);
    if (outside !== undefined)
      throw new InputError(
        'rows',
        `the table ${id} has the rows 0 to ${n - 1}; there is no row ${outside}.`,
      );
    const missing = names?.find((name) => !fields.has(name));
    if (missing !== undefined) {
      const known = [...fields.keys()].join(', ') || 'no fields';
      throw new InputError(
        'rows',
        `the table ${id} has no field ${JSON.stringify(missing)}; it has ${known}.`,
      );
    }
    const shown = [...fields].filter(([name]) => names?.includes(name) ?? true);
    const valuesOf = (row: number) =>
      Object.fromEntries(shown.map(([name, field]) => [name, valueAt(field, row)]));
    return {
      facts: {
        rows: wanted.map((row) => ({
          row,
          label: table.labels?.[row] ?? null,
          values: valuesOf(row),
        })),
      },
    };
  },
});

function valueAt({ values }: StudioField, row: number): string | number | null {
  const value = values[row];
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
