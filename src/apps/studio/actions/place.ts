import { InputError, OptionError } from '../../../core/errors.ts';
import { matrix, row } from '../../../core/matrix.ts';
import { integer } from '../../../method/options.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import type { MapInfo } from '../contract.ts';
import type { State, StudioMap, StudioTable } from '../session/state.ts';
import { type ActionContext, defineAction, type Outcome } from './define.ts';
import { freeName, packedMatrix, withMap } from './support/changes.ts';
import { mapOf, tableOf } from './support/lookup.ts';
import { placedRows } from './support/placed.ts';
import { queryVector } from './support/query-vector.ts';
import { questionOf, questionParameters, questionWords } from './support/question.ts';

/**
 * New rows in an old map: those of another table, or a query with what is nearest to it.
 *
 * With `table`: facts `map` (new, `within` the old one), array `points`, as of `map`; a step. With a query: facts `query` (in
 * words), `neighbors` (`{row, label, cosine}`, nearest first), `unknown` (words that are not there); array `point`, 1 × 2 or 1 × 3; no step.
 */
export const place = defineAction({
  id: 'place',
  summary: 'New rows in an old map: those of another table, or a query and what is nearest to it.',
  parameters: {
    map: { kind: 'text', doc: 'Id of the map.', default: 'pca' },
    table: {
      kind: 'text',
      doc: 'Id of the table whose rows come in; its columns are those of the map’s.',
    },
    ...questionParameters,
    k: integer(10, 'How many neighbors of a query.', { min: 1, max: 1000 }),
    id: { kind: 'text', doc: 'What the new map is called.' },
  },
  isStep: true,
  async run(state, parameters, context) {
    const map = mapOf('place', state, parameters.map);
    const question = questionOf('place', parameters);
    if (parameters.table !== undefined && question)
      throw new OptionError('place', 'table', 'left out where there is a query', parameters.table);
    if (parameters.table !== undefined)
      return placedTable(state, map, parameters.table, parameters.id, context);
    if (!question) throw new InputError('place', 'nothing to place: give a table or a query.');
    const owner = tableOf('place', state, map.info.table);
    const { vector, neighbors, unknown } = await queryVector(
      owner,
      question,
      parameters.k,
      context,
    );
    const point = await placedRows(map, asLongAs(neighbors, vector, owner), context);
    return {
      facts: { query: questionWords(question), neighbors, unknown },
      arrays: { point: packedMatrix(point) },
    };
  },
});

/** Words and formulas have no length of their own: a query is as long as what is nearest to it is on average. */
function asLongAs(
  neighbors: readonly { readonly row: number }[],
  vector: Float32Array,
  { table: { points } }: StudioTable,
) {
  const norm = (x: Float32Array) => Math.sqrt(dot(x, x));
  const wanted = meanOf(neighbors.map(({ row: i }) => norm(row(points, i))));
  const scale = Number.isFinite(wanted) ? wanted / norm(vector) : 1;
  return matrix(
    vector.map((x) => scale * x),
    1,
    vector.length,
  );
}

async function placedTable(
  state: State,
  map: StudioMap,
  tableId: string,
  id: string | undefined,
  { engine, signal, onProgress }: ActionContext,
): Promise<Outcome> {
  const { points: rows } = tableOf('place', state, tableId).table;
  const points = await placedRows(map, rows, { engine, signal, onProgress });
  const { id: within, title, dims, geometry } = map.info;
  const info = {
    id: freeName(id ?? `${within}-${tableId}`, state.maps),
    table: tableId,
    title,
    dims,
    geometry,
    within,
    places: true,
  } satisfies MapInfo;
  return {
    state: withMap(state, { info, points, placing: map.placing }),
    facts: { map: info },
    arrays: { points: packedMatrix(points) },
  };
}
