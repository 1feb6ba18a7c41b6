import type { DiskCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/** The Poincaré disk moved by the isometry w = (p − c) / (1 − c̄p), which brings the center c into the middle. */
export function disk({ center }: DiskCamera): Projection {
  const [cx, cy] = center;
  return {
    hasDepth: false,
    outline: [1, 1],
    extent: [1, 1],
    project(x, y, _, out) {
      const a = 1 - cx * x - cy * y;
      const b = cy * x - cx * y;
      const size = a * a + b * b;
      const [u, v] = [x - cx, y - cy];
      const isInside = x * x + y * y <= 1;
      out[0] = isInside ? (u * a + v * b) / size : Number.NaN;
      out[1] = isInside ? (v * a - u * b) / size : Number.NaN;
      out[2] = 0;
    },
    unproject(right, up, out) {
      if (!(right * right + up * up <= 1)) return false;
      const a = 1 + cx * right + cy * up;
      const b = cx * up - cy * right;
      const size = a * a + b * b;
      const [u, v] = [right + cx, up + cy];
      out[0] = (u * a + v * b) / size;
      out[1] = (v * a - u * b) / size;
      return true;
    },
  };
}
