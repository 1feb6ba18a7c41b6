import { exp } from '../../../../core/numeric.ts';
import { type Bar, ripsBarsOf } from './rips.ts';

/** Persistence, in radii, up to which the image of degree 1 has pixels; births have them up to 1. */
const TALLEST = 0.5;
/** Spread of a bar in an image, in pixels. */
const SPREAD = 0.5;

/** What the neighbourhood of a row looks like: all by name, the same names for every row. */
export type Descriptors = Readonly<Record<string, number>>;

/**
 * Descriptors of a cloud of `count` + 1 points whose place 0 is the row, from the leading block of the distances
 * among them (size × size).
 *
 * Bars are divided by the radius, the distance to the farthest of the points, in images only: as the row is within
 * one radius of them all, births and deaths are at most 1.
 */
export function descriptorsOf(
  distances: Float64Array,
  size: number,
  count: number,
  resolution: number,
): Descriptors {
  const between = (i: number, j: number) => distances[i * size + j];
  const radius = distances[count];
  const joins = joinLengths(distances, size, count);
  const loops = ripsBarsOf(count + 1, between);
  const components = Array.from(joins, (death) => ({ birth: 0, death }));
  return {
    codensity: radius,
    'persistence-0': total(components),
    'persistence-1': total(loops),
    ...image0(components, radius, resolution),
    ...image1(loops, radius, resolution),
  };
}

/** The sum over the bars of death less birth: the Wasserstein norm, the cost of moving all to the diagonal. */
function total(bars: readonly Bar[]): number {
  return bars.reduce((sum, { birth, death }) => sum + death - birth, 0);
}

/**
 * Lengths at which components join, the edges of the minimum spanning tree (Prim), of the points at place 0 and at
 * those places, `count` in number, that are given; all of them in their order where none are.
 */
export function joinLengths(
  distances: Float64Array,
  size: number,
  count: number,
  places?: Int32Array,
): Float64Array {
  const at = (i: number) => (i === 0 || !places ? i : places[i - 1]);
  const nearest = new Float64Array(count + 1).fill(Infinity);
  const joined = new Uint8Array(count + 1);
  const lengths = new Float64Array(count);
  let current = 0;
  for (let edge = 0; edge < count; edge++) {
    joined[current] = 1;
    const row = at(current) * size;
    let next = -1;
    for (let i = 1; i <= count; i++) {
      if (joined[i] === 1) continue;
      const distance = distances[row + at(i)];
      if (distance < nearest[i]) nearest[i] = distance;
      if (next < 0 || nearest[i] < nearest[next]) next = i;
    }
    lengths[edge] = nearest[next];
    current = next;
  }
  return lengths;
}

/** Every bar as a Gaussian about its death, weighted by its persistence, at the middles of pixels over 0 to 1. */
function image0(bars: readonly Bar[], radius: number, resolution: number): Descriptors {
  const pixels: [string, number][] = [];
  for (let p = 0; p < resolution; p++) {
    let value = 0;
    for (const { death } of bars) {
      const height = radius > 0 ? death / radius : 0;
      value += height * bump(height * resolution - p - 0.5);
    }
    pixels.push([`image-0-${p + 1}`, value]);
  }
  return Object.fromEntries(pixels);
}

/** Every bar as a Gaussian about its birth and persistence, weighted by the latter. */
function image1(bars: readonly Bar[], radius: number, resolution: number): Descriptors {
  const pixels: [string, number][] = [];
  for (let b = 0; b < resolution; b++) {
    for (let p = 0; p < resolution; p++) {
      let value = 0;
      for (const { birth, death } of bars) {
        const height = (death - birth) / radius;
        const across = bump((birth / radius) * resolution - b - 0.5);
        value += height * across * bump((height / TALLEST) * resolution - p - 0.5);
      }
      pixels.push([`image-1-${b + 1}-${p + 1}`, value]);
    }
  }
  return Object.fromEntries(pixels);
}

function bump(pixels: number): number {
  return exp(-(pixels * pixels) / (2 * SPREAD * SPREAD));
}
