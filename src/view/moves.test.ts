import { describe, expect, test } from 'vitest';
import type { Camera, GlobeCamera, PlaneCamera } from './camera.ts';
import { fitted } from './fit.ts';
import { eased, glide } from './glide.ts';
import { centered, dragged, panned, turned, zoomed } from './moves.ts';
import { placementOf, pointAt } from './placement.ts';
import {
  axisAngle,
  composed,
  inverse,
  NO_TURN,
  rotationAbout,
  rotationBetween,
} from './rotation.ts';

const SIZE = { width: 640, height: 400 };
const plane: PlaneCamera = { kind: 'plane', center: [0.5, -1], scale: 37 };
const globe: GlobeCamera = {
  kind: 'globe',
  turn: rotationAbout([0, 0.6, 0.8], 1.1),
  scale: 150,
  shift: [12, -7],
  projection: 'globe',
};
const disk: Camera = { kind: 'disk', center: [0.2, 0.3], scale: 180, shift: [0, 5] };
const cameras: Record<string, Camera> = {
  plane,
  globe,
  lambert: { ...globe, projection: 'lambert', scale: 90 },
  mollweide: { ...globe, projection: 'mollweide', scale: 90 },
  stereographic: { ...globe, projection: 'stereographic', scale: 60 },
  disk,
};

/** Where a point is in the picture. */
function seenAt(camera: Camera, point: readonly number[]): readonly [number, number] {
  const cloud = {
    positions: Float32Array.from(point),
    dims: point.length as 2 | 3,
    shades: new Uint8Array(1),
  };
  const { x, y } = placementOf(cloud, camera, SIZE);
  return [x[0], y[0]];
}

// Positions and places are float32: six digits of some hundred pixels.
const PIXELS = 2e-3;
const near = (a: readonly number[], b: readonly number[]) =>
  expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(PIXELS);

describe.each(Object.entries(cameras))('%s', (_, camera) => {
  test('a zoom keeps what is under the pointer', () => {
    const at = [350, 180] as const;
    const point = pointAt(camera, SIZE, ...at) ?? [];
    near(seenAt(zoomed(camera, 1.7, at, SIZE), point), at);
  });

  test('a drag brings what was under the pointer under it again', () => {
    const [from, to] = [[340, 190] as const, [372, 161] as const];
    const point = pointAt(camera, SIZE, ...from) ?? [];
    near(seenAt(dragged(camera, from, to, SIZE), point), to);
  });

  test('a pan moves the picture', () => {
    const point = pointAt(camera, SIZE, 330, 200) ?? [];
    near(seenAt(panned(camera, 11, -6), point), [341, 194]);
  });

  test('a centered point is in the middle', () => {
    const point = pointAt(camera, SIZE, 350, 170) ?? [];
    near(seenAt(centered(camera, point), point), [320, 200]);
  });

  test('a glide starts and ends where it should, and moves on between', () => {
    const goal = zoomed(panned(camera, 40, 20), 2, [320, 200], SIZE);
    expect(glide(camera, goal, 0)).toBe(camera);
    expect(glide(camera, goal, 1)).toBe(goal);
    const middle = glide(camera, goal, 0.5);
    expect(middle.scale).toBeCloseTo(camera.scale * Math.SQRT2, 9);
  });
});

test('a glide between two views of a map keeps the place they share', () => {
  const goal = zoomed(plane, 8, [100, 90], SIZE);
  const point = pointAt(plane, SIZE, 100, 90) ?? [];
  for (const t of [0.1, 0.5, 0.9]) near(seenAt(glide(plane, goal, t), point), [100, 90]);
});

test('halfway of a glide of the globe is half its angle', () => {
  const goal = turned(globe, 1, 0.4);
  const middle = glide(globe, goal, 0.5) as GlobeCamera;
  const whole = axisAngle(composed(goal.turn, inverse(globe.turn))).angle;
  expect(axisAngle(composed(middle.turn, inverse(globe.turn))).angle).toBeCloseTo(whole / 2, 12);
  expect(whole).toBeCloseTo(Math.hypot(1, 0.4), 12);
});

test('turning right moves the front to the right, turning up moves it up', () => {
  const front: GlobeCamera = { ...globe, turn: NO_TURN, shift: [0, 0] };
  const [x, y] = seenAt(turned(front, 0.1, 0.2), [0, 0, 1]);
  expect(x).toBeGreaterThan(320);
  expect(y).toBeLessThan(200);
});

test('a thousand turns leave a rotation', () => {
  let camera = globe;
  for (let i = 0; i < 1000; i++) camera = turned(camera, 0.3, 0.11, 0.05);
  const product = composed(camera.turn, inverse(camera.turn));
  for (let i = 0; i < 9; i++) expect(product[i]).toBeCloseTo(NO_TURN[i], 14);
});

test('a drag beside the globe rolls it', () => {
  const front: GlobeCamera = { ...globe, turn: NO_TURN, shift: [0, 0] };
  const rolled = dragged(front, [620, 200], [320, 5], SIZE) as GlobeCamera;
  expect(rolled.turn[8]).toBeCloseTo(1, 12);
  expect(rolled.turn[3]).toBeCloseTo(1, 2);
});

test('opposite directions have a rotation between them, and a half turn has its axis', () => {
  for (const v of [
    [1, 0, 0],
    [0, 1, 0],
    [0.6, 0, 0.8],
  ]) {
    const half = rotationBetween(
      v,
      v.map((c) => -c),
    );
    const { axis, angle } = axisAngle(half);
    expect(angle).toBeCloseTo(Math.PI, 12);
    expect(Math.abs(axis[0] * v[0] + axis[1] * v[1] + axis[2] * v[2])).toBeLessThan(1e-12);
  }
  expect(axisAngle(NO_TURN).angle).toBe(0);
});

describe('a first view', () => {
  const cloud = (positions: number[], hidden?: number[]) => ({
    positions: Float32Array.from(positions),
    dims: 2 as const,
    shades: new Uint8Array(positions.length / 2),
    hidden: hidden && Uint8Array.from(hidden),
  });

  test('shows all points that are not hidden, and no more', () => {
    const camera = fitted(cloud([0, 0, 4, 2, 99, 99], [0, 0, 1]), SIZE);
    expect(camera).toEqual({ kind: 'plane', center: [2, 1], scale: 0.92 * 160 });
  });

  test('leaves a few rows outside that lie far off, and no others', () => {
    const square = Array.from({ length: 198 }, (_, i) => [(i % 2) * 2, i < 99 ? 0 : 1]).flat();
    const clump = [100, 50, 101, 50];
    const far = cloud([...square, ...clump]);
    expect(fitted(far, SIZE, 'plane', 0.99)).toEqual(fitted(cloud(square), SIZE));
    expect(fitted(far, SIZE)).toEqual({
      kind: 'plane',
      center: [50.5, 25],
      scale: (0.92 * 640) / 101,
    });
    // What gains little is not worth leaving any out, and three rows of 200 are more than the rest.
    const near = cloud([...square, 2.9, 1, 2.9, 1]);
    expect(fitted(near, SIZE, 'plane', 0.99)).toEqual(fitted(near, SIZE));
    const more = cloud([...square.slice(2), ...clump, 100, 51]);
    expect(fitted(more, SIZE, 'plane', 0.99)).toEqual(fitted(more, SIZE));
  });

  test('of very many rows asks some of them', () => {
    const many = Array.from({ length: 140_000 }, (_, i) => [i % 10, (i % 7) / 7]).flat();
    const far = cloud([...many, 1e4, 0]);
    expect(fitted(far, SIZE, 'plane', 0.99)).toEqual(fitted(cloud(many), SIZE));
  });

  test('of one point, of none, or of rows without a place is finite', () => {
    for (const positions of [[3, 4], [], [Number.NaN, 1, Infinity, 2]])
      for (const share of [1, 0.99]) {
        const { scale } = fitted(cloud(positions), SIZE, 'plane', share);
        expect(scale).toBe(0.92 * 200);
      }
  });

  test('by a projection for other columns is refused', () => {
    expect(() => fitted(cloud([0, 0]), SIZE, 'mollweide')).toThrow(
      'view: option "projection" must be plane or disk for 2 columns; got "mollweide".',
    );
  });

  test('of three columns is the whole globe or the map of it that was asked for', () => {
    const points = {
      positions: Float32Array.of(0, 0, 1),
      dims: 3 as const,
      shades: new Uint8Array(1),
    };
    expect(fitted(points, SIZE).scale).toBe(0.92 * 200);
    expect(fitted(points, SIZE, 'mollweide').scale).toBeCloseTo((0.92 * 640) / (4 * Math.SQRT2), 9);
  });
});

test('the pace of a glide is slow at both ends', () => {
  expect([eased(-1), eased(0), eased(0.5), eased(1), eased(2)]).toEqual([0, 0, 0.5, 1, 1]);
});
