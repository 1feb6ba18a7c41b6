import { gathered, type Matrix, toFloat32 } from '../../../../core/matrix.ts';
import { rowNorms } from '../../../../core/rows.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { boolean } from '../../../../method/options.ts';
import { medianOf } from '../../../../numerics/statistics/averages.ts';
import { skewedMeanInterval } from '../../../../numerics/statistics/intervals.ts';
import { fieldOf } from '../../session/fields.ts';
import type { State, StudioField, StudioTable } from '../../session/state.ts';
import type { Outcome } from '../define.ts';
import { beforeAfter } from './before-after.ts';
import { neighborsOf } from './known.ts';
import { changed, movedAngles } from './moved.ts';

/** Neighbors of a row that are compared. */
const NEIGHBORS = 10;

/** What every action on a table's vectors takes. */
export const judged = {
  judge: boolean(
    true,
    'Whether the leading numbers are measured before and after, and which neighbors each row keeps.',
  ),
} as const;

type Context = RunControls & { readonly engine: Engine };

export interface Act {
  readonly action: string;
  readonly judge: boolean;
  /** Left out: true. Whether the columns mean what they meant, so that rows have moved by an angle. */
  readonly isSameSpace?: boolean;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * The outcome of giving the rows of a table other vectors.
 *
 * Facts: `table`, `rows`, `columns`, `moved {meanDeg, medianDeg, largestDeg}` or null, and where it was judged `neighborsKept
 * {value, low, high}`, `measured {rows, ofRows, numbers}`; fields `moved` and `neighbors-kept`, which are the arrays too.
 */
export async function acted(
  state: State,
  source: StudioTable,
  given: Matrix,
  { action, judge, isSameSpace = true, facts = {} }: Act,
  context: Context,
): Promise<Outcome> {
  const points = isFloat32(given) ? given : toFloat32(given);
  const { points: before } = source.table;
  const kept = judge ? await neighborsKept(before, points, context) : undefined;
  const after = changed(state, source, points, action, {
    isSameSpace,
    more: fieldsOf(kept, action),
  });
  return {
    ...after,
    facts: {
      ...facts,
      table: source.id,
      rows: points.rows,
      columns: points.cols,
      moved: isSameSpace ? movedFacts(before, points) : null,
      ...(kept && { neighborsKept: meanOf(kept) }),
      ...(judge && { measured: await measuredBoth(before, points, context) }),
    },
  };
}

function fieldsOf(kept: Float64Array | undefined, from: string): readonly StudioField[] {
  const title = `share of its ${NEIGHBORS} nearest rows kept`;
  return kept ? [fieldOf('neighbors-kept', kept, { title, kind: 'number', from })] : [];
}

/** Which share of the nearest rows, by direction, each row has still; NaN where it had none. */
export async function neighborsKept(
  before: Matrix<Float32Array>,
  after: Matrix<Float32Array>,
  context: Context,
): Promise<Float64Array> {
  const { rows: n } = before;
  if (n < 2) return new Float64Array(n).fill(Number.NaN);
  const first = await neighborsOf(before, context.engine, context);
  const second = await neighborsOf(after, context.engine, context);
  const k = Math.min(NEIGHBORS, first.k, second.k);
  return Float64Array.from({ length: n }, (_, i) => {
    const old = new Set(first.indices.subarray(i * first.k, i * first.k + k));
    const now = second.indices.subarray(i * second.k, i * second.k + k);
    return now.reduce((sum, row) => sum + Number(old.has(row)), 0) / k;
  });
}

function meanOf(shares: Float64Array) {
  const known = shares.filter(Number.isFinite);
  return known.length > 0 ? skewedMeanInterval(known) : null;
}

function movedFacts(before: Matrix, after: Matrix) {
  const known = movedAngles(before, after).filter(Number.isFinite);
  if (known.length === 0) return null;
  return {
    meanDeg: known.reduce((sum, angle) => sum + angle, 0) / known.length,
    medianDeg: medianOf(known),
    largestDeg: known.reduce((a, b) => Math.max(a, b)),
  };
}

const isFloat32 = (points: Matrix): points is Matrix<Float32Array> =>
  points.data instanceof Float32Array;

/** Of the rows that have a direction both times. */
async function measuredBoth(before: Matrix, after: Matrix, context: Context) {
  const [x, y] = [rowNorms(before), rowNorms(after)];
  const rows = Array.from(x.keys()).filter((i) => x[i] > 0 && y[i] > 0);
  if (rows.length === before.rows) return beforeAfter(before, after, context);
  if (rows.length === 0) return null;
  return beforeAfter(gathered(before, rows), gathered(after, rows), context);
}
