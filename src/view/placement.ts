import type { Camera, Size } from './camera.ts';
import type { Cloud } from './cloud.ts';
import { projectionOf } from './projections/index.ts';

/** Where points are in the picture, in its pixels from the left upper corner; NaN where one is not shown. */
export interface Placement {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Towards the reader, in [−1, 1]; 0 where nothing lies behind another. */
  readonly depth: Float32Array;
}

/** Where every point of a cloud is, or those of `rows`, in their order; written over `into` where that is as long. */
export function placementOf(
  { positions, dims, hidden }: Cloud,
  camera: Camera,
  size: Size,
  rows?: ArrayLike<number>,
  into?: Placement,
): Placement {
  const count = rows ? rows.length : positions.length / dims;
  const fresh = () => new Float32Array(count);
  const { x, y, depth } =
    into?.x.length === count ? into : { x: fresh(), y: fresh(), depth: fresh() };
  const { project } = projectionOf(camera);
  const { scale } = camera;
  const { middleX, middleY } = middleOf(camera, size);
  const spot = new Float64Array(3);
  for (let i = 0; i < count; i++) {
    const row = rows ? rows[i] : i;
    const p = dims * row;
    if (hidden && hidden[row] !== 0) {
      x[i] = Number.NaN;
      continue;
    }
    project(positions[p], positions[p + 1], dims === 3 ? positions[p + 2] : 0, spot);
    x[i] = middleX + scale * spot[0];
    y[i] = middleY - scale * spot[1];
    depth[i] = spot[2];
  }
  return { x, y, depth };
}

/** Where the origin of the flat is in the picture. */
export function middleOf(camera: Camera, { width, height }: Size) {
  const [right, down] = camera.kind === 'plane' ? [0, 0] : camera.shift;
  return { middleX: width / 2 + right, middleY: height / 2 + down };
}

/** The point that a place of the picture shows, as columns of a cloud; undefined where there is none. */
export function pointAt(
  camera: Camera,
  size: Size,
  x: number,
  y: number,
): readonly number[] | undefined {
  const { middleX, middleY } = middleOf(camera, size);
  const out = new Float64Array(camera.kind === 'globe' ? 3 : 2);
  const isSeen = projectionOf(camera).unproject(
    (x - middleX) / camera.scale,
    (middleY - y) / camera.scale,
    out,
  );
  return isSeen ? [...out] : undefined;
}
