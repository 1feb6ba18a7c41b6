import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Camera } from './camera.ts';
import { type Label, shownLabels } from './labels.ts';
import { boxed, lassoed } from './lasso.ts';
import { zoomed } from './moves.ts';
import { picked, pickedFrom } from './pick.ts';
import { type Placement, placementOf } from './placement.ts';
import { rotationAbout } from './rotation.ts';

const SIZE = { width: 300, height: 200 };

function cloudOf(n: number, dims: 2 | 3) {
  const random = Random.fromSeed(dims);
  const positions = Float32Array.from({ length: dims * n }, () => random.normal());
  if (dims === 3)
    for (let p = 0; p < positions.length; p += 3) {
      const length = Math.hypot(positions[p], positions[p + 1], positions[p + 2]);
      for (let i = p; i < p + 3; i++) positions[i] /= length;
    }
  const hidden = Uint8Array.from({ length: n }, (_, i) => (i % 7 === 0 ? 1 : 0));
  return { positions, dims, shades: new Uint8Array(n), hidden };
}

const globe: Camera = {
  kind: 'globe',
  turn: rotationAbout([0, 1, 0], 0.4),
  scale: 90,
  shift: [0, 0],
  projection: 'globe',
};
const scenes: [string, 2 | 3, Camera][] = [
  ['a map', 2, { kind: 'plane', center: [0.1, 0], scale: 50 }],
  ['a globe', 3, globe],
  ['an equal-area map', 3, { ...globe, projection: 'lambert', scale: 45 }],
];

/** The same question, asked of every row in turn. */
function pickedSlowly(
  { x, y, depth }: Placement,
  atX: number,
  atY: number,
  radius: number,
): number {
  const near = Array.from(x.keys()).filter((i) => Math.hypot(x[i] - atX, y[i] - atY) <= radius);
  const front = near.filter((i) => depth[i] >= 0);
  const [best = -1] = (front.length > 0 ? front : near).toSorted(
    (a, b) => Math.hypot(x[a] - atX, y[a] - atY) - Math.hypot(x[b] - atX, y[b] - atY) || a - b,
  );
  return best;
}

/** Winding by angles, as far from edges by scan lines as can be. */
function isInsideSlowly(corners: readonly number[], x: number, y: number): boolean {
  let sum = 0;
  for (let i = 0; i < corners.length; i += 2) {
    const j = (i + 2) % corners.length;
    const a = Math.atan2(corners[i + 1] - y, corners[i] - x);
    const b = Math.atan2(corners[j + 1] - y, corners[j] - x);
    sum += Math.atan2(Math.sin(b - a), Math.cos(b - a));
  }
  return Math.abs(Math.round(sum / (2 * Math.PI))) % 2 === 1;
}

/** Every way to see points, small and large, in the middle and aside. */
const cameras: [string, 2 | 3, Camera][] = [
  ...scenes,
  ['a disk', 2, { kind: 'disk', center: [0.2, -0.3], scale: 80, shift: [7, 0] }],
  ...(['globe', 'lambert', 'stereographic', 'mollweide', 'slice'] as const).flatMap(
    (projection): [string, 2 | 3, Camera][] => [
      [projection, 3, { ...globe, projection, scale: 40, shift: [11, -6] }],
      [`${projection}, closer`, 3, { ...globe, projection, scale: 700, shift: [-300, 150] }],
    ],
  ),
];

test.each(cameras)('a cloud is picked from as from the places of all: %s', (_, dims, camera) => {
  const cloud = cloudOf(3000, dims);
  const placement = placementOf(cloud, camera, SIZE);
  for (let x = 2; x < SIZE.width; x += 9)
    for (let y = 1; y < SIZE.height; y += 7)
      expect(pickedFrom(cloud, camera, SIZE, [x, y], 8)).toBe(picked(placement, x, y, 8));
});

describe.each(scenes)('on %s', (_, dims, camera) => {
  const cloud = cloudOf(500, dims);
  const placement = placementOf(cloud, camera, SIZE);

  test('the picked row is the one that brute force finds', () => {
    let found = 0;
    for (let x = 5; x < SIZE.width; x += 11) {
      for (let y = 3; y < SIZE.height; y += 13) {
        const row = picked(placement, x, y, 8);
        expect(row).toBe(pickedSlowly(placement, x, y, 8));
        if (row >= 0) found++;
      }
    }
    expect(found).toBeGreaterThan(50);
  });

  test('the rows of a lasso are those that brute force finds, without the far side', () => {
    const star = Array.from({ length: 80 }, (_, i) => {
      const [angle, radius] = [(i * Math.PI) / 40, i % 2 === 0 ? 85 : 30];
      return [150.3 + radius * Math.cos(angle), 100.2 + radius * Math.sin(angle)];
    }).flat();
    const expected = Array.from(placement.x.keys()).filter(
      (i) =>
        placement.x[i] - placement.x[i] === 0 &&
        placement.depth[i] >= 0 &&
        isInsideSlowly(star, placement.x[i], placement.y[i]),
    );
    expect([...lassoed(placement, star)]).toEqual(expected);
    expect(expected.length).toBeGreaterThan(20);
  });

  test('a box is the lasso of its corners', () => {
    const box = boxed(placement, [200.1, 150.2], [80.3, 60.4]);
    expect([...box]).toEqual([
      ...lassoed(placement, [80.3, 60.4, 200.1, 60.4, 200.1, 150.2, 80.3, 150.2]),
    ]);
    expect(box.length).toBeGreaterThan(10);
  });

  test('a hidden row is neither picked nor selected', () => {
    expect(placement.x[7]).toBeNaN();
    const all = boxed(placement, [-1e4, -1e4], [1e4, 1e4], false);
    expect(all.some((row) => row % 7 === 0)).toBe(false);
    expect(all).toHaveLength(500 - 72);
  });

  test('places of some rows are those of all', () => {
    const some = placementOf(cloud, camera, SIZE, [3, 499]);
    expect([...some.x]).toEqual([placement.x[3], placement.x[499]]);
  });
});

test('of two rows at one place the lower is picked, and the front one on a globe', () => {
  const at = (x: number[], depth: number[]): Placement => ({
    x: Float32Array.from(x),
    y: new Float32Array(x.length),
    depth: Float32Array.from(depth),
  });
  expect(picked(at([2, 2], [0, 0]), 2, 0, 5)).toBe(0);
  expect(picked(at([2, 3], [-0.5, 0.5]), 2, 0, 5)).toBe(1);
  expect(picked(at([2, 3], [-0.5, -0.4]), 2, 0, 5)).toBe(0);
  expect(picked(at([9], [0]), 2, 0, 5)).toBe(-1);
  expect(picked(at([], []), 2, 0, 5)).toBe(-1);
});

test('a lasso of fewer than three corners holds nothing, one that crosses itself goes by even and odd', () => {
  const placement = {
    x: Float32Array.of(2, 8),
    y: Float32Array.of(5, 5),
    depth: new Float32Array(2),
  };
  expect(lassoed(placement, [0, 0, 9, 9])).toHaveLength(0);
  expect([...lassoed(placement, [0, 0, 10, 10, 10, 0, 0, 10])]).toEqual([0, 1]);
  const twice = [0, 0, 10, 0, 10, 10, 0, 10];
  expect(lassoed(placement, [...twice, ...twice])).toHaveLength(0);
});

describe('labels', () => {
  const cloud = cloudOf(200, 2);
  const camera = scenes[0][2];
  const labels: Label[] = Array.from({ length: 200 }, (_, row) => ({
    row,
    text: `label ${row}`,
    weight: row % 10,
  }));
  const shownIn = (view: Camera) => shownLabels(labels, placementOf(cloud, view, SIZE), SIZE, 10);

  test('do not touch one another or leave the picture', () => {
    const shown = shownIn(camera);
    expect(shown.length).toBeGreaterThan(3);
    for (const a of shown) {
      expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width / 2).toBeLessThanOrEqual(SIZE.width);
      for (const b of shown) {
        const overlapX = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
        const overlapY = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
        if (a !== b) expect(Math.min(overlapX, overlapY)).toBeLessThanOrEqual(0);
      }
    }
  });

  test('the heaviest comes first, ties go to the lower row, hidden rows have none', () => {
    const shown = shownIn(camera);
    expect(shown[0].weight).toBe(9);
    const placement = placementOf(cloud, camera, SIZE);
    expect(shown.some(({ row }) => Number.isNaN(placement.x[row]))).toBe(false);
    expect(shownIn(camera)).toEqual(shown);
  });

  test('more of those in sight are shown when zoomed in', () => {
    const closer = zoomed(camera, 4, [150, 100], SIZE);
    const share = (view: Camera) => {
      const { x, y } = placementOf(cloud, view, SIZE);
      const inSight = x.filter(
        (c, i) => c >= 0 && c <= SIZE.width && y[i] >= 0 && y[i] <= SIZE.height,
      );
      return shownIn(view).length / inSight.length;
    };
    expect(share(closer)).toBeGreaterThan(2 * share(camera));
  });
});
