import { InputError, OptionError } from '../../../core/errors.ts';
import { gathered, type Matrix, toFloat32 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { boolean, choice } from '../../../method/options.ts';
import { alignmentById } from '../../verbs/align.ts';
import { reduce, reductionById } from '../../verbs/reduce.ts';
import { type Tracked, track } from '../../verbs/track.ts';
import type { State, StudioMap, StudioTable } from '../session/state.ts';
import { type ActionContext, defineAction } from './define.ts';
import { freeName, withMap } from './support/changes.ts';
import { drawnPlaces } from './support/drawn-places.ts';
import { finiteTable } from './support/finite-table.ts';
import { movedAngles } from './support/moved.ts';

/** Rows that are measured of each snapshot; of more, the same sample of all. */
const MEASURED = 4000;

/**
 * Snapshots of one training run, or versions of a model, as a film: all in one map, which is fitted to one of them, so that
 * a row is seen to move only where it does. The page goes from one to the next along straight lines.
 *
 * Facts: `tables` in the order of time, `maps` (ids, one a snapshot), `fitted` (the table that the map was fitted to), `moved
 * [{from, to, meanDeg}]` (degrees by which rows turn, null where columns differ), `tracked [{id, title, unit, values, low, high}]`, a
 * value a snapshot, of `measuredRows` rows. Array `places`: snapshots × n × 2 or 3, float32.
 */
export const checkpoints = defineAction({
  id: 'checkpoints',
  summary: 'Plays snapshots of the same rows in one map, with how the leading numbers went.',
  parameters: {
    tables: { kind: 'texts', doc: 'Ids of the tables in the order of time; left out, all.' },
    fit: choice(['last', 'first'], 'last', 'Which snapshot the map is fitted to.'),
    method: { kind: 'text', doc: 'Id of a reduction that places new rows.', default: 'pca' },
    options: { kind: 'options', doc: 'Options of the reduction.' },
    geometry: choice(['plane', 'sphere'], 'plane', 'Two columns, or three as directions.'),
    align: boolean(
      false,
      'Whether each snapshot is first turned onto the one that the map is fitted to: what a turn of all rows hides is seen.',
    ),
    track: boolean(true, 'Whether the leading numbers of each snapshot are measured.'),
  },
  isStep: true,
  async run(state, { tables: ids, fit, method, options, geometry, align, track }, context) {
    const snapshots = snapshotsOf(state, ids ?? [...state.tables.keys()]);
    const fitted = fit === 'last' ? snapshots[snapshots.length - 1] : snapshots[0];
    const seen = await inOneSpace(snapshots, fitted, align, context);
    const dim = geometry === 'plane' ? 2 : 3;
    const places = await placesOf(seen, fitted, { method, options: { ...options, dim } }, context);
    let after = state;
    const maps: string[] = [];
    for (const [s, placed] of places.entries()) {
      const map = mapOf(after, snapshots[s], `${s + 1} of ${snapshots.length}`, placed);
      after = withMap(after, map);
      maps.push(map.info.id);
    }
    const { points } = fitted.table;
    return {
      state: after,
      facts: {
        tables: snapshots.map(({ id }) => id),
        maps,
        fitted: fitted.id,
        moved: movesOf(snapshots, seen),
        tracked: track ? await tracked(snapshots, context) : [],
        measuredRows: Math.min(MEASURED, points.rows),
      },
      arrays: {
        places: {
          data: joined(places.map(({ points: { data } }) => data)),
          shape: [places.length, points.rows, places[0].points.cols],
        },
      },
    };
  },
});

/** The tables, which must hold the same rows. */
function snapshotsOf(state: State, ids: readonly string[]): readonly StudioTable[] {
  if (ids.length < 2)
    throw new OptionError('checkpoints', 'tables', 'two tables at least', ids.length);
  const tables = ids.map((id) => finiteTable('checkpoints', state, id));
  const [first] = tables;
  for (const { id, table } of tables) {
    const [n, m] = [first.table.points.rows, table.points.rows];
    if (n !== m)
      throw new InputError(
        'checkpoints',
        `table ${first.id} has ${n} rows and table ${id} has ${m}; snapshots have the same rows.`,
      );
    const row = table.labels?.findIndex((label, i) => label !== first.table.labels?.[i]) ?? -1;
    if (row >= 0 && first.table.labels)
      throw new InputError(
        'checkpoints',
        `row ${row} is ${JSON.stringify(first.table.labels[row])} in table ${first.id} and ${JSON.stringify(table.labels?.[row])} in table ${id}; snapshots have the same rows in the same order.`,
      );
  }
  return tables;
}

/** The points of each snapshot where all can be compared. */
async function inOneSpace(
  snapshots: readonly StudioTable[],
  fitted: StudioTable,
  align: boolean,
  { engine, signal }: ActionContext,
): Promise<readonly Matrix<Float32Array>[]> {
  const target = fitted.table.points;
  const out: Matrix<Float32Array>[] = [];
  for (const { id, table } of snapshots) {
    const { points } = table;
    if (!align || id === fitted.id) {
      if (points.cols !== target.cols)
        throw new InputError(
          'checkpoints',
          `table ${id} has ${points.cols} columns and table ${fitted.id} has ${target.cols}; align: true turns one onto the other.`,
        );
      out.push(points);
      continue;
    }
    const procrustes = alignmentById('procrustes');
    const { model } = await procrustes({ a: points, b: target }, {}, { engine, signal });
    out.push(toFloat32(await procrustes.transform(model, points, 'a', { engine, signal })));
  }
  return out;
}

interface Map {
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
}

async function placesOf(
  seen: readonly Matrix<Float32Array>[],
  fitted: StudioTable,
  { method, options }: Map,
  { engine, signal, onProgress }: ActionContext,
) {
  const reduction = reductionById(method);
  if (!reduction.places)
    throw new OptionError('checkpoints', 'method', 'a reduction that places new rows', method);
  const run = { engine, signal };
  const made = await reduce(fitted.table.points, method, options, { ...run, onProgress });
  const places: ReturnType<typeof drawnPlaces>[] = [];
  for (const points of seen) {
    const isFitted = points === fitted.table.points;
    const placed = isFitted ? made.points : await reduction.transform(made.model, points, run);
    places.push(drawnPlaces(placed, options['dim'] === 3 ? 'sphere' : 'plane'));
  }
  return places;
}

function mapOf(
  state: State,
  { id, name }: StudioTable,
  which: string,
  { points, onSphere }: ReturnType<typeof drawnPlaces>,
): StudioMap {
  const info = {
    id: freeName(`checkpoint-${id}`, state.maps),
    table: id,
    title: `snapshot ${which}: ${name}`,
    dims: onSphere ? (3 as const) : (2 as const),
    geometry: onSphere ? ('sphere' as const) : ('plane' as const),
    places: false,
  };
  return { info, points };
}

/** How far rows turn from each snapshot to the next. */
function movesOf(snapshots: readonly StudioTable[], seen: readonly Matrix[]) {
  return seen.slice(1).map((points, s) => {
    const angles = movedAngles(seen[s], points).filter(Number.isFinite);
    const sum = angles.reduce((total, angle) => total + angle, 0);
    return {
      from: snapshots[s].id,
      to: snapshots[s + 1].id,
      meanDeg: angles.length > 0 ? sum / angles.length : null,
    };
  });
}

function tracked(
  snapshots: readonly StudioTable[],
  { engine, signal }: ActionContext,
): Promise<readonly Tracked[]> {
  const n = snapshots[0].table.points.rows;
  const rows = Random.fromSeed(0).fork('checkpoints').sample(n, Math.min(n, MEASURED)).sort();
  const measured = snapshots.map(({ table: { points } }) => ({ points: gathered(points, rows) }));
  return track(measured, { engine }, { signal });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
