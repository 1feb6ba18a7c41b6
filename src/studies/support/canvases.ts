import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { StudyContext } from '../define.ts';
import { type LabeledImages, loadImages } from './images.ts';
import { drawHalved, SIDE } from './two-digits.ts';

/** Side of a canvas, and of an image that holds a single digit. */
export const CANVAS = 32;
export const SINGLE = 16;
/** The class of pixels that no digit covers; the others are the digits. */
export const BACKGROUND = 10;
/** Pixels of a digit that are brighter cover what lies beneath. */
const COVERS = 0.15;
/** Of its light, what a digit at the background would lose. */
const HAZE = 0.6;
const FEWEST = 3;
const MOST = 5;

/** Digits to be drawn, 14 × 14 in [0, 1], with their classes. */
export interface Digits {
  readonly train: LabeledImages;
  readonly test: LabeledImages;
}

/** Pictures with what is known of each of their pixels. */
export interface Canvases {
  /** n × side². */
  readonly images: Matrix<Float32Array>;
  /** n · side². */
  readonly classes: Int32Array;
  /** n · side²: of digits above 0 and, towards the eye, below 1; of the background 0. */
  readonly depth: Float32Array;
}

/** The digits of MNIST at half their size. */
export async function loadDigits(study: Pick<StudyContext, 'data' | 'quick'>): Promise<Digits> {
  const { train, test } = await loadImages(study, 'mnist');
  return { train: halved(train), test: halved(test) };
}

function halved({ images, labels }: LabeledImages): LabeledImages {
  const size = SIDE * SIDE;
  const small = matrix(new Float32Array(labels.length * size), labels.length, size);
  labels.forEach((_, row) => {
    drawHalved(images, row, small.data, row * size, SIDE);
  });
  return { images: small, labels };
}

/**
 * Canvases of 32 × 32 pixels with three to five digits each, anywhere on them, painted from the farthest to the nearest.
 * The k-th of m is at the depth z = (k − ½)/m, and 1 − 0.6·(1 − z) of its light is left: haze and overlaps tell it.
 */
export function canvases(digits: LabeledImages, n: number, random: Random): Canvases {
  const size = CANVAS * CANVAS;
  const images = matrix(new Float32Array(n * size), n, size);
  const classes = new Int32Array(n * size).fill(BACKGROUND);
  const depth = new Float32Array(n * size);
  for (let i = 0; i < n; i++) {
    const m = FEWEST + random.integer(MOST - FEWEST + 1);
    for (let k = 1; k <= m; k++) {
      const z = (k - 0.5) / m;
      const row = random.integer(digits.labels.length);
      const at = i * size + placeIn(CANVAS, random);
      paint(digits.images, row, 1 - HAZE * (1 - z), CANVAS, (pixel, light) => {
        images.data[at + pixel] = light;
        classes[at + pixel] = digits.labels[row];
        depth[at + pixel] = z;
      });
    }
  }
  return { images, classes, depth };
}

/** Single digits somewhere in 16 × 16 pixels, in the light of any depth. */
export function singles(
  digits: LabeledImages,
  rows: Int32Array,
  random: Random,
): Matrix<Float32Array> {
  const size = SINGLE * SINGLE;
  const images = matrix(new Float32Array(rows.length * size), rows.length, size);
  rows.forEach((row, i) => {
    const light = 1 - HAZE * random.uniform();
    const at = i * size + placeIn(SINGLE, random);
    paint(digits.images, row, light, SINGLE, (pixel, own) => {
      images.data[at + pixel] = own;
    });
  });
  return images;
}

/** Some of the canvases. */
export function someCanvases(from: Canvases, rows: Int32Array): Canvases {
  const size = from.images.cols;
  const classes = new Int32Array(rows.length * size);
  const depth = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    classes.set(from.classes.subarray(row * size, (row + 1) * size), i * size);
    depth.set(from.depth.subarray(row * size, (row + 1) * size), i * size);
  });
  return { images: gathered(from.images, rows), classes, depth };
}

/** The pixel where a digit begins that lies wholly in the picture. */
function placeIn(side: number, random: Random): number {
  const most = side - SIDE + 1;
  return random.integer(most) * side + random.integer(most);
}

/** Visits the pixels that a digit covers, in a picture of that side, with its light there. */
function paint(
  digits: Matrix,
  row: number,
  light: number,
  side: number,
  visit: (pixel: number, light: number) => void,
): void {
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const own = digits.data[row * digits.cols + y * SIDE + x];
      if (own > COVERS) visit(y * side + x, light * own);
    }
  }
}
