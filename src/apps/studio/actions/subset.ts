import { InputError } from '../../../core/errors.ts';
import { type Matrix, toFloat32 } from '../../../core/matrix.ts';
import { takenRows } from '../../../io/table.ts';
import { boolean } from '../../../method/options.ts';
import { studioTable } from '../session/table.ts';
import { defineAction } from './define.ts';
import { freeName, packedList, withTable } from './support/changes.ts';
import { chosenParameters, chosenRows } from './support/chosen-rows.ts';
import { tableOf } from './support/lookup.ts';

/**
 * Some rows as a table of their own, with their labels and columns: those of a selection or a condition, and of them those whose
 * vectors are numbers throughout. It is the way on where a file has rows with gaps.
 *
 * Facts: `table` (id), `rows`, `of`, `leftOut` (rows without numbers throughout). Array `rows`: their places, ascending.
 */
export const subset = defineAction({
  id: 'subset',
  summary: 'Some rows as a table of their own: a selection, or those whose vectors have no gaps.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    ...chosenParameters,
    complete: boolean(true, 'Whether rows are left out whose values are not all finite numbers.'),
  },
  isStep: true,
  async run(state, { table: from, complete, ...given }) {
    const source = tableOf('subset', state, from);
    const { points } = source.table;
    const asked = [...(chosenRows('subset', state, source, given) ?? Array(points.rows).keys())];
    const kept = complete ? asked.filter((i) => isComplete(points, i)) : asked;
    if (kept.length === 0)
      throw new InputError(
        'subset',
        asked.length === 0
          ? 'no row was chosen.'
          : `none of the ${asked.length} rows has finite numbers throughout.`,
      );
    const part = takenRows(source.table, kept);
    const id = freeName(`${from}-part`, state.tables);
    const name = `${source.name}, ${kept.length} of ${points.rows} rows`;
    const table = await studioTable(id, name, { ...part, points: toFloat32(part.points) });
    return {
      state: withTable(state, table),
      facts: { table: id, rows: kept.length, of: points.rows, leftOut: asked.length - kept.length },
      arrays: { rows: packedList(Int32Array.from(kept)) },
    };
  },
});

/** x − x is 0 for finite x only. */
function isComplete({ data, cols }: Matrix, row: number): boolean {
  for (let e = row * cols; e < (row + 1) * cols; e++) if (data[e] - data[e] !== 0) return false;
  return true;
}
