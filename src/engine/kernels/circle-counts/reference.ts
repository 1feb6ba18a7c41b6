import type { Matrix } from '../../../core/matrix.ts';
import { atan2 } from '../../../core/numeric.ts';
import { ANGLE_UNITS, type ArcForces, BLOCK_ROWS } from './contract.ts';

/** Adding and subtracting it rounds to a whole number, halves to even. */
const ROUNDING = 1.5 * 2 ** 52;

/** Adds the counts of circle l, and the sum of its angles in units, to `counts`, K + 1. */
export function countCircle(
  { data, rows: n, cols }: Matrix,
  l: number,
  counts: Float64Array,
): void {
  const arcs = counts.length - 1;
  const perTurn = arcs / (2 * Math.PI);
  const round = rounding(data);
  for (let i = 0; i < n; i++) {
    const at = i * cols + 2 * l;
    const angle = round(atan2(data[at + 1], data[at]));
    const place = (angle + Math.PI) * perTurn;
    counts[arcOf(place, arcs)] += 1;
    counts[arcs] += angle * ANGLE_UNITS + ROUNDING - ROUNDING;
  }
}

/** The t-th block of rows: overwrites its projections; returns the sum of squares. */
export function forceBlock({ data, rows: n, cols }: Matrix, t: number, forces: ArcForces): number {
  const { arcs: table, scale, inverseCap } = forces;
  const arcs = table.length / cols;
  const perTurn = arcs / (2 * Math.PI);
  const round = rounding(data);
  const end = Math.min(n, (t + 1) * BLOCK_ROWS);
  let total = 0;
  for (let l = 0; l < cols / 2; l++) {
    let sum = 0;
    for (let i = t * BLOCK_ROWS; i < end; i++) {
      const at = i * cols + 2 * l;
      const [p, q] = [data[at], data[at + 1]];
      const angle = round(atan2(q, p));
      const place = (angle + Math.PI) * perTurn;
      const arc = arcOf(place, arcs);
      const entry = 2 * (l * arcs + arc);
      const residual = angle - (table[entry] + table[entry + 1] * (within(place, arcs) - arc));
      sum += residual * residual;
      const inverse = 1 / Math.sqrt(p * p + q * q);
      const capped = inverse < inverseCap ? inverse : inverseCap;
      // A point across the plane has no direction on the circle.
      const force = inverse === Infinity ? 0 : scale * residual * inverse * capped;
      data[at] = -force * q;
      data[at + 1] = force * p;
    }
    total += sum;
  }
  return total;
}

/** The sums over parts of the rows, in float64: whole numbers, so that the order does not matter. */
export function addedParts(parts: Float64Array, width: number): Float64Array {
  const sums = parts.slice(0, width);
  for (let at = width; at < parts.length; at += width) {
    for (let e = 0; e < width; e++) sums[e] += parts[at + e];
  }
  return sums;
}

/** Sums of angles in units become sums of angles. */
export function anglesFromUnits(counts: Float64Array, arcs: number): Float64Array {
  for (let at = arcs; at < counts.length; at += arcs + 1) counts[at] /= ANGLE_UNITS;
  return counts;
}

const within = (place: number, arcs: number): number =>
  place >= 0 ? (place <= arcs ? place : arcs) : 0;

const arcOf = (place: number, arcs: number): number =>
  Math.min(Math.floor(within(place, arcs)), arcs - 1);

const rounding = (data: Matrix['data']) =>
  data instanceof Float32Array ? Math.fround : (angle: number): number => angle;
