import type { Matrix } from '../../../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../../../core/numeric.ts';
import { unitOrZeroRows } from '../../../../numerics/rows/unit-rows.ts';
import type { Answer } from '../../contract.ts';
import { fieldOf } from '../../session/fields.ts';
import type { State, StudioField, StudioTable } from '../../session/state.ts';
import { packedFields, packedMatrix, withTable } from './changes.ts';

/** Degrees between each row before and after; NaN where one has no direction. */
export function movedAngles(before: Matrix, after: Matrix): Float64Array {
  const [x, y] = [unitOrZeroRows(before), unitOrZeroRows(after)];
  const { rows: n, cols: d } = before;
  return Float64Array.from({ length: n }, (_, i) => {
    if (!(x.norms[i] > 0 && y.norms[i] > 0)) return Number.NaN;
    let squared = 0;
    for (let e = i * d; e < (i + 1) * d; e++) squared += (x.points.data[e] - y.points.data[e]) ** 2;
    return angleOfChord(Math.min(2, Math.sqrt(squared))) * DEGREES;
  });
}

export interface ChangeOptions {
  /** Left out: true. */
  readonly isSameSpace?: boolean | undefined;
  /** Fields of the new rows. */
  readonly more?: readonly StudioField[] | undefined;
}

export interface Changed {
  readonly state: State;
  /** For the digest. */
  readonly made: NonNullable<Answer['arrays']>;
  /** The new fields, for an answer. */
  readonly arrays: NonNullable<Answer['arrays']>;
}

/**
 * The state with other vectors for the rows of a table. What was measured of the rows before is gone, and `moved` says by
 * how many degrees each went, where both have as many columns; `more` are fields of the new rows.
 */
export function changed(
  state: State,
  source: StudioTable,
  points: Matrix<Float32Array>,
  action: string,
  { isSameSpace = true, more = [] }: ChangeOptions = {},
): Changed {
  const { points: before } = source.table;
  const moved =
    isSameSpace && points.cols === before.cols
      ? [
          fieldOf('moved', movedAngles(before, points), {
            title: 'moved, degrees',
            kind: 'number',
            from: action,
          }),
        ]
      : [];
  const added = [...moved, ...more];
  const ofFile = Array.from(source.fields).filter(([, { info }]) => info.from === 'file');
  const fields = new Map([...ofFile, ...added.map((field) => [field.info.id, field] as const)]);
  const table = { ...source, table: { ...source.table, points }, fields, before };
  return {
    state: withOutdatedMaps(withTable(state, table), source.id),
    made: { points: packedMatrix(points) },
    arrays: packedFields(added),
  };
}

/** The state whose maps of the table say that they show where its rows were; coordinates of the file are what they were. */
function withOutdatedMaps(state: State, table: string): State {
  const maps = new Map(state.maps);
  for (const map of state.maps.values()) {
    const { info, made } = map;
    if (info.table !== table || made?.parameters['from'] === 'fields') continue;
    // What was said of the map was said of other vectors.
    const { quality: _, distortion: __, ...rest } = info;
    maps.set(info.id, { ...map, info: { ...rest, outdated: { again: made !== undefined } } });
  }
  return { ...state, maps };
}
