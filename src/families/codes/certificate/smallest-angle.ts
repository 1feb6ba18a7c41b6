import { type Matrix, toFloat64 } from '../../../core/matrix.ts';
import { unitRows } from '../../../core/rows.ts';
import { fourSumDot } from '../../../numerics/rows/dot.ts';
import { degreesAbove } from '../exact/interval.ts';
import * as Q from '../exact/rational.ts';
import { separationOf } from '../solver/separation.ts';
import { WasmOverlap } from '../solver/wasm-overlap.ts';

/** The smallest angle between the directions of rows, enclosed. */
export interface SmallestAngle {
  /** The angle lies between these, in degrees: provably. */
  readonly lowDeg: number;
  readonly highDeg: number;
  /** `exact`: from whole-number arithmetic on the pairs in question; else from rounding-error bounds. */
  readonly check: 'exact' | 'interval';
  /** Rows at it, counted from 0. */
  readonly pair: readonly [i: number, j: number];
  /** Pairs whose cosine is the largest one, up to rounding. */
  readonly contacts: number;
}

/** Pairs that are looked at in whole numbers; beyond, the interval is the answer. */
const MOST_EXACT = 2000;

/**
 * The smallest angle of n × d rows of any length, with rounding accounted for; for lines, the smallest
 * angle between them.
 *
 * Scaling the rows, the sum of d products in any order and the way over the chord move the cosine of a
 * pair by less than e = (4d + 24)·2⁻⁵³ (Higham 2002, §3.1). So the largest cosine lies within e of the largest one computed, and belongs to a pair
 * whose computed cosine is within 2e of it: those are compared exactly, as ⟨x, y⟩²/(‖x‖²‖y‖²) of the
 * dyadic numbers that the coordinates are.
 */
export async function smallestAngle(points: Matrix, lines = false): Promise<SmallestAngle> {
  const { rows: n, cols: d } = points;
  const unit = unitRows('smallest-angle', toFloat64(points)).points.data;
  const error = (4 * d + 24) * 2 ** -53;
  const { chord, contacts } = await separationOf(unit, d, lines);
  const largest = 1 - chord ** 2 / 2;
  const near = await pairsAbove(unit, n, d, largest - 2 * error, lines);
  if (near.length <= MOST_EXACT) {
    const rows = new WholeRows(points);
    let best = { pair: near[0], value: rows.signedSquare(...near[0], lines) };
    for (const pair of near.slice(1)) {
      const value = rows.signedSquare(...pair, lines);
      if (Q.compare(value, best.value) > 0) best = { pair, value };
    }
    return { ...anglesOf(best.value), check: 'exact', pair: best.pair, contacts };
  }
  const [low, high] = [Math.max(largest - error, -1), Math.min(largest + error, 1)];
  return {
    lowDeg: 180 - degreesAbove(Q.fromNumber(-high)),
    highDeg: degreesAbove(Q.fromNumber(low)),
    check: 'interval',
    pair: near[0],
    contacts,
  };
}

async function pairsAbove(
  x: Float64Array,
  n: number,
  d: number,
  least: number,
  lines: boolean,
): Promise<(readonly [number, number])[]> {
  const kernel = await WasmOverlap.create({ n, d, frozen: 0, lines });
  if (kernel.count(x, least) > 50 * MOST_EXACT) {
    // Too many to list: one of them is enough to name.
    const pair = firstPairAbove(x, d, least, lines);
    return Array.from({ length: MOST_EXACT + 1 }, () => pair);
  }
  kernel.collect(x, least);
  return kernel.closer(x, -Infinity).map(({ i, j }) => [i, j] as const);
}

function firstPairAbove(
  x: Float64Array,
  d: number,
  least: number,
  lines: boolean,
): readonly [number, number] {
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = fourSumDot(x, i, x, j, d);
      if ((lines ? Math.abs(product) : product) > least) return [i / d, j / d];
    }
  }
  return [1, 0];
}

/** Coordinates as whole numbers: each row times a power of 2. */
class WholeRows {
  readonly #points: Matrix;
  readonly #rows = new Map<number, { readonly values: bigint[]; readonly square: bigint }>();

  constructor(points: Matrix) {
    this.#points = points;
  }

  /** sign · cos² of two rows, exactly; grows with the cosine (for lines, with |cosine|). */
  signedSquare(i: number, j: number, lines: boolean): Q.Rational {
    const [x, y] = [this.#row(i), this.#row(j)];
    let dot = 0n;
    for (let k = 0; k < x.values.length; k++) dot += x.values[k] * y.values[k];
    const square = dot * dot;
    return Q.rational(lines || dot > 0n ? square : -square, x.square * y.square);
  }

  #row(i: number): { readonly values: bigint[]; readonly square: bigint } {
    const known = this.#rows.get(i);
    if (known) return known;
    const { data, cols: d } = this.#points;
    const exact = Array.from(data.subarray(i * d, (i + 1) * d), Q.fromNumber);
    const unit = exact.reduce((most, { d: bottom }) => (bottom > most ? bottom : most), 1n);
    const values = exact.map(({ n, d: bottom }) => n * (unit / bottom));
    const row = { values, square: values.reduce((sum, value) => sum + value * value, 0n) };
    this.#rows.set(i, row);
    return row;
  }
}

/** arccos of ±√|v|, enclosed in degrees. */
function anglesOf(signedSquare: Q.Rational): { lowDeg: number; highDeg: number } {
  const unit = 1n << 128n;
  const floor = Q.integerSquareRoot((Q.magnitude(signedSquare.n) * unit * unit) / signedSquare.d);
  const most = floor + 1n < unit ? floor + 1n : unit;
  const root = { low: Q.rational(floor < unit ? floor : unit, unit), high: Q.rational(most, unit) };
  const negative = signedSquare.n < 0n;
  const [low, high] = negative ? [Q.negate(root.high), Q.negate(root.low)] : [root.low, root.high];
  return { lowDeg: 180 - degreesAbove(Q.negate(high)), highDeg: degreesAbove(low) };
}
