import type { PerRow, Series } from '../../families/metrics/types.ts';

/** Points of a curve, and values of rows, that are printed at most; of more, as many at even distances. */
const MOST_POINTS = 10_000;

/** A curve: of how many points, and these, or so many of them. */
export function curveJson({ x, y, xName, yName }: Series): object {
  const places = spaced(y.length);
  return { of: y.length, xName, yName, x: at(x, places), y: at(y, places) };
}

/** Values of rows, by name: of how many rows, which rows, and what they have. */
export function rowsJson(perRow: PerRow): object {
  const [first] = Object.values(perRow);
  const places = spaced(first?.length ?? 0);
  const values = Object.entries(perRow).map(([name, list]) => [name, at(list, places)]);
  return { of: first?.length ?? 0, rows: places, values: Object.fromEntries(values) };
}

function spaced(length: number): readonly number[] {
  const count = Math.min(length, MOST_POINTS);
  const step = count > 1 ? (length - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => Math.round(i * step));
}

/** What JSON has no number for is null. */
function at(list: ArrayLike<number>, places: readonly number[]): readonly (number | null)[] {
  return places.map((i) => (Number.isFinite(list[i]) ? list[i] : null));
}
