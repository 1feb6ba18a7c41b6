import type { Camera, Size } from './camera.ts';
import type { Cloud } from './cloud.ts';
import { middleOf, type Placement, placementOf } from './placement.ts';

/**
 * The row that a place of the picture means: within the radius the nearest on a map; on the globe the front-most of
 * those on the side of the nearest one. Ties go to the lower row; −1 where there is none.
 */
export function picked(
  { x, y, depth }: Placement,
  atX: number,
  atY: number,
  radius: number,
): number {
  let best = -1;
  let least = radius * radius;
  let isFront = false;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - atX;
    const dy = y[i] - atY;
    const square = dx * dx + dy * dy;
    if (!(square <= radius * radius)) continue;
    const front = depth[i] >= 0;
    // The near side hides the far one; on one side, what is nearest to the pointer is meant.
    const isBetter = front === isFront ? square < least || best < 0 : front || best < 0;
    if (!isBetter) continue;
    best = i;
    least = square;
    isFront = front;
  }
  return best;
}

/** The same of a cloud, without the places of all: only those that may lie so near are placed. */
export function pickedFrom(
  cloud: Cloud,
  camera: Camera,
  size: Size,
  [atX, atY]: readonly [number, number],
  radius: number,
): number {
  const band = bandOf(camera, size, [atX, atY], radius);
  if (!band) return picked(placementOf(cloud, camera, size), atX, atY, radius);
  const { positions, dims, hidden } = cloud;
  const rows = rowsIn(positions, dims, band);
  const few = new Float32Array(dims * rows.length);
  for (let k = 0, to = 0; k < rows.length; k++)
    for (let d = 0; d < dims; d++, to++) few[to] = positions[dims * rows[k] + d];
  const part: Cloud = {
    positions: few,
    dims,
    shades: new Uint8Array(rows.length),
    hidden: hidden && Uint8Array.from(rows, (row) => hidden[row]),
  };
  const at = picked(placementOf(part, camera, size), atX, atY, radius);
  return at < 0 ? at : rows[at];
}

/** A plane a·x + b·y + c·z whose value at points near the place lies between two bounds. */
interface Band {
  readonly normal: ArrayLike<number>;
  readonly least: number;
  readonly most: number;
}

/** Rows between the bounds, ascending. */
function rowsIn(positions: Float32Array, dims: 2 | 3, band: Band): Int32Array {
  // One comparison that is seldom true: of two, the first would be guessed wrong half of the time.
  const middle = (band.least + band.most) / 2;
  const half = (band.most - band.least) / 2;
  const [a, b, c] = Float64Array.from(band.normal);
  const count = positions.length / dims;
  let rows = new Int32Array(4096);
  let found = 0;
  for (let i = 0, p = 0; i < count; i++, p += dims) {
    const flat = a * positions[p] + b * positions[p + 1] - middle;
    const value = dims === 2 ? flat : flat + c * positions[p + 2];
    if (!(Math.abs(value) <= half)) continue;
    if (found === rows.length) rows = longer(rows);
    rows[found++] = i;
  }
  return rows.subarray(0, found);
}

function longer(rows: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * rows.length);
  twice.set(rows);
  return twice;
}

/**
 * Where the picture's circle of that radius comes from: of a map a strip of columns, of the globe one of the picture's
 * upright strips. Lambert's map, the stereographic one and the slice draw a point at a distance from the middle that only
 * its depth decides, Mollweide's at a height that only its latitude does. Bounds are wide enough for float32.
 */
function bandOf(
  camera: Camera,
  size: Size,
  [atX, atY]: readonly [number, number],
  radius: number,
): Band | undefined {
  if (camera.kind === 'disk') return undefined;
  const { middleX, middleY } = middleOf(camera, size);
  const reach = (radius + 0.5) / camera.scale;
  const right = (atX - middleX) / camera.scale;
  const up = (middleY - atY) / camera.scale;
  if (camera.kind === 'plane') {
    const middle = right + camera.center[0];
    return spread([1, 0, 0], middle - reach, middle + reach);
  }
  const { turn } = camera;
  const away = Math.hypot(right, up);
  switch (camera.projection) {
    case 'globe':
      return spread(turn.slice(0, 3), right - reach, right + reach);
    case 'lambert': {
      const depth = (distance: number) => 1 - Math.min(2, Math.max(0, distance)) ** 2 / 2;
      return spread(turn.slice(6), depth(away + reach), depth(away - reach));
    }
    case 'stereographic': {
      const depth = (distance: number) => {
        const square = (Math.max(0, distance) / 2) ** 2;
        return (1 - square) / (1 + square);
      };
      return spread(turn.slice(6), depth(away + reach), depth(away - reach));
    }
    case 'slice':
      return spread(turn.slice(6), 2 * (away - reach - 1), 2 * (away + reach - 1));
    default:
      return spread(turn.slice(3, 6), latitudeSine(up - reach), latitudeSine(up + reach));
  }
}

/** sin φ of a height on Mollweide's map; beyond it, that of the pole. */
function latitudeSine(up: number): number {
  const sine = Math.min(1, Math.max(-1, up / Math.SQRT2));
  const theta = Math.asin(sine);
  return (2 * theta + Math.sin(2 * theta)) / Math.PI;
}

/** Coordinates and rotation are rounded to some 1e-7. */
function spread(normal: ArrayLike<number>, least: number, most: number): Band {
  const room = 1e-6 * (1 + Math.abs(least) + Math.abs(most));
  return { normal, least: least - room, most: most + room };
}
