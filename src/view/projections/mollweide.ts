import type { GlobeCamera } from '../camera.ts';
import type { Projection } from './projection.ts';

/**
 * Mollweide's equal-area map of the whole sphere: 2θ + sin 2θ = π sin φ, drawn at ((2√2/π) λ cos θ, √2 sin θ) with the
 * second coordinate of Rp as the axis of latitudes φ and the third in the middle (λ = 0).
 */
export function mollweide({ turn: r }: GlobeCamera): Projection {
  // Browsers may differ in the last place of sines: a picture's point, not its pixel's color, moves by 1e-16.
  /** π/2 − θ of a latitude; `low` is 1 minus its sine, with its digits near the pole. */
  function polarAngle(low: number): number {
    // With α = π/2 − θ the equation is 2α − sin 2α = π low.
    const goal = Math.PI * low;
    if (goal === 0) return 0;
    // The inverse series of 2α − sin 2α; it is off by less than 0.01 at the equator.
    const c = Math.cbrt(6 * goal);
    const s = c * c;
    let angle =
      (c / 2) * (1 + s * (1 / 60 + s * (1 / 1400 + s * (1 / 25200 + s * (43 / 17248000)))));
    for (let step = 0; step < 8; step++) {
      const twice = 2 * angle;
      // The difference of an angle and its sine has no digits left for small angles; its series has.
      const value =
        twice < 0.1
          ? (twice ** 3 / 6) *
            (1 - (twice ** 2 / 20) * (1 - (twice ** 2 / 42) * (1 - twice ** 2 / 72)))
          : twice - Math.sin(twice);
      const sine = Math.sin(angle);
      const change = (value - goal) / (4 * sine * sine);
      angle -= change;
      // The error after a step is about the square of its change.
      if (Math.abs(change) <= 1e-7 * angle) break;
    }
    return angle;
  }
  return {
    hasDepth: false,
    outline: [2 * Math.SQRT2, Math.SQRT2],
    extent: [2 * Math.SQRT2, Math.SQRT2],
    project(x, y, z, out) {
      const right = r[0] * x + r[1] * y + r[2] * z;
      const up = r[3] * x + r[4] * y + r[5] * z;
      const front = r[6] * x + r[7] * y + r[8] * z;
      const height = Math.min(1, Math.abs(up));
      const low = height > 0.5 ? (right * right + front * front) / (1 + height) : 1 - height;
      const angle = polarAngle(low);
      out[0] = ((2 * Math.SQRT2) / Math.PI) * Math.atan2(right, front) * Math.sin(angle);
      out[1] = Math.SQRT2 * Math.cos(angle) * (up < 0 ? -1 : 1);
      out[2] = 0;
    },
    unproject(right, up, out) {
      const cosine = Math.abs(up) / Math.SQRT2;
      if (!(cosine <= 1)) return false;
      const sine = Math.sqrt((1 - cosine) * (1 + cosine));
      const theta = Math.atan2(cosine, sine);
      const longitude = sine > 0 ? (Math.PI * right) / (2 * Math.SQRT2 * sine) : 0;
      if (!(Math.abs(longitude) <= Math.PI)) return false;
      const height = (2 * theta + 2 * sine * cosine) / Math.PI;
      const across = Math.sqrt(Math.max(0, (1 - height) * (1 + height)));
      const a = across * Math.sin(longitude);
      const b = up < 0 ? -height : height;
      const c = across * Math.cos(longitude);
      for (let i = 0; i < 3; i++) out[i] = r[i] * a + r[3 + i] * b + r[6 + i] * c;
      return true;
    },
  };
}
