import type { GlobeCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/** Lambert's azimuthal equal-area map: q = Rp drawn at √(2 / (1 + q₃)) (q₁, q₂), the whole sphere in a disk of radius 2. */
export function lambert({ turn: r }: GlobeCamera): Projection {
  return {
    hasDepth: false,
    outline: [2, 2],
    extent: [2, 2],
    project(x, y, z, out) {
      const right = r[0] * x + r[1] * y + r[2] * z;
      const up = r[3] * x + r[4] * y + r[5] * z;
      const front = r[6] * x + r[7] * y + r[8] * z;
      // 1 + q₃ = (q₁² + q₂²) / (1 − q₃) keeps its digits on the far side.
      const across = right * right + up * up;
      const stretch = Math.sqrt(front < 0 ? (2 * (1 - front)) / across : 2 / (1 + front));
      // The far pole is the whole rim; it is drawn at its right end.
      const isPole = front < 0 && across < 1e-300;
      out[0] = isPole ? 2 : stretch * right;
      out[1] = isPole ? 0 : stretch * up;
      out[2] = 0;
    },
    unproject(right, up, out) {
      const half = (right * right + up * up) / 4;
      if (!(half <= 1)) return false;
      const shrink = Math.sqrt(1 - half);
      const [a, b, c] = [right * shrink, up * shrink, 1 - 2 * half];
      for (let i = 0; i < 3; i++) out[i] = r[i] * a + r[3 + i] * b + r[6 + i] * c;
      return true;
    },
  };
}
