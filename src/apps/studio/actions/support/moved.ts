import type { Matrix } from '../../../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../../../core/numeric.ts';
import { unitOrZeroRows } from '../../../../numerics/rows/unit-rows.ts';
import type { Answer } from '../../contract.ts';
import type { State, StudioField, StudioTable } from '../../session/state.ts';

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

/** A number of each row that an action measured. */
export function measuredField(
  id: string,
  title: string,
  values: Float64Array,
  from: string,
): StudioField {
  const known = values.filter(Number.isFinite);
  const range = known.length > 0 ? ([least(known), most(known)] as const) : undefined;
  return { info: { id, title, kind: 'number', range, from }, values };
}

const least = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b));
const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));

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
  more: readonly StudioField[] = [],
): Changed {
  const { points: before } = source.table;
  const moved =
    points.cols === before.cols
      ? [measuredField('moved', 'moved, degrees', movedAngles(before, points), action)]
      : [];
  const added = [...moved, ...more];
  const ofFile = Array.from(source.fields).filter(([, { info }]) => info.from === 'file');
  const fields = new Map([...ofFile, ...added.map((field) => [field.info.id, field] as const)]);
  const table = { ...source, table: { ...source.table, points }, fields, before };
  return {
    state: { ...state, tables: new Map(state.tables).set(source.id, table) },
    made: { points: { data: points.data, shape: [points.rows, points.cols] } },
    arrays: Object.fromEntries(
      added.flatMap(({ info, values }) =>
        values instanceof Float64Array ? [[info.id, { data: values, shape: [values.length] }]] : [],
      ),
    ),
  };
}
