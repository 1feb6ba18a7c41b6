/** Rotations of three coordinates: 3 × 3, row by row. */
export type Rotation = readonly number[];
export type Vector = ArrayLike<number>;

export const NO_TURN: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export function composed(a: Rotation, b: Rotation): Rotation {
  return Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [3 * Math.floor(at / 3), at % 3];
    return a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
  });
}

export function turnedVector(r: Rotation, [x, y, z]: readonly number[]): [number, number, number] {
  return [
    r[0] * x + r[1] * y + r[2] * z,
    r[3] * x + r[4] * y + r[5] * z,
    r[6] * x + r[7] * y + r[8] * z,
  ];
}

export function inverse(r: Rotation): Rotation {
  return [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]];
}

/** The rotation by an angle about an axis of length 1 (Rodrigues). */
export function rotationAbout(axis: Vector, angle: number): Rotation {
  const [x, y, z] = [axis[0], axis[1], axis[2]];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const k = 1 - c;
  return [
    c + x * x * k,
    x * y * k - z * s,
    x * z * k + y * s,
    y * x * k + z * s,
    c + y * y * k,
    y * z * k - x * s,
    z * x * k - y * s,
    z * y * k + x * s,
    c + z * z * k,
  ];
}

/** Axis and angle in [0, π] of a rotation. */
export function axisAngle(r: Rotation): { axis: readonly number[]; angle: number } {
  const odd = [(r[7] - r[5]) / 2, (r[2] - r[6]) / 2, (r[3] - r[1]) / 2];
  const sine = Math.hypot(...odd);
  const angle = Math.atan2(sine, (r[0] + r[4] + r[8] - 1) / 2);
  if (sine > 1e-6) return { axis: odd.map((c) => c / sine), angle };
  if (angle < 1) return { axis: [0, 1, 0], angle: 0 };
  // A half turn is R = 2aaᵀ − I: its longest column is along the axis.
  const columns = [0, 1, 2].map((c) => [0, 1, 2].map((i) => r[3 * i + c] + (i === c ? 1 : 0)));
  const lengths = columns.map((column) => Math.hypot(...column));
  const length = Math.max(...lengths);
  return { axis: columns[lengths.indexOf(length)].map((c) => c / length), angle };
}

/** The shortest rotation that brings one direction onto another, both of length 1. */
export function rotationBetween(from: Vector, to: Vector): Rotation {
  const cross = [
    from[1] * to[2] - from[2] * to[1],
    from[2] * to[0] - from[0] * to[2],
    from[0] * to[1] - from[1] * to[0],
  ];
  const sine = Math.hypot(...cross);
  const cosine = from[0] * to[0] + from[1] * to[1] + from[2] * to[2];
  if (sine > 1e-12)
    return rotationAbout(
      cross.map((c) => c / sine),
      Math.atan2(sine, cosine),
    );
  return cosine > 0 ? NO_TURN : rotationAbout(acrossOf(from), Math.PI);
}

/** A direction of length 1 at a right angle to another. */
function acrossOf(v: Vector): readonly number[] {
  const raw = Math.abs(v[0]) < 0.9 ? [0, v[2], -v[1]] : [-v[2], 0, v[0]];
  const length = Math.hypot(...raw);
  return raw.map((c) => c / length);
}

/** The rotation nearby after rounding: rows of length 1 at right angles (Gram and Schmidt). */
export function squared(r: Rotation): Rotation {
  const a = unit([r[0], r[1], r[2]]);
  const dot = a[0] * r[3] + a[1] * r[4] + a[2] * r[5];
  const b = unit([r[3] - dot * a[0], r[4] - dot * a[1], r[5] - dot * a[2]]);
  const c = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  return [...a, ...b, ...c];
}

function unit(v: readonly number[]): readonly number[] {
  const length = Math.hypot(...v);
  return v.map((c) => c / length);
}
