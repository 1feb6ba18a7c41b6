import type { PlaneCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/** A map of 2 columns as it is, moved to the camera's center. */
export function plane({ center }: PlaneCamera): Projection {
  const [cx, cy] = center;
  return {
    hasDepth: false,
    outline: undefined,
    extent: undefined,
    project(x, y, _, out) {
      out[0] = x - cx;
      out[1] = y - cy;
      out[2] = 0;
    },
    unproject(right, up, out) {
      out[0] = right + cx;
      out[1] = up + cy;
      return true;
    },
  };
}
