/**
 * The turning sphere. These functions run in the reader's browser: their source text is written into
 * the report, so they use nothing from outside themselves but what they are handed.
 */

type Turn = Float64Array;

/** Pure geometry of the view, separate so that it can be tested without a canvas. */
export function sphereGeometry() {
  /** Little-endian int16 in base64 → unit coordinates. */
  function unpacked(base64: string): Float64Array {
    const bytes = atob(base64);
    const out = new Float64Array(bytes.length / 2);
    for (let i = 0; i < out.length; i++) {
      const value = bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
      out[i] = (value > 32767 ? value - 65536 : value) / 32767;
    }
    return out;
  }

  /** Between a and b at share t, on the sphere; a point opposite to itself passes by a pole. */
  function between(a: Float64Array, b: Float64Array, t: number, out: Float64Array): void {
    for (let i = 0; i < a.length; i += 3) {
      let x = a[i] + t * (b[i] - a[i]);
      let y = a[i + 1] + t * (b[i + 1] - a[i + 1]);
      let z = a[i + 2] + t * (b[i + 2] - a[i + 2]);
      const length = Math.hypot(x, y, z);
      if (length < 1e-3) [x, y, z] = [0, 1, 0];
      else [x, y, z] = [x / length, y / length, z / length];
      out[i] = x;
      out[i + 1] = y;
      out[i + 2] = z;
    }
  }

  function product(a: Turn, b: Turn): Turn {
    const out = new Float64Array(9);
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) {
        out[3 * r + c] = a[3 * r] * b[c] + a[3 * r + 1] * b[3 + c] + a[3 * r + 2] * b[6 + c];
      }
    }
    return out;
  }

  /** Turns by `right` about the upright axis and by `up` about the level one, then squares up. */
  function turnedBy(turn: Turn, right: number, up: number): Turn {
    const [c, s] = [Math.cos(right), Math.sin(right)];
    const [d, u] = [Math.cos(up), Math.sin(up)];
    const yaw = Float64Array.of(c, 0, s, 0, 1, 0, -s, 0, c);
    const pitch = Float64Array.of(1, 0, 0, 0, d, u, 0, -u, d);
    return squared(product(pitch, product(yaw, turn)));
  }

  /** Nearest rotation after rounding: Gram and Schmidt on the rows. */
  function squared(m: Turn): Turn {
    const out = Float64Array.from(m);
    const length = Math.hypot(out[0], out[1], out[2]);
    for (let i = 0; i < 3; i++) out[i] /= length;
    const dot = out[0] * out[3] + out[1] * out[4] + out[2] * out[5];
    for (let i = 0; i < 3; i++) out[3 + i] -= dot * out[i];
    const second = Math.hypot(out[3], out[4], out[5]);
    for (let i = 0; i < 3; i++) out[3 + i] /= second;
    out[6] = out[1] * out[5] - out[2] * out[4];
    out[7] = out[2] * out[3] - out[0] * out[5];
    out[8] = out[0] * out[4] - out[1] * out[3];
    return out;
  }

  function seen(turn: Turn, points: Float64Array, out: Float64Array): void {
    for (let i = 0; i < points.length; i += 3) {
      const [x, y, z] = [points[i], points[i + 1], points[i + 2]];
      out[i] = turn[0] * x + turn[1] * y + turn[2] * z;
      out[i + 1] = turn[3] * x + turn[4] * y + turn[5] * z;
      out[i + 2] = turn[6] * x + turn[7] * y + turn[8] * z;
    }
  }

  /** The point in front nearest to (x, y) within `reach`, in radii; −1 where there is none. */
  function pointAt(points: Float64Array, x: number, y: number, reach: number): number {
    let best = -1;
    let least = reach * reach;
    for (let i = 0; i < points.length; i += 3) {
      if (points[i + 2] < 0) continue;
      const distance = (points[i] - x) ** 2 + (points[i + 1] - y) ** 2;
      if (distance < least) [best, least] = [i / 3, distance];
    }
    return best;
  }

  return { unpacked, between, turnedBy, seen, pointAt };
}

export type SphereGeometry = ReturnType<typeof sphereGeometry>;
