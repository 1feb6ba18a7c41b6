import type { GlobeCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/** Orthographic: the sphere seen from afar, q = Rp drawn at (q₁, q₂). */
export function globe({ turn: r }: GlobeCamera): Projection {
  return {
    hasDepth: true,
    outline: [1, 1],
    extent: [1, 1],
    project(x, y, z, out) {
      out[0] = r[0] * x + r[1] * y + r[2] * z;
      out[1] = r[3] * x + r[4] * y + r[5] * z;
      out[2] = r[6] * x + r[7] * y + r[8] * z;
    },
    unproject(right, up, out) {
      const rest = 1 - right * right - up * up;
      if (!(rest >= 0)) return false;
      const front = Math.sqrt(rest);
      for (let i = 0; i < 3; i++) out[i] = r[i] * right + r[3 + i] * up + r[6 + i] * front;
      return true;
    },
  };
}
