import type { Camera, GlobeCamera } from './camera.ts';
import { axisAngle, composed, inverse, rotationAbout, squared } from './rotation.ts';

/** The camera at share t of the way from one to another: turns by the shortest way, zooms evenly to the eye. */
export function glide(from: Camera, to: Camera, t: number): Camera {
  if (t <= 0) return from;
  if (t >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** t;
  if (from.kind === 'plane' && to.kind === 'plane') {
    const share = shareOfWay(from.scale, to.scale, t);
    return { ...to, scale, center: between(from.center, to.center, share) };
  }
  if (from.kind === 'globe' && to.kind === 'globe' && from.projection === to.projection)
    return {
      ...to,
      scale,
      shift: between(from.shift, to.shift, t),
      turn: turnBetween(from, to, t),
    };
  if (from.kind === 'disk' && to.kind === 'disk') {
    const shift = between(from.shift, to.shift, t);
    return { ...to, scale, shift, center: between(from.center, to.center, t) };
  }
  return to;
}

/** How far the center is when the zoom is at share t, so that the point both views show stays where it is. */
function shareOfWay(from: number, to: number, t: number): number {
  const ratio = to / from;
  return Math.abs(ratio - 1) < 1e-6 ? t : (1 - ratio ** -t) / (1 - 1 / ratio);
}

function between(
  [a, b]: readonly [number, number],
  [c, d]: readonly [number, number],
  t: number,
): [number, number] {
  return [a + t * (c - a), b + t * (d - b)];
}

function turnBetween(from: GlobeCamera, to: GlobeCamera, t: number): readonly number[] {
  const { axis, angle } = axisAngle(composed(to.turn, inverse(from.turn)));
  return squared(composed(rotationAbout(axis, t * angle), from.turn));
}

/** Slow, fast, slow: where a glide is at share t of its time. */
export function eased(t: number): number {
  const clamped = Math.min(1, Math.max(0, t));
  return clamped * clamped * (3 - 2 * clamped);
}
