import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import type { Camera } from '../../camera.ts';
import { fitted } from '../../fit.ts';
import { KERNELS_BASE64 } from '../../generated/kernels.ts';
import { categorical } from '../../palettes/categorical.ts';
import type { ProjectionId } from '../../projections/index.ts';
import { rotationAbout } from '../../rotation.ts';
import { kernelModule } from './kernel-module.ts';
import { spatialOrder } from './order.ts';
import { painter } from './painter.ts';
import { type Scene, splatter } from './splatter.ts';
import { TOOLS } from './tools.ts';

const SIZE = { width: 130, height: 97 };
const module = kernelModule(KERNELS_BASE64) as WebAssembly.Module;

/** No multiple of 4, and enough of them to be sorted. */
const N = 6001;

function sceneOf(id: ProjectionId, pointSize: number, more: Partial<Scene> = {}): Scene {
  const random = Random.fromSeed(3);
  const dims = id === 'plane' || id === 'disk' ? 2 : 3;
  const positions = new Float32Array(dims * N);
  for (let p = 0; p < positions.length; p += dims) {
    const raw = Array.from({ length: dims }, () => random.normal());
    const length = dims === 3 ? Math.hypot(...raw) : 3;
    positions.set(
      raw.map((c) => c / length),
      p,
    );
  }
  const codes = Uint16Array.from({ length: N }, (_, i) => i % 5);
  const cloud = { positions, dims, shades: Uint8Array.from(codes) } as const;
  const base = fitted(cloud, SIZE, id);
  const camera =
    base.kind === 'globe' ? { ...base, turn: rotationAbout([0.6, 0.8, 0], 0.9) } : base;
  const settings = { pointSize, opacity: 0.4 };
  return { positions, dims, codes, isSelecting: false, camera, ...SIZE, settings, ...more };
}

function drawnBy(make: typeof splatter | typeof kernels, scenes: readonly Scene[]) {
  const one = make(TOOLS);
  const { colors, background } = categorical('dark');
  one.setPalette(colors, background);
  return scenes.map((scene) => one.draw(scene).slice());
}

/** Where bytes of two lists of pictures differ first; nothing where they are the same. */
function difference(a: readonly Uint8ClampedArray[], b: readonly Uint8ClampedArray[]) {
  const at = a.findIndex(
    (picture, i) => !Buffer.from(picture.buffer).equals(Buffer.from(b[i].buffer)),
  );
  return at < 0 ? undefined : { picture: at, byte: a[at].findIndex((x, i) => x !== b[at][i]) };
}
const kernels = (tools: typeof TOOLS) => painter(tools, module);

const IDS = ['plane', 'disk', 'globe', 'lambert', 'stereographic', 'slice'] as const;

describe.each(IDS)('the kernels draw the bytes of the plain code: %s', (id) => {
  test.each([1, 2, 3, 6.5, 80])('points of %s pixels', (pointSize) => {
    const scene = sceneOf(id, pointSize);
    expect(difference(drawnBy(kernels, [scene]), drawnBy(splatter, [scene]))).toBe(undefined);
  });

  test('hidden, selected, without a place, and closer', () => {
    const scene = sceneOf(id, 1);
    const positions = scene.positions.slice();
    for (let p = 0; p < positions.length; p += 97) positions[p] = [Number.NaN, Infinity][p % 2];
    const codes = scene.codes.map((code, i) => [code, code | 256, 65535][i % 3]);
    const camera: Camera = { ...scene.camera, scale: 7.3 * scene.camera.scale };
    for (const pointSize of [1, 2, 4]) {
      const other = { positions, codes, isSelecting: true, camera };
      const next = sceneOf(id, pointSize, other);
      expect(difference(drawnBy(kernels, [next]), drawnBy(splatter, [next]))).toBe(undefined);
    }
  });
});

test('one picture after another: other sizes, points and colors leave nothing behind', () => {
  const small = sceneOf('globe', 1);
  const scenes: Scene[] = [
    small,
    { ...small, width: 311, height: 200 },
    sceneOf('plane', 5),
    sceneOf('plane', 1, { codes: new Uint16Array(N).fill(65535) }),
    { ...small, positions: small.positions.slice(0, 3 * 50), codes: small.codes.slice(0, 50) },
    { ...small, positions: new Float32Array(0), codes: new Uint16Array(0) },
    sceneOf('lambert', 4),
    small,
  ];
  expect(difference(drawnBy(kernels, scenes), drawnBy(splatter, scenes))).toBe(undefined);
});

test('Mollweide’s table is off by less than a twentieth of a pixel at a scale of 10,000', () => {
  // A picture of one row of pixels far away from the middle tells the place of a point: its border is moved over it.
  const { project } = TOOLS.projectionOf(sceneOf('mollweide', 1).camera);
  const random = Random.fromSeed(6);
  const out = new Float64Array(3);
  const one = kernels(TOOLS);
  const { colors, background } = categorical('light');
  one.setPalette(colors, background);
  const base = sceneOf('mollweide', 1).camera as Extract<Camera, { kind: 'globe' }>;
  const scale = 10_000;
  for (let trial = 0; trial < 300; trial++) {
    const raw = [random.normal(), random.normal(), random.normal()];
    // A third of them near the poles of the map, where sines grow like roots.
    const near = trial % 3 === 0 ? 10 ** (-6 * random.uniform()) : 1;
    const axis = base.turn.slice(3, 6).map((c) => (near < 1 ? 3 * c : 0));
    const p = raw.map((c, i) => near * c + axis[i]);
    const positions = Float32Array.from(p.map((c) => c / Math.hypot(...p)));
    project(positions[0], positions[1], positions[2], out);
    const lit = [-0.05, 0.05].map((off) => {
      // The exact place, less or more a twentieth, is the middle of pixel (1, 1) or of its neighbor's border.
      const shift = [-out[0] * scale + 0.5 + off, out[1] * scale + 0.5 + off] as const;
      const camera = { ...base, scale, shift };
      const picture = one.draw({
        ...sceneOf('mollweide', 1),
        positions,
        codes: Uint16Array.of(1),
        camera,
        width: 3,
        height: 3,
      });
      return new Uint32Array(picture.slice().buffer).findIndex((pixel) => pixel !== 0xffffffff);
    });
    // 1.5 + 0.5 = 2 is the border of pixels 1 and 2, in both directions.
    expect(lit).toEqual([4, 8]);
  }
});

describe('the order of space', () => {
  test.each([2, 3] as const)(
    'is a permutation, and brings neighbors together: %s columns',
    (dims) => {
      const { positions } = sceneOf(dims === 2 ? 'plane' : 'globe', 1);
      const order = spatialOrder(positions, dims);
      expect([...order].toSorted((a, b) => a - b)).toEqual([...order.keys()]);
      const step = (rows: ArrayLike<number>) => {
        let sum = 0;
        for (let k = 1; k < rows.length; k++)
          sum += Math.hypot(
            ...Array.from({ length: dims }, (_, d) => {
              return positions[dims * rows[k] + d] - positions[dims * rows[k - 1] + d];
            }),
          );
        return sum;
      };
      // A path through n random points of a plane or a sphere has a length of about √n, and a random one of about n.
      expect(step(order)).toBeLessThan(0.1 * step([...order.keys()]));
    },
  );

  test('points without a place, all in one place, or none are taken', () => {
    const n = 5000;
    for (const value of [Number.NaN, Infinity, 3])
      expect(spatialOrder(new Float32Array(2 * n).fill(value), 2)).toEqual(
        Int32Array.from({ length: n }, (_, i) => i),
      );
    expect(spatialOrder(new Float32Array(0), 3)).toHaveLength(0);
  });
});
