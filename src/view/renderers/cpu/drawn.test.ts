import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../../core/errors.ts';
import { Random } from '../../../core/random.ts';
import type { Camera } from '../../camera.ts';
import type { Cloud, Palette } from '../../cloud.ts';
import { fitted } from '../../fit.ts';
import { NO_TURN, rotationAbout } from '../../rotation.ts';
import { codesOf } from '../codes.ts';
import type { DrawSettings } from '../renderer.ts';
import { drawn } from './drawn.ts';
import { paleness } from './tables.ts';
import { type Order, workerProgram } from './worker.ts';

const SIZE = { width: 40, height: 30 };
/** A unit of the map is a pixel, and (0, 0) the left upper corner of pixel (20, 15). */
const CAMERA: Camera = { kind: 'plane', center: [0, 0], scale: 1 };
const PALETTE: Palette = {
  colors: Uint32Array.of(0x000000, 0xff0000, 0x0000ff),
  background: 0xffffff,
};
const SOLID: DrawSettings = { pointSize: 1, opacity: 1 };
const GLOBE: Camera = {
  kind: 'globe',
  turn: NO_TURN,
  scale: 12,
  shift: [0, 0],
  projection: 'globe',
};

function cloudOf(points: number[][], shades: number[], more: Partial<Cloud> = {}): Cloud {
  const dims = (points[0]?.length ?? 2) as 2 | 3;
  return {
    positions: Float32Array.from(points.flat()),
    dims,
    shades: Uint8Array.from(shades),
    ...more,
  };
}

const picture = (cloud: Cloud, settings = SOLID, camera: Camera = CAMERA) =>
  drawn(cloud, camera, SIZE, settings, PALETTE);

const at = (rgba: Uint8ClampedArray, x: number, y: number) => [
  ...rgba.slice(4 * (y * SIZE.width + x), 4 * (y * SIZE.width + x) + 4),
];

/** Pixels that are not the background, as x, y. */
const lit = (rgba: Uint8ClampedArray) =>
  Array.from({ length: SIZE.width * SIZE.height }, (_, i) => [
    i % SIZE.width,
    Math.floor(i / SIZE.width),
  ]).filter(([x, y]) => at(rgba, x, y).some((part) => part !== 255));

test('a point of one pixel lights the pixel it lies in, and up is up', () => {
  const rgba = picture(
    cloudOf(
      [
        [3.2, 4.7],
        [-5.5, -0.1],
      ],
      [1, 0],
    ),
  );
  expect(lit(rgba)).toEqual([
    [23, 10],
    [14, 15],
  ]);
  expect(at(rgba, 23, 10)).toEqual([255, 0, 0, 255]);
});

test('points outside, without a place, or hidden are not drawn', () => {
  const points = [
    [-21, 0],
    [20.5, 0],
    [0, 15.5],
    [0, -16],
    [Number.NaN, 0],
    [Infinity, 0],
    [0, 0],
  ];
  const hidden = Uint8Array.of(0, 0, 0, 0, 0, 0, 1);
  for (const pointSize of [1, 2]) {
    const rgba = picture(
      cloudOf(
        points.map(([x, y]) => [x * 1.1, y * 1.1]),
        points.map(() => 0),
        { hidden },
      ),
      { pointSize, opacity: 1 },
    );
    expect(lit(rgba)).toEqual([]);
  }
});

test('no points leave the background', () => {
  expect(lit(picture(cloudOf([], [])))).toEqual([]);
});

test('k points of opacity o cover 1 − (1 − o)ᵏ', () => {
  for (const k of [1, 2, 5, 300]) {
    const rgba = picture(cloudOf(Array(k).fill([0.5, 0.5]), Array(k).fill(0)), {
      pointSize: 1,
      opacity: 0.2,
    });
    const level = Math.round(255 * (1 - 0.8 ** Math.min(k, 255)));
    expect(at(rgba, 20, 14)[0]).toBe(255 - level);
  }
});

test('the order of the file decides nothing: of two classes that lie over one another, each wins by its share', () => {
  const random = Random.fromSeed(8);
  const points = Array.from({ length: 40_000 }, () => [
    20 * random.uniform() - 10,
    20 * random.uniform() - 10,
  ]);
  // All of class 1 first, then three times as many of class 2.
  const rgba = picture(
    cloudOf(
      points,
      points.map((_, i) => (i < 10_000 ? 1 : 2)),
    ),
  );
  const red = lit(rgba).filter(([x, y]) => at(rgba, x, y)[0] === 255).length;
  // 400 pixels, a quarter of them red: three standard deviations of a share.
  expect(Math.abs(red / 400 - 0.25)).toBeLessThan(3 * Math.sqrt((0.25 * 0.75) / 400));
});

test('a disk has the area of its circle, and its middle where the point is', () => {
  for (const pointSize of [3, 5, 8, 16]) {
    const rgba = picture(cloudOf([[0.3, -0.6]], [0]), { pointSize, opacity: 1 });
    let [area, x, y] = [0, 0, 0];
    for (const [px, py] of lit(rgba)) {
      const cover = (255 - at(rgba, px, py)[0]) / 255;
      area += cover;
      x += cover * (px + 0.5);
      y += cover * (py + 0.5);
    }
    // Its edge is covered linearly, in sixteenths, from a quarter of a pixel.
    expect(Math.abs(area / (Math.PI * (pointSize / 2) ** 2) - 1)).toBeLessThan(0.05);
    expect(Math.hypot(x / area - 20.3, y / area - 15.6)).toBeLessThan(0.2);
  }
});

test('a disk over the edge of the picture is cut off there', () => {
  const rgba = picture(
    cloudOf(
      [
        [-20, 0],
        [0, 15.4],
      ],
      [0, 0],
    ),
    { pointSize: 6, opacity: 1 },
  );
  expect(at(rgba, 0, 15)[0]).toBe(0);
  expect(at(rgba, 20, 0)[0]).toBe(0);
  expect(at(rgba, 39, 15)[0]).toBe(255);
});

test('what is selected lies above, and the rest is paler', () => {
  const points = [
    [0.5, 0.5],
    [0.5, 0.5],
    [5.5, 0.5],
  ];
  for (const first of [0, 1]) {
    const selected = Uint8Array.from([1 - first, first, 0]);
    const rgba = picture(
      cloudOf(points, [first === 0 ? 1 : 2, first === 0 ? 2 : 1, 0], { selected }),
    );
    expect(at(rgba, 20, 14)).toEqual([255, 0, 0, 255]);
    expect(at(rgba, 25, 14)[0]).toBe(255 - Math.floor(0.3 * 255));
  }
  const none = picture(cloudOf(points, [0, 0, 0], { selected: new Uint8Array(3) }));
  expect(at(none, 25, 14)[0]).toBe(0);
});

test('the front of the globe hides its back, which is paler', () => {
  const point = [0.01, 0.01];
  const rgba = picture(
    cloudOf(
      [
        [...point, 0.99],
        [...point, -0.99],
        [0.5, 0.01, -0.86],
      ],
      [1, 2, 0],
    ),
    SOLID,
    GLOBE,
  );
  expect(at(rgba, 20, 14)[2]).toBeLessThan(10);
  expect(at(rgba, 20, 14)[0]).toBe(255);
  // The depth of the front point is known to 1/255.
  const back = at(rgba, 26, 14)[0];
  expect(Math.abs(back - 255 * (1 - paleness(-0.86)))).toBeLessThan(2);
});

test('paleness grows towards the reader, without a jump', () => {
  const values = Array.from({ length: 201 }, (_, i) => paleness(i / 100 - 1));
  const rises = values.slice(1).map((value, i) => value - values[i]);
  expect(Math.min(...rises)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...rises)).toBeLessThan(0.02);
  expect([values[0], values[200]]).toEqual([0.16, 1]);
});

test('arrays that do not belong together are refused', () => {
  expect(() => picture(cloudOf([[0, 0]], [0, 1]))).toThrow(ShapeError);
  expect(() => picture(cloudOf([[0, 0]], [0], { hidden: new Uint8Array(2) }))).toThrow(
    'view: expected 1 hidden, one a point; got 2.',
  );
});

describe('the worker’s program', () => {
  /** Runs it where there is nothing but what a worker has, with kernels or, where a page forbids them, without. */
  function worker(hasKernels = true) {
    const answers: { number: number; pixels?: { data: Uint8ClampedArray } }[] = [];
    const painted: unknown[] = [];
    class ImageData {
      readonly data: Uint8ClampedArray;
      constructor(data: Uint8ClampedArray) {
        this.data = data;
      }
    }
    const scope = createContext({
      ImageData,
      atob,
      ...(hasKernels ? {} : { WebAssembly: undefined }),
      postMessage: (answer: never) => answers.push(answer),
    });
    runInContext(workerProgram(), scope);
    const canvas = {
      width: 0,
      height: 0,
      getContext: () => ({ putImageData: (image: unknown) => painted.push(image) }),
    };
    const send = (order: Order) => runInContext('onmessage', scope)({ data: order });
    send({ kind: 'canvas', canvas: canvas as never });
    return { answers, painted, canvas, send };
  }

  const random = Random.fromSeed(2);
  const rows = Array.from({ length: 3000 }, () => {
    const p = [random.normal(), random.normal(), random.normal()];
    return p.map((c) => c / Math.hypot(...p));
  });
  const cloud = cloudOf(
    rows,
    rows.map((_, i) => i % 3),
  );

  test.each(['globe', 'lambert', 'mollweide', 'stereographic', 'slice'] as const)(
    'stands alone and draws what the function draws: %s',
    (id) => {
      const camera: Camera = {
        ...fitted(cloud, SIZE, id),
        turn: rotationAbout([0, 0.6, 0.8], 1),
      } as Camera;
      const { answers, canvas, send } = worker();
      send({ kind: 'points', positions: cloud.positions, dims: 3 });
      send({ kind: 'codes', codes: codesOf(cloud), isSelecting: false });
      send({ kind: 'palette', ...PALETTE });
      send({ kind: 'draw', number: 1, camera, ...SIZE, settings: SOLID });
      send({ kind: 'pixels', number: 2 });
      expect(answers.map(({ number }) => number)).toEqual([0, 1, 2]);
      expect(canvas.width).toBe(SIZE.width);
      expect([...(answers[2].pixels?.data ?? [])]).toEqual([...picture(cloud, SOLID, camera)]);
    },
  );

  test('stands alone without kernels', () => {
    const { answers, send } = worker(false);
    const camera = fitted(cloud, SIZE, 'globe');
    send({ kind: 'points', positions: cloud.positions, dims: 3 });
    send({ kind: 'codes', codes: codesOf(cloud), isSelecting: false });
    send({ kind: 'palette', ...PALETTE });
    send({ kind: 'draw', number: 1, camera, ...SIZE, settings: SOLID });
    send({ kind: 'pixels', number: 2 });
    expect([...(answers[2].pixels?.data ?? [])]).toEqual([...picture(cloud, SOLID, camera)]);
  });

  test('draws nothing while points and camera do not belong together', () => {
    const { answers, send } = worker();
    send({ kind: 'palette', ...PALETTE });
    send({ kind: 'points', positions: cloud.positions, dims: 3 });
    send({ kind: 'draw', number: 1, camera: GLOBE, ...SIZE, settings: SOLID });
    send({ kind: 'codes', codes: codesOf(cloud), isSelecting: false });
    send({ kind: 'draw', number: 2, camera: CAMERA, ...SIZE, settings: SOLID });
    send({ kind: 'pixels', number: 3 });
    expect(lit(answers[3].pixels?.data as Uint8ClampedArray)).toEqual([]);
  });
});
