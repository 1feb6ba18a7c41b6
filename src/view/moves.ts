import type { Camera, GlobeCamera, Size } from './camera.ts';
import { middleOf, pointAt } from './placement.ts';
import { composed, rotationAbout, rotationBetween, squared, turnedVector } from './rotation.ts';

type Place = readonly [number, number];

/** The camera after the picture was moved by pixels, right and down. */
export function panned(camera: Camera, right: number, down: number): Camera {
  if (camera.kind === 'plane') {
    const [x, y] = camera.center;
    return { ...camera, center: [x - right / camera.scale, y + down / camera.scale] };
  }
  const [x, y] = camera.shift;
  return { ...camera, shift: [x + right, y + down] };
}

/** The camera zoomed by a factor; what is at the place of the picture stays there. */
export function zoomed(camera: Camera, factor: number, [x, y]: Place, size: Size): Camera {
  const { middleX, middleY } = middleOf(camera, size);
  const closer = { ...camera, scale: camera.scale * factor };
  return panned(closer, (x - middleX) * (1 - factor), (y - middleY) * (1 - factor));
}

/** The globe turned by angles: `right` about the upright axis of the picture, `up` about its level one, `roll` in it. */
export function turned(camera: GlobeCamera, right: number, up: number, roll = 0): GlobeCamera {
  const angle = Math.hypot(right, up, roll);
  if (angle === 0) return camera;
  return rotated(camera, [-up / angle, right / angle, roll / angle], angle);
}

/** The globe turned about an axis of the picture. */
export function rotated(camera: GlobeCamera, axis: readonly number[], angle: number): GlobeCamera {
  return { ...camera, turn: squared(composed(rotationAbout(axis, angle), camera.turn)) };
}

/**
 * The camera after a drag: what was under the pointer is under it again. A map is moved, a globe turned (arcball), the
 * disk moved by an isometry. Beside the globe and beyond its maps the drag rolls or turns as far as the pointer went.
 */
export function dragged(camera: Camera, from: Place, to: Place, size: Size): Camera {
  if (camera.kind === 'plane') return panned(camera, to[0] - from[0], to[1] - from[1]);
  const start = pointAt(camera, size, ...from);
  const end = pointAt(camera, size, ...to);
  const { middleX, middleY } = middleOf(camera, size);
  if (camera.kind === 'disk') {
    const place = [(to[0] - middleX) / camera.scale, (middleY - to[1]) / camera.scale] as const;
    return start && end ? { ...camera, center: centerFor(start, place) } : camera;
  }
  if (start && end) {
    const [a, b] = [turnedVector(camera.turn, start), turnedVector(camera.turn, end)];
    return { ...camera, turn: squared(composed(rotationBetween(a, b), camera.turn)) };
  }
  if (camera.projection === 'globe' || camera.projection === 'slice') {
    const angleOf = ([x, y]: Place) => Math.atan2(middleY - y, x - middleX);
    return turned(camera, 0, 0, angleOf(to) - angleOf(from));
  }
  return turned(camera, (to[0] - from[0]) / camera.scale, (from[1] - to[1]) / camera.scale);
}

/** The center c by which the disk's point s is seen at w: (s − c) / (1 − c̄s) = w gives c − ws c̄ = s − w. */
function centerFor([sx, sy]: readonly number[], [wx, wy]: Place): Place {
  const [kx, ky] = [wx * sx - wy * sy, wx * sy + wy * sx];
  const [mx, my] = [sx - wx, sy - wy];
  const rest = 1 - kx * kx - ky * ky;
  const center = [(mx + kx * mx + ky * my) / rest, (my + ky * mx - kx * my) / rest] as const;
  // Beyond that, all other points lie within a pixel of the rim.
  const most = 0.999;
  const length = Math.hypot(...center);
  return length <= most ? center : [(center[0] * most) / length, (center[1] * most) / length];
}

/** The camera with a point in the middle of the picture. */
export function centered(camera: Camera, point: ArrayLike<number>): Camera {
  if (camera.kind !== 'globe') {
    const center = [point[0], point[1]] as const;
    return camera.kind === 'plane' ? { ...camera, center } : { ...camera, center, shift: [0, 0] };
  }
  const length = Math.hypot(point[0], point[1], point[2]);
  if (!(length > 0)) return camera;
  const seen = turnedVector(
    camera.turn,
    Array.from(point, (c) => c / length),
  );
  const goal = camera.projection === 'slice' ? [1, 0, 0] : [0, 0, 1];
  const turn = squared(composed(rotationBetween(seen, goal), camera.turn));
  return { ...camera, turn, shift: [0, 0] };
}
