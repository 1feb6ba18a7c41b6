import { InputError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type Matrix, rows } from '../../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import type { Engine } from '../../../engine/engine.ts';
import { integer } from '../../../method/options.ts';
import type { State, StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { unitRowsOf } from './support/known.ts';
import { mapOf, nameOfRow, tableOf } from './support/lookup.ts';

/**
 * The nearest rows of a row: in the space, in the space as it was, and in a map.
 *
 * Facts: `row`, `label`; `neighbors [{row, label, cosine, angle}]`, nearest first, angles in degrees; `before`, the same lists where an action
 * has moved the rows since, and `kept`, how many are in both; with `map`: `inMap {map, k, rows, false, missing}`: the nearest in the map, which of them are
 * none of the nearest in the space, and which of those are missing in the map.
 */
export const neighbors = defineAction({
  id: 'neighbors',
  summary:
    'The nearest rows of a row, before and after it was moved, and which a map shows falsely or misses.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    row: integer(0, 'The row, from 0.', { min: 0 }),
    k: integer(10, 'How many neighbors.', { min: 1, max: 1000 }),
    map: { kind: 'text', doc: 'Id of a map of the table, whose neighbors are compared.' },
  },
  isStep: false,
  isQuick: true,
  async run(state, { table: id, row, k, map }, { engine }) {
    const owner = tableOf('neighbors', state, id);
    const { points } = owner.table;
    if (row >= points.rows)
      throw new InputError(
        'neighbors',
        `there is no row ${row} in table ${id}; its ${points.rows} rows count from 0.`,
      );
    const found = await byDirection(points, row, k, engine);
    const before = owner.before && (await byDirection(owner.before, row, k, engine));
    const now = new Set(found.map((near) => near.row));
    const named = (list: readonly Near[]) =>
      list.map((near) => ({ ...near, label: nameOfRow(owner, near.row) }));
    return {
      facts: {
        row,
        label: nameOfRow(owner, row),
        neighbors: named(found),
        ...(before && {
          before: named(before),
          kept: before.filter((near) => now.has(near.row)).length,
        }),
        ...(map !== undefined && { inMap: await inMap(state, owner, map, row, found, engine) }),
      },
    };
  },
});

interface Near {
  readonly row: number;
  readonly cosine: number;
  /** Degrees. */
  readonly angle: number;
}

async function byDirection(
  points: Matrix<Float32Array>,
  row: number,
  k: number,
  engine: Engine,
): Promise<readonly Near[]> {
  requireFinite('neighbors', points);
  return (await nearestRows(unitRowsOf(points), row, k, engine)).map(({ row: near, distance }) => ({
    row: near,
    cosine: 1 - distance ** 2 / 2,
    angle: angleOfChord(distance) * DEGREES,
  }));
}

async function inMap(
  state: State,
  owner: StudioTable,
  id: string,
  row: number,
  found: readonly Near[],
  engine: Engine,
) {
  const map = mapOf('neighbors', state, id);
  if (map.info.table !== owner.id)
    throw new InputError(
      'neighbors',
      `the map ${id} is of table ${map.info.table}, not ${owner.id}.`,
    );
  const near = (await nearestRows(map.points, row, found.length, engine)).map((one) => one.row);
  const [true_, drawn] = [new Set(found.map((one) => one.row)), new Set(near)];
  return {
    map: id,
    k: found.length,
    rows: near,
    false: near.filter((other) => !true_.has(other)),
    missing: [...true_].filter((other) => !drawn.has(other)),
  };
}

/** The nearest other rows; a copy of the row may come before it. */
async function nearestRows(points: Matrix<Float32Array>, row: number, k: number, engine: Engine) {
  const wanted = Math.min(k + 1, points.rows);
  const { indices, distances } = await engine.nearestAmong(
    rows(points, row, row + 1),
    points,
    wanted,
  );
  return Array.from(indices, (near, at) => ({ row: near, distance: distances[at] }))
    .filter((near) => near.row !== row)
    .slice(0, k);
}
