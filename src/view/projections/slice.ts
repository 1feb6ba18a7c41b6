import type { GlobeCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/**
 * A great circle spread by distance: q = Rp drawn at (1 + q₃ / 2) (q₁, q₂) / √(q₁² + q₂²). The angle is that of the point's
 * projection onto the circle, as sliced dispersion sees it; the way from the unit circle is the sine of its distance.
 */
export function slice({ turn: r }: GlobeCamera): Projection {
  return {
    hasDepth: false,
    outline: [1, 1],
    extent: [1.5, 1.5],
    project(x, y, z, out) {
      const right = r[0] * x + r[1] * y + r[2] * z;
      const up = r[3] * x + r[4] * y + r[5] * z;
      const off = r[6] * x + r[7] * y + r[8] * z;
      const across = Math.sqrt(right * right + up * up);
      const radius = 1 + off / 2;
      // The circle's two poles have no angle; they are drawn at its start.
      out[0] = across > 0 ? (radius * right) / across : radius;
      out[1] = across > 0 ? (radius * up) / across : 0;
      out[2] = 0;
    },
    unproject(right, up, out) {
      const radius = Math.sqrt(right * right + up * up);
      const off = 2 * (radius - 1);
      if (!(Math.abs(off) <= 1)) return false;
      const across = Math.sqrt((1 - off) * (1 + off)) / radius;
      for (let i = 0; i < 3; i++)
        out[i] = r[i] * right * across + r[3 + i] * up * across + r[6 + i] * off;
      return true;
    },
  };
}
