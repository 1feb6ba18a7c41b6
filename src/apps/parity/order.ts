import type { Matrix } from '../../core/matrix.ts';
import { atLeast, atMost, type Finding } from './contract.ts';

/** Values that are looked at. */
const LOOKED_AT = 20_000;

/**
 * B has A's values in the order of columns: it is Aᵀ, or a column-major array that was read as rows. The
 * shapes may be n × d and d × n.
 */
export function transposedValues({ a, b }: { readonly a: Matrix; readonly b: Matrix }): Finding {
  if (a.data.length !== b.data.length || a.rows < 2 || a.cols < 2) return { evidence: [] };
  const step = Math.max(1, Math.floor(a.data.length / LOOKED_AT));
  const places: number[] = [];
  for (let at = 0; at < a.data.length; at += step) places.push(at);
  const found = atLeast(
    'values-transposed',
    Math.max(
      shareNear(places, (at) => [a.data[columnMajor(at, a)], b.data[at]]),
      shareNear(places, (at) => [b.data[columnMajor(at, b)], a.data[at]]),
    ),
    0.99,
    'share of values that stand where A has them, read column by column',
  );
  const same = atMost(
    'values-in-place',
    shareNear(places, (at) => [a.data[at], b.data[at]]),
    0.5,
    'share of values that stand where A has them, read row by row',
  );
  if (!found.holds || !same.holds) return { evidence: [found, same] };
  return {
    evidence: [found, same],
    verdict: 'transposed',
    sentence:
      'B has the values of A in the order of columns: one of them was transposed or read in the wrong order (Fortran order as C order).',
    fix: 'read both in one order, or transpose one of them',
  };
}

/** Where value `at` of the list of m's columns stands in the list of its rows. */
function columnMajor(at: number, { rows, cols }: Matrix): number {
  return (at % rows) * cols + Math.floor(at / rows);
}

/** Of values that are not 0 in both. */
function shareNear(
  places: readonly number[],
  of: (at: number) => readonly [number, number],
): number {
  let [near, looked] = [0, 0];
  for (const at of places) {
    const [x, y] = of(at);
    if (x === 0 && y === 0) continue;
    looked++;
    if (Math.abs(x - y) <= 2 ** -8 * Math.max(Math.abs(x), Math.abs(y))) near++;
  }
  return looked > 0 ? near / looked : 0;
}
