import { OptionError } from '../core/errors.ts';
import type { Camera, GlobeProjection, Size } from './camera.ts';
import type { Cloud } from './cloud.ts';
import { type ProjectionId, projectionOf } from './projections/index.ts';
import { NO_TURN } from './rotation.ts';

/** The share of the picture that a first view fills. */
const FILLED = 0.92;
/** Far rows are left outside where the others are then seen so many times as large. */
const WORTH = 1.5;
/** Rows whose distances say which ones are far. */
const MOST_ASKED = 65_536;

/**
 * The camera that shows all points that are not hidden: 2 columns as a map, 3 as a globe, or by the projection asked. With
 * a share below 1 a map may leave the rest outside, those farthest from the median, where the others are then seen much larger.
 */
export function fitted(cloud: Cloud, size: Size, projection?: ProjectionId, share = 1): Camera {
  const id = projection ?? (cloud.dims === 2 ? 'plane' : 'globe');
  const isFlat = id === 'plane' || id === 'disk';
  if (isFlat !== (cloud.dims === 2)) {
    const known = cloud.dims === 2 ? 'plane or disk' : 'one of the sphere';
    throw new OptionError('view', 'projection', `${known} for ${cloud.dims} columns`, id);
  }
  if (id === 'plane') return fittedPlane(cloud, size, share);
  const shift = [0, 0] as const;
  const camera: Camera =
    id === 'disk'
      ? { kind: 'disk', center: [0, 0], scale: 1, shift }
      : { kind: 'globe', turn: NO_TURN, scale: 1, shift, projection: id satisfies GlobeProjection };
  const [right, up] = projectionOf(camera).extent ?? [1, 1];
  return { ...camera, scale: scaleFor(2 * right, 2 * up, size) };
}

function fittedPlane(cloud: Cloud, size: Size, share: number): Camera {
  const all = cameraOn(boxOf(cloud), size);
  if (share >= 1) return all;
  const some = cameraOn(boxOf(cloud, middleOf(cloud, share)), size);
  return some.scale > WORTH * all.scale ? some : all;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

function cameraOn({ left, right, bottom, top }: Box, size: Size): Camera {
  if (left > right) return { kind: 'plane', center: [0, 0], scale: scaleFor(2, 2, size) };
  const center = [(left + right) / 2, (bottom + top) / 2] as const;
  return { kind: 'plane', center, scale: scaleFor(right - left, top - bottom, size) };
}

/** What the points that are shown take up, or those of them in a square. */
function boxOf(cloud: Cloud, { x: x0, y: y0, reach }: Middle = EVERYWHERE): Box {
  const { positions } = cloud;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0, p = 0; p < positions.length; i++, p += 2) {
    if (!isShown(cloud, i)) continue;
    const x = positions[p];
    const y = positions[p + 1];
    if (Math.abs(x - x0) > reach || Math.abs(y - y0) > reach) continue;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  return { left, right, bottom, top };
}

/** A square around the median of the points. */
interface Middle {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

const EVERYWHERE: Middle = { x: 0, y: 0, reach: Infinity };

/** The square that holds that share of the points; of very many, evenly chosen ones say so. */
function middleOf(cloud: Cloud, share: number): Middle {
  const { positions } = cloud;
  const step = Math.ceil(positions.length / 2 / MOST_ASKED);
  const asked: number[] = [];
  for (let i = 0; 2 * i < positions.length; i += step) if (isShown(cloud, i)) asked.push(i);
  if (asked.length === 0) return EVERYWHERE;
  const at = (values: Float64Array, part: number) =>
    values.sort()[Math.ceil(part * values.length) - 1];
  const x = at(
    Float64Array.from(asked, (i) => positions[2 * i]),
    0.5,
  );
  const y = at(
    Float64Array.from(asked, (i) => positions[2 * i + 1]),
    0.5,
  );
  const far = Float64Array.from(asked, (i) =>
    Math.max(Math.abs(positions[2 * i] - x), Math.abs(positions[2 * i + 1] - y)),
  );
  return { x, y, reach: at(far, share) };
}

function isShown({ positions, hidden }: Cloud, i: number): boolean {
  const [x, y] = [positions[2 * i], positions[2 * i + 1]];
  // A row without a place is NaN or infinite: its difference with itself is no 0.
  return !(hidden && hidden[i] !== 0) && x - x === 0 && y - y === 0;
}

function scaleFor(across: number, upright: number, { width, height }: Size): number {
  const scale = FILLED * Math.min(width / across, height / upright);
  // Points that all lie in one place have no extent.
  return Number.isFinite(scale) ? scale : (FILLED * Math.min(width, height)) / 2;
}
