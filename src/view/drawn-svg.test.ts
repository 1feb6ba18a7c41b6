import { describe, expect, test } from 'vitest';
import type { Cloud } from './cloud.ts';
import { drawnSvg } from './drawn-svg.ts';
import { fitted } from './fit.ts';
import { categorical } from './palettes/categorical.ts';

const size = { width: 100, height: 100 };
const plane: Cloud = {
  positions: Float32Array.of(0, 0, 10, 0, 10, 10, 0, 10),
  dims: 2,
  shades: Uint8Array.of(0, 1, 1, 0),
};
const globe: Cloud = {
  positions: Float32Array.of(0, 0, 1, 0, 0, -1, 0.6, 0, 0.8),
  dims: 3,
  shades: new Uint8Array(3),
};

const dots = (svg: string) =>
  [
    ...svg.matchAll(
      /<path d="((?:M[-\d.]+ [-\d.]+h0)+)"[^>]*stroke="(#\w+)" stroke-opacity="([\d.]+)"/g,
    ),
  ].map(([, path, color, opacity]) => ({
    places: path.split('h0').slice(0, -1),
    color,
    opacity: Number(opacity),
  }));

describe('drawnSvg', () => {
  test('every point is a dot where the view has it, in the color of its shade', () => {
    const svg = drawnSvg(plane, fitted(plane, size), size);
    const { colors } = categorical('light');
    const found = dots(svg).flatMap(({ places, color }) =>
      places.map((place) => `${place} ${color}`),
    );
    const hex = (shade: number) => `#${colors[shade].toString(16).padStart(6, '0')}`;
    expect(found.toSorted()).toEqual(
      [`M4 96 ${hex(0)}`, `M96 96 ${hex(1)}`, `M96 4 ${hex(1)}`, `M4 4 ${hex(0)}`].toSorted(),
    );
  });

  test('the near side of the globe lies above the far one, which is pale', () => {
    const drawn = dots(drawnSvg(globe, fitted(globe, size), size));
    const opacities = drawn.map(({ opacity }) => opacity);
    expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
    expect(opacities[0]).toBeLessThan(opacities[opacities.length - 1] / 2);
  });

  test('what is selected lies above, the rest is paler', () => {
    const selected = Uint8Array.of(0, 0, 1, 0);
    const drawn = dots(drawnSvg({ ...plane, selected }, fitted(plane, size), size));
    expect(drawn.at(-1)?.places).toEqual(['M96 4']);
    expect(drawn.at(-1)?.opacity).toBeGreaterThan(2 * drawn[0].opacity);
  });

  test('rings, squares, links and labels lie over their rows', () => {
    const labels = [{ row: 0, text: '<a>' }];
    // The label of row 0 must fit above it, so the picture is larger.
    const wide = { width: 300, height: 300 };
    const more = { marks: [0], squares: [1], links: [0, 2], labels };
    const svg = drawnSvg(plane, fitted(plane, wide), wide, more);
    expect(svg).toContain('<circle cx="12" cy="288" r="5.5"');
    expect(svg).toContain('<rect x="280.5" y="280.5" width="15" height="15"');
    expect(svg).toContain('M12 288L288 12');
    expect(svg).toContain('&#60;a&#62;</text>');
  });

  test('lines of the globe are the near halves, and there are none on its maps', () => {
    const lines = drawnSvg(globe, fitted(globe, size), size);
    expect(lines).toContain('stroke-opacity="0.35"');
    expect(drawnSvg(globe, fitted(globe, size, 'mollweide'), size)).not.toContain('"0.35"');
  });

  test('a hidden row, one without a place and one far outside are left out; no points are no fault', () => {
    const positions = Float32Array.of(0, 0, Number.NaN, 0, 10, 10, 5, 5);
    const cloud = { ...plane, positions, hidden: Uint8Array.of(0, 0, 0, 1) };
    const camera = fitted(cloud, size);
    expect(dots(drawnSvg(cloud, camera, size)).flatMap(({ places }) => places)).toHaveLength(2);
    const closer = { ...camera, scale: 1000 * camera.scale };
    expect(dots(drawnSvg(cloud, closer, size))).toEqual([]);
    const none: Cloud = { positions: new Float32Array(0), dims: 2, shades: new Uint8Array(0) };
    expect(drawnSvg(none, fitted(none, size), size)).toMatch(/^<svg [^>]*><rect[^>]*><\/svg>$/);
  });

  test('the same points give the same bytes', () => {
    const camera = fitted(globe, size);
    expect(drawnSvg(globe, camera, size)).toBe(drawnSvg(globe, camera, size));
  });
});
