import type { Placement } from './placement.ts';

/** Corners of a polygon in the picture: x, y, x, y, …; it closes by itself and may cross itself (even-odd). */
export type Polygon = ArrayLike<number>;

/** Rows inside the polygon, ascending. On a globe seen from afar, `frontOnly` leaves the far side out. */
export function lassoed(
  { x, y, depth }: Placement,
  polygon: Polygon,
  frontOnly = true,
): Int32Array {
  const corners = polygon.length >> 1;
  const found = new Int32Array(x.length);
  let count = 0;
  if (corners < 3) return found.subarray(0, 0);
  const { left, right, top, bottom } = boundsOf(polygon);
  const rows = edgesByRow(polygon, Math.floor(top), Math.ceil(bottom));
  for (let i = 0; i < x.length; i++) {
    if (!(x[i] >= left && x[i] <= right && y[i] >= top && y[i] <= bottom)) continue;
    if (frontOnly && depth[i] < 0) continue;
    const edges = rows[Math.floor(y[i]) - Math.floor(top)];
    if (isInside(polygon, edges, x[i], y[i])) found[count++] = i;
  }
  return found.slice(0, count);
}

/** Rows in the rectangle between two corners, its edges included, ascending. */
export function boxed(
  { x, y, depth }: Placement,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  frontOnly = true,
): Int32Array {
  const [left, right, top, bottom] = [
    Math.min(x1, x2),
    Math.max(x1, x2),
    Math.min(y1, y2),
    Math.max(y1, y2),
  ];
  const found = new Int32Array(x.length);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    const isIn = x[i] >= left && x[i] <= right && y[i] >= top && y[i] <= bottom;
    if (isIn && !(frontOnly && depth[i] < 0)) found[count++] = i;
  }
  return found.slice(0, count);
}

function boundsOf(polygon: Polygon) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < polygon.length; i += 2) {
    left = Math.min(left, polygon[i]);
    right = Math.max(right, polygon[i]);
    top = Math.min(top, polygon[i + 1]);
    bottom = Math.max(bottom, polygon[i + 1]);
  }
  return { left, right, top, bottom };
}

/** For each row of pixels the edges that may cross it: a hand-drawn line has hundreds, few of them at one height. */
function edgesByRow(polygon: Polygon, first: number, end: number): number[][] {
  const rows: number[][] = Array.from({ length: end - first + 1 }, () => []);
  const corners = polygon.length >> 1;
  for (let i = 0; i < corners; i++) {
    const y1 = polygon[2 * i + 1];
    const y2 = polygon[2 * ((i + 1) % corners) + 1];
    const last = Math.floor(Math.max(y1, y2)) - first;
    for (let row = Math.floor(Math.min(y1, y2)) - first; row <= last; row++) rows[row].push(i);
  }
  return rows;
}

function isInside(polygon: Polygon, edges: readonly number[], x: number, y: number): boolean {
  const corners = polygon.length >> 1;
  let isOdd = false;
  for (const i of edges) {
    const j = (i + 1) % corners;
    const [x1, y1, x2, y2] = [
      polygon[2 * i],
      polygon[2 * i + 1],
      polygon[2 * j],
      polygon[2 * j + 1],
    ];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) isOdd = !isOdd;
  }
  return isOdd;
}
