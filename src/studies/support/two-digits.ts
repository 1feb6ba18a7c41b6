import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { LabeledImages } from './images.ts';

/** Side of a digit, half of that of MNIST. */
export const SIDE = 14;
const HUNDRED = Int32Array.from({ length: 100 }, (_, number) => number);

/** Two digits side by side, 14 × 28 pixels, and the number they make. */
export interface TwoDigits {
  readonly points: Matrix<Float32Array>;
  /** 0 … 99. */
  readonly classes: Int32Array;
}

export interface TwoDigitsOptions {
  readonly count: number;
  /** Numbers to draw from, each as likely as any other; all hundred where nothing is said. */
  readonly numbers?: Int32Array | undefined;
  /** Share of the images with a square cut out of each digit. */
  readonly corrupted?: number | undefined;
  readonly random: Random;
}

/** Images of numbers of two digits, from single digits. */
export function twoDigits(
  { images, labels }: LabeledImages,
  { count: n, numbers = HUNDRED, corrupted = 0, random }: TwoDigitsOptions,
): TwoDigits {
  const members = Array.from({ length: 10 }, (_, digit) =>
    Int32Array.from(labels.keys()).filter((row) => labels[row] === digit),
  );
  const width = 2 * SIDE;
  const data = new Float32Array(n * SIDE * width);
  const classes = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    classes[i] = numbers[random.integer(numbers.length)];
    [Math.floor(classes[i] / 10), classes[i] % 10].forEach((digit, place) => {
      const row = members[digit][random.integer(members[digit].length)];
      drawHalved(images, row, data, i * SIDE * width + place * SIDE, width);
    });
    if (random.uniform() < corrupted) occlude(data, i, random);
  }
  return { points: matrix(data, n, SIDE * width), classes };
}

/** The same pairs with a square of black in each digit: side and place by chance, as the authors do. */
export function occluded({ points, classes }: TwoDigits, random: Random): TwoDigits {
  const data = points.data.slice();
  for (let i = 0; i < points.rows; i++) occlude(data, i, random);
  return { points: matrix(data, points.rows, points.cols), classes };
}

/** Blackens a square of each digit, of a side between nothing and the whole digit. */
function occlude(data: Float32Array, image: number, random: Random): void {
  const width = 2 * SIDE;
  for (const place of [0, 1]) {
    const side = random.integer(SIDE + 1);
    const [top, left] = [random.integer(SIDE - side + 1), random.integer(SIDE - side + 1)];
    for (let y = top; y < top + side; y++) {
      const from = image * SIDE * width + y * width + place * SIDE + left;
      data.fill(0, from, from + side);
    }
  }
}

/** A digit at half its size, means of 2 × 2 pixels, into an image of that width from pixel `at` on. */
export function drawHalved(
  { data, cols }: Matrix,
  row: number,
  to: Float32Array,
  at: number,
  width: number,
): void {
  const side = 2 * SIDE;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const from = row * cols + 2 * y * side + 2 * x;
      const sum = data[from] + data[from + 1] + data[from + side] + data[from + side + 1];
      to[at + y * width + x] = sum / 4;
    }
  }
}
