import type { GlobeCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/** Stereographic: q = Rp drawn at 2 (q₁, q₂) / (1 + q₃); angles are kept, the far pole is at infinity. */
export function stereographic({ turn: r }: GlobeCamera): Projection {
  return {
    hasDepth: false,
    outline: undefined,
    extent: [3, 3],
    project(x, y, z, out) {
      const right = r[0] * x + r[1] * y + r[2] * z;
      const up = r[3] * x + r[4] * y + r[5] * z;
      const front = r[6] * x + r[7] * y + r[8] * z;
      // 1 + q₃ = (q₁² + q₂²) / (1 − q₃) keeps its digits on the far side.
      const below = front < 0 ? (right * right + up * up) / (1 - front) : 1 + front;
      const stretch = below > 0 ? 2 / below : Number.NaN;
      out[0] = stretch * right;
      out[1] = stretch * up;
      out[2] = 0;
    },
    unproject(right, up, out) {
      const half = (right * right + up * up) / 4;
      const shrink = 1 / (1 + half);
      const [a, b, c] = [right * shrink, up * shrink, (1 - half) * shrink];
      for (let i = 0; i < 3; i++) out[i] = r[i] * a + r[3 + i] * b + r[6 + i] * c;
      return true;
    },
  };
}
