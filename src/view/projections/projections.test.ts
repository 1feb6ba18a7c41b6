import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import type { Camera, GlobeProjection } from '../camera.ts';
import { rotationAbout } from '../rotation.ts';
import { projectionOf } from './index.ts';

const TURN = rotationAbout([0.6, 0, 0.8], 0.7);
const globe = (projection: GlobeProjection): Camera => ({
  kind: 'globe',
  turn: TURN,
  scale: 100,
  shift: [0, 0],
  projection,
});
const plane: Camera = { kind: 'plane', center: [0.3, -2], scale: 10 };
const disk: Camera = { kind: 'disk', center: [0.4, -0.55], scale: 100, shift: [0, 0] };

const SPHERE = ['globe', 'lambert', 'mollweide', 'stereographic', 'slice'] as const;

/** Points of the unit sphere in float64, poles of the turned sphere and their neighbourhood among them. */
function spherePoints(): number[][] {
  const random = Random.fromSeed(5);
  const raw = Array.from({ length: 400 }, () => [
    random.normal(),
    random.normal(),
    random.normal(),
  ]);
  const near = [0, 1, 2].flatMap((row) =>
    [1, -1].flatMap((sign) =>
      [0, 1e-9, 1e-4].map((off) =>
        [0, 1, 2].map((i) => sign * TURN[3 * row + i] + off * TURN[3 * ((row + 1) % 3) + i]),
      ),
    ),
  );
  return [...raw, ...near].map((p) => p.map((c) => c / Math.hypot(...p)));
}

function flat(camera: Camera, p: readonly number[]): Float64Array {
  const out = new Float64Array(3);
  projectionOf(camera).project(p[0], p[1], p[2] ?? 0, out);
  return out;
}

describe.each(SPHERE)('%s', (id) => {
  const camera = globe(id);
  const { unproject, hasDepth, outline } = projectionOf(camera);

  test('what is drawn comes back within 1e-12', () => {
    const out = new Float64Array(3);
    let count = 0;
    for (const p of spherePoints()) {
      const [right, up, depth] = flat(camera, p);
      // The far half of a globe is behind the near one, and a pole drawn as a line or a circle has many places.
      const seen = [0, 1, 2].map(
        (r) => TURN[3 * r] * p[0] + TURN[3 * r + 1] * p[1] + TURN[3 * r + 2] * p[2],
      );
      if (hasDepth && depth < 1e-6) continue;
      if (id === 'stereographic' && seen[2] < -0.999) continue;
      // Rounding of a place on the rim is magnified by the rim's slope: half the digits are left there.
      const isRim = outline && (right / outline[0]) ** 2 + (up / outline[1]) ** 2 > 1 - 1e-3;
      const isEdge = id === 'slice' ? Math.abs(seen[2]) > 0.99 : isRim;
      const tolerance = isEdge ? 1e-7 : 1e-12;
      if (!unproject(right, up, out)) {
        expect(isEdge).toBe(true);
        continue;
      }
      count++;
      for (let i = 0; i < 3; i++) expect(Math.abs(out[i] - p[i])).toBeLessThan(tolerance);
    }
    expect(count).toBeGreaterThan(150);
  });

  test('a place beyond the outline shows no point', () => {
    const out = new Float64Array(3);
    if (id === 'stereographic') expect(unproject(1e6, 0, out)).toBe(true);
    else expect(unproject(3, 3, out)).toBe(false);
  });

  test('the center of the turned sphere is drawn in the middle', () => {
    const [right, up] = flat(camera, TURN.slice(6));
    if (id !== 'slice') expect(Math.hypot(right, up)).toBeLessThan(1e-15);
  });
});

/** How the map stretches at a point: the derivatives along two tangents at right angles. */
function derivatives(camera: Camera, p: readonly number[]): [number[], number[]] {
  const a = Math.abs(p[2]) < 0.9 ? [-p[1], p[0], 0] : [0, -p[2], p[1]];
  const u = a.map((c) => c / Math.hypot(...a));
  const v = [p[1] * u[2] - p[2] * u[1], p[2] * u[0] - p[0] * u[2], p[0] * u[1] - p[1] * u[0]];
  const h = 1e-5;
  const along = (t: number[]) => {
    const ahead = flat(
      camera,
      p.map((c, i) => Math.cos(h) * c + Math.sin(h) * t[i]),
    );
    const behind = flat(
      camera,
      p.map((c, i) => Math.cos(h) * c - Math.sin(h) * t[i]),
    );
    return [(ahead[0] - behind[0]) / (2 * h), (ahead[1] - behind[1]) / (2 * h)];
  };
  return [along(u), along(v)];
}

/** Random points off the seams, where the map does not jump. */
const inner = spherePoints()
  .slice(0, 400)
  .filter((p) => TURN[6] * p[0] + TURN[7] * p[1] + TURN[8] * p[2] > -0.9)
  .filter((p) => Math.abs(TURN[3] * p[0] + TURN[4] * p[1] + TURN[5] * p[2]) < 0.99)
  .filter((p) => {
    const [right, , front] = [0, 1, 2].map(
      (r) => TURN[3 * r] * p[0] + TURN[3 * r + 1] * p[1] + TURN[3 * r + 2] * p[2],
    );
    return !(front < 0 && Math.abs(right) < 0.01);
  });

test.each(['lambert', 'mollweide'] as const)('%s keeps areas', (id) => {
  for (const p of inner) {
    const [[a, b], [c, d]] = derivatives(globe(id), p);
    // Central differences of step 1e-5 leave 1e-10 · third derivatives; Mollweide's grow towards its poles.
    expect(Math.abs(Math.abs(a * d - b * c) - 1)).toBeLessThan(1e-5);
  }
});

test('the stereographic map keeps angles', () => {
  for (const p of inner) {
    const [u, v] = derivatives(globe('stereographic'), p);
    const size = Math.hypot(...u);
    expect(Math.abs(Math.hypot(...v) / size - 1)).toBeLessThan(1e-6);
    expect(Math.abs(u[0] * v[0] + u[1] * v[1]) / (size * size)).toBeLessThan(1e-6);
  }
});

test('a slice has the angle of the projection onto its circle, and the distance beside it', () => {
  const camera = { ...globe('slice'), turn: [1, 0, 0, 0, 1, 0, 0, 0, 1] } as Camera;
  expect([...flat(camera, [0.6, 0, 0.8])].slice(0, 2)).toEqual([1.4, 0]);
  expect([...flat(camera, [0, -1, 0])].slice(0, 2)).toEqual([0, -1]);
  const [x, y] = flat(camera, [0.36, 0.48, -0.8]);
  expect(x).toBeCloseTo(0.36, 15);
  expect(y).toBeCloseTo(0.48, 15);
});

describe('the disk', () => {
  const inside = fc
    .tuple(
      fc.double({ min: 0, max: 0.95, noNaN: true }),
      fc.double({ min: 0, max: 7, noNaN: true }),
    )
    .map(([r, t]) => [r * Math.cos(t), r * Math.sin(t)]);

  test('what is drawn comes back within 1e-12', () => {
    const out = new Float64Array(2);
    fc.assert(
      fc.property(inside, (p) => {
        const [right, up] = flat(disk, p);
        expect(projectionOf(disk).unproject(right, up, out)).toBe(true);
        expect(Math.hypot(out[0] - p[0], out[1] - p[1])).toBeLessThan(1e-12);
      }),
    );
  });

  test('hyperbolic distances are kept, and the center is in the middle', () => {
    const delta = (p: ArrayLike<number>, q: ArrayLike<number>) =>
      ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) /
      ((1 - p[0] ** 2 - p[1] ** 2) * (1 - q[0] ** 2 - q[1] ** 2));
    fc.assert(
      fc.property(inside, inside, (p, q) => {
        // Near the rim 1 − |p|² has lost digits: 1e-16 / (1 − 0.95²)² of them in the middle, more after the move.
        const [before, after] = [delta(p, q), delta(flat(disk, p), flat(disk, q))];
        expect(Math.abs(after - before)).toBeLessThanOrEqual(1e-9 * (1 + before));
      }),
    );
    expect(Math.hypot(...flat(disk, [0.4, -0.55]).slice(0, 2))).toBe(0);
  });

  test('what lies outside of the unit circle has no place', () => {
    expect(flat(disk, [1, 1])[0]).toBeNaN();
    expect(projectionOf(disk).unproject(1, 1, new Float64Array(2))).toBe(false);
  });
});

test('the plane is moved to its center and comes back', () => {
  const out = new Float64Array(2);
  expect([...flat(plane, [1.3, 0])].slice(0, 2)).toEqual([1, 2]);
  expect(projectionOf(plane).unproject(1, 2, out)).toBe(true);
  expect(out[0]).toBeCloseTo(1.3, 14);
  expect(out[1]).toBe(0);
});
