import { OptionError } from '../core/errors.ts';
import type { Camera, GlobeProjection, Size } from './camera.ts';
import type { Cloud } from './cloud.ts';
import { type ProjectionId, projectionOf } from './projections/index.ts';
import { NO_TURN } from './rotation.ts';

/** The share of the picture that a first view fills. */
const FILLED = 0.92;

/** The camera that shows all points that are not hidden: 2 columns as a map, 3 as a globe, or by the projection asked. */
export function fitted(cloud: Cloud, size: Size, projection?: ProjectionId): Camera {
  const id = projection ?? (cloud.dims === 2 ? 'plane' : 'globe');
  const isFlat = id === 'plane' || id === 'disk';
  if (isFlat !== (cloud.dims === 2)) {
    const known = cloud.dims === 2 ? 'plane or disk' : 'one of the sphere';
    throw new OptionError('view', 'projection', `${known} for ${cloud.dims} columns`, id);
  }
  if (id === 'plane') return fittedPlane(cloud, size);
  const shift = [0, 0] as const;
  const camera: Camera =
    id === 'disk'
      ? { kind: 'disk', center: [0, 0], scale: 1, shift }
      : { kind: 'globe', turn: NO_TURN, scale: 1, shift, projection: id satisfies GlobeProjection };
  const [right, up] = projectionOf(camera).extent ?? [1, 1];
  return { ...camera, scale: scaleFor(2 * right, 2 * up, size) };
}

function fittedPlane({ positions, hidden }: Cloud, size: Size): Camera {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0, p = 0; p < positions.length; i++, p += 2) {
    const x = positions[p];
    const y = positions[p + 1];
    // A row without a place is NaN or infinite: its difference with itself is no 0.
    if ((hidden && hidden[i] !== 0) || x - x !== 0 || y - y !== 0) continue;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  if (left > right) return { kind: 'plane', center: [0, 0], scale: scaleFor(2, 2, size) };
  const center = [(left + right) / 2, (bottom + top) / 2] as const;
  return { kind: 'plane', center, scale: scaleFor(right - left, top - bottom, size) };
}

function scaleFor(across: number, upright: number, { width, height }: Size): number {
  const scale = FILLED * Math.min(width / across, height / upright);
  // Points that all lie in one place have no extent.
  return Number.isFinite(scale) ? scale : (FILLED * Math.min(width, height)) / 2;
}
