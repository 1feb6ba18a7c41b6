import type { Numbers } from '../contract.ts';

/** Every row turned: x to the right, y up, z to the reader. */
export function turnedPoints(points: Numbers, turn: Numbers): Float64Array {
  const out = new Float64Array(points.length);
  for (let i = 0; i < out.length; i += 3) {
    for (let r = 0; r < 3; r++) {
      out[i + r] =
        turn[3 * r] * points[i] + turn[3 * r + 1] * points[i + 1] + turn[3 * r + 2] * points[i + 2];
    }
  }
  return out;
}

/**
 * The turn that shows where the points crowd: their mean direction a little left of the middle and
 * above it, so that the crowd and the empty side are both seen.
 */
export function facingTurn(points: Numbers): Float64Array {
  const mean = [0, 0, 0];
  for (let i = 0; i < points.length; i++) mean[i % 3] += points[i];
  const length = Math.sqrt(mean[0] ** 2 + mean[1] ** 2 + mean[2] ** 2);
  const target = [-0.42, 0.3, Math.sqrt(1 - 0.42 ** 2 - 0.3 ** 2)];
  if (!(length > 1e-9 * points.length)) return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return turnBetween(
    mean.map((c) => c / length),
    target,
  );
}

/** The shortest turn from unit a to unit b (Rodrigues); half a turn about an axis where b = −a. */
function turnBetween(a: readonly number[], b: readonly number[]): Float64Array {
  const [ux, uy, uz] = [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const c = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  if (1 + c < 1e-9) return halfTurnAcross(a);
  const k = 1 / (1 + c);
  return Float64Array.of(
    c + k * ux * ux,
    k * ux * uy - uz,
    k * ux * uz + uy,
    k * ux * uy + uz,
    c + k * uy * uy,
    k * uy * uz - ux,
    k * ux * uz - uy,
    k * uy * uz + ux,
    c + k * uz * uz,
  );
}

/** Half a turn about an axis perpendicular to unit a: it takes a to −a. */
function halfTurnAcross(a: readonly number[]): Float64Array {
  const other = Math.abs(a[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const along = other[0] * a[0] + other[1] * a[1];
  const raw = other.map((c, i) => c - along * a[i]);
  const length = Math.sqrt(raw[0] ** 2 + raw[1] ** 2 + raw[2] ** 2);
  const u = raw.map((c) => c / length);
  return Float64Array.from({ length: 9 }, (_, i) => {
    const [r, s] = [Math.floor(i / 3), i % 3];
    return 2 * u[r] * u[s] - (r === s ? 1 : 0);
  });
}
