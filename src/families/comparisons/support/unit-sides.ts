import { gathered, type Matrix } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { Pair } from '../types.ts';

/** The directions of both sets, rows of length zero left out and counted. */
export interface UnitSides {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly warnings: readonly string[];
  /** Says where rows were drawn. */
  readonly drawn: string;
}

/** Unit rows of both sets, at most `most` of each; where rows correspond, the same ones of both. */
export function unitSides(pair: Pair, most = Infinity): UnitSides {
  const [x, y] = [unitOrZeroRows(pair.a), unitOrZeroRows(pair.b)];
  const kept = (norms: ArrayLike<number>, others: ArrayLike<number>) => {
    const own = Int32Array.from({ length: norms.length }, (_, i) => i);
    return own.filter((i) => norms[i] > 0 && (!pair.paired || others[i] > 0));
  };
  const [ofA, ofB] = [kept(x.norms, y.norms), kept(y.norms, x.norms)];
  const gone = x.norms.length + y.norms.length - ofA.length - ofB.length;
  // One name for both sets: of equally many rows the same places are drawn, whichever is A.
  const some = (rows: Int32Array) =>
    rows.length <= most
      ? rows
      : pair
          .random('some rows')
          .sample(rows.length, most)
          .sort()
          .map((at) => rows[at]);
  const rows = { a: some(ofA), b: some(ofB) };
  const isDrawn = rows.a.length < ofA.length || rows.b.length < ofB.length;
  return {
    a: gathered(x.points, rows.a),
    b: gathered(y.points, rows.b),
    warnings:
      gone > 0
        ? [`${counted(gone, 'row', 'rows')} left out: length zero, or the partner's is.`]
        : [],
    drawn: isDrawn ? `${rows.a.length} and ${rows.b.length} rows drawn, ` : '',
  };
}
