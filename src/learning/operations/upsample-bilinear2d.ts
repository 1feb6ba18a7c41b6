import type { Floats } from '../../core/matrix.ts';
import { operation, type Shape, type Tensor } from '../tape/tensor.ts';
import { enlargedShape } from './enlarged.ts';

/**
 * Images between whose places lines are drawn, along both sides: x n × h × w × c, y n × factor·h × factor·w × c.
 *
 *     y[i, p, q] = Σ_{r,s} a(p, r)·a(q, s)·x[i, r, s],   a(p, r) = max(0, 1 − |place(p) − r|)
 *     place(p) = (p + ½)/factor − ½, but at least 0 and at most the last r
 *
 * Places are squares whose centers are compared (not the corners); beyond the outermost centers the edge goes on.
 */
export function upsampleBilinear2d(x: Tensor, factor: number): Tensor {
  const shape = enlargedShape('upsampleBilinear2d', x, factor);
  const [down, across] = [blendsOf(x.shape[1], factor), blendsOf(x.shape[2], factor)];
  return operation('upsampleBilinear2d', [x], shape, {
    forward: ({ inputs: [images], out }) => blend(images, x.shape, down, across, out),
    backward({ gradient, to: [toX] }) {
      if (toX) unblend(gradient, x.shape, down, across, toX);
    },
  });
}

/** Of each place of a long side the two of the short one between which it lies, and the share of the second. */
interface Blends {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float64Array;
}

function blendsOf(length: number, factor: number): Blends {
  const places = Array.from({ length: factor * length }, (_, p) => (p + 0.5) / factor - 0.5);
  const inside = (place: number) => Math.min(length - 1, Math.max(0, place));
  return {
    first: Int32Array.from(places, (place) => inside(Math.floor(place))),
    second: Int32Array.from(places, (place) => inside(Math.floor(place) + 1)),
    share: Float64Array.from(places, (place) => place - Math.floor(place)),
  };
}

/** Where a blended place lies among the outputs, and its four sources with their shares, as places of numbers. */
type Visit = (
  at: number,
  [a, b, c, d]: readonly [number, number, number, number],
  [ofA, ofB, ofC, ofD]: readonly [number, number, number, number],
) => void;

/** Every place of the enlarged images, in their order. */
function eachBlended(
  [n, height, width, channels]: Shape,
  down: Blends,
  across: Blends,
  visit: Visit,
): void {
  const [tall, wide] = [down.share.length, across.share.length];
  let at = 0;
  for (let row = 0; row < n * tall; row++) {
    const image = Math.floor(row / tall) * height;
    const p = row % tall;
    const [top, bottom] = [(image + down.first[p]) * width, (image + down.second[p]) * width];
    const low = down.share[p];
    for (let q = 0; q < wide; q++, at += channels) {
      const [left, right, far] = [across.first[q], across.second[q], across.share[q]];
      visit(
        at,
        [
          (top + left) * channels,
          (top + right) * channels,
          (bottom + left) * channels,
          (bottom + right) * channels,
        ],
        [(1 - low) * (1 - far), (1 - low) * far, low * (1 - far), low * far],
      );
    }
  }
}

function blend(images: Floats, shape: Shape, down: Blends, across: Blends, out: Floats): void {
  const channels = shape[3];
  eachBlended(shape, down, across, (at, [a, b, c, d], [ofA, ofB, ofC, ofD]) => {
    for (let e = 0; e < channels; e++)
      out[at + e] =
        ofA * images[a + e] + ofB * images[b + e] + ofC * images[c + e] + ofD * images[d + e];
  });
}

function unblend(gradient: Floats, shape: Shape, down: Blends, across: Blends, toX: Floats): void {
  const channels = shape[3];
  toX.fill(0);
  eachBlended(shape, down, across, (at, [a, b, c, d], [ofA, ofB, ofC, ofD]) => {
    for (let e = 0; e < channels; e++) {
      const g = gradient[at + e];
      toX[a + e] += ofA * g;
      toX[b + e] += ofB * g;
      toX[c + e] += ofC * g;
      toX[d + e] += ofD * g;
    }
  });
}
