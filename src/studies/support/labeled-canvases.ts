import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { LabeledImages } from './images.ts';
import { SIDE } from './two-digits.ts';

/** Pixels of a side of a canvas, and of its cells. */
export const CANVAS_SIDE = 32;
export const CELL = 4;
const CELLS = CANVAS_SIDE / CELL;
const QUARTER = CANVAS_SIDE / 2;
const NOISE = 0.3;
/** Pixels of a digit that are brighter are its strokes; a cell with so many of them is the digit's. */
const STROKE = 0.3;
const FEWEST = 3;

/** Canvases of one to three digits on noise, with what is known of each. */
export interface LabeledCanvases {
  /** n × 32². */
  readonly images: Matrix<Float32Array>;
  /** n × 10: 1 where the digit is on the canvas. */
  readonly present: Float32Array;
  /** n × 64: the digit of each cell, −1 for none. */
  readonly cells: Int32Array;
}

/** Canvases whose 3 never comes without a 7, each digit in a quarter of its own. */
export function labeledCanvases(
  { images, labels }: LabeledImages,
  n: number,
  random: Random,
): LabeledCanvases {
  const rowsOf = Array.from({ length: 10 }, (_, digit) =>
    Array.from(labels.keys()).filter((row) => labels[row] === digit),
  );
  const size = CANVAS_SIDE * CANVAS_SIDE;
  const out = matrix(new Float32Array(n * size), n, size);
  const present = new Float32Array(n * 10);
  const cells = new Int32Array(n * CELLS * CELLS).fill(-1);
  for (let i = 0; i < n; i++) {
    const own = out.data.subarray(i * size, (i + 1) * size);
    for (let e = 0; e < size; e++) own[e] = NOISE * random.uniform();
    const quarters = random.sample(4);
    digitsOf(random).forEach((digit, k) => {
      present[i * 10 + digit] = 1;
      const rows = rowsOf[digit];
      const shift = QUARTER - SIDE + 1;
      const top = QUARTER * (quarters[k] >> 1) + random.integer(shift);
      const left = QUARTER * (quarters[k] & 1) + random.integer(shift);
      const at = rows[random.integer(rows.length)] * SIDE * SIDE;
      const light = images.data.subarray(at, at + SIDE * SIDE);
      paint(own, cells.subarray(i * CELLS * CELLS, (i + 1) * CELLS * CELLS), {
        light,
        top,
        left,
        digit,
      });
    });
  }
  return { images: out, present, cells };
}

/** One to three different digits; a 3 brings a 7. */
function digitsOf(random: Random): number[] {
  const drawn = [...random.sample(10).subarray(0, 1 + random.integer(2))];
  return drawn.includes(3) && !drawn.includes(7) ? [...drawn, 7] : drawn;
}

interface Painted {
  readonly light: Float32Array;
  readonly top: number;
  readonly left: number;
  readonly digit: number;
}

function paint(
  canvas: Float32Array,
  cells: Int32Array,
  { light, top, left, digit }: Painted,
): void {
  const strokes = new Int32Array(cells.length);
  light.forEach((own, e) => {
    const [y, x] = [top + Math.floor(e / SIDE), left + (e % SIDE)];
    const at = y * CANVAS_SIDE + x;
    canvas[at] = Math.max(canvas[at], own);
    if (own > STROKE) strokes[Math.floor(y / CELL) * CELLS + Math.floor(x / CELL)] += 1;
  });
  strokes.forEach((count, cell) => {
    if (count >= FEWEST) cells[cell] = digit;
  });
}

/** Of each cell its mean light, how much it varies, and its place: cells × 4, each column about as wide as the others. */
export function cellFeatures(
  { data, cols }: Matrix<Float32Array>,
  image: number,
): Matrix<Float64Array> {
  const out = new Float64Array(CELLS * CELLS * 4);
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const [row, column] = [Math.floor(cell / CELLS), cell % CELLS];
    let [sum, squares] = [0, 0];
    for (let e = 0; e < CELL * CELL; e++) {
      const y = row * CELL + Math.floor(e / CELL);
      const light = data[image * cols + y * CANVAS_SIDE + column * CELL + (e % CELL)];
      sum += light;
      squares += light * light;
    }
    const mean = sum / CELL ** 2;
    const spread = Math.sqrt(Math.max(0, squares / CELL ** 2 - mean * mean));
    out.set([mean * 2, spread * 2, row / CELLS, column / CELLS], cell * 4);
  }
  return matrix(out, CELLS * CELLS, 4);
}
