import { gathered, type Matrix, matrix, rows as rowsOf, zeros } from '../../core/matrix.ts';
import { atan2 } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';
import { pca } from '../../families/reduction/index.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { squaredLengths } from '../../numerics/rows/dot.ts';
import type { StudyContext } from '../define.ts';
import { type LabeledImages, loadImages } from './images.ts';

/** Names of the views, in their order; the last is the unstable one. */
export const VIEWS = ['pixels', 'gradients', 'noisy half'] as const;

/** Images as several views, row i of each the same image. */
export interface ViewedImages {
  readonly views: readonly Matrix<Float32Array>[];
  readonly labels: Int32Array;
}

/** Images that are searched, and the views of some of them taken again, several times. */
export interface KnownImages extends ViewedImages {
  readonly again: readonly (readonly Matrix<Float32Array>[])[];
}

const COMPONENTS = 64;
const CELLS = 4;
const DIRECTIONS = 8;
/** Standard deviation of what is added to the gray values, in [0, 1], of the half. */
const NOISE = 0.5;
/** Images whose views are taken again, and how often. */
const PROBE = 300;
const AGAIN = 6;

/**
 * Digits as three views: 64 principal components of the pixels, histograms of gradients (8 directions in 4 × 4 cells), and
 * the left half at half the resolution with noise. Columns are centered and each view scaled by one number, both of the
 * known images. Views are taken again of images that are moved by up to a pixel, with new noise.
 */
export async function viewedDigits(
  study: StudyContext,
): Promise<{ readonly known: KnownImages; readonly others: ViewedImages }> {
  const { quick, random, engine } = study;
  const { train, test, width } = await loadImages(study, 'mnist');
  const take = ({ images, labels }: LabeledImages, count: number, name: string) => {
    const rows = random.fork(name).sample(labels.length, Math.min(count, labels.length));
    return { images: gathered(images, rows), labels: Int32Array.from(rows, (i) => labels[i]) };
  };
  const known = take(train, quick ? 300 : 9000, 'known');
  const others = take(test, quick ? 100 : 1000, 'others');
  const { model } = await pca(known.images, { dim: COMPONENTS }, { engine });
  const rawViews = async (images: Matrix<Float32Array>, name: string) => [
    await pca.transform(model, images, { engine }),
    gradientHistograms(images, width),
    noisyHalf(images, width, random.fork(`noise of ${name}`)),
  ];
  const raw = await rawViews(known.images, 'known');
  const scalings = raw.map(scalingOf);
  const scaled = (views: readonly Matrix[]) => views.map((view, v) => scalings[v](view));
  const probe = rowsOf(known.images, 0, Math.min(PROBE, known.images.rows));
  const again: Matrix<Float32Array>[][] = [];
  for (let look = 0; look < AGAIN; look++) {
    const images = movedImages(probe, width, random.fork('moved').fork(look));
    again.push(scaled(await rawViews(images, `look ${look}`)));
  }
  return {
    known: { views: scaled(raw), labels: known.labels, again },
    others: { views: scaled(await rawViews(others.images, 'others')), labels: others.labels },
  };
}

/** Each image moved by up to a pixel along both axes. */
function movedImages(images: Matrix<Float32Array>, width: number, random: Random) {
  const out = zeros(images.rows, images.cols);
  const height = images.cols / width;
  for (let i = 0; i < images.rows; i++) {
    const [dx, dy] = [random.integer(3) - 1, random.integer(3) - 1];
    for (let y = 1; y < height - 1; y++)
      for (let x = 1; x < width - 1; x++)
        out.data[i * images.cols + y * width + x] =
          images.data[i * images.cols + (y + dy) * width + x + dx];
  }
  return out;
}

/** How much gray rises in which direction, in each cell; each row at length 1. */
export function gradientHistograms(images: Matrix, width: number): Matrix<Float32Array> {
  const height = images.cols / width;
  const out = zeros(images.rows, CELLS * CELLS * DIRECTIONS);
  for (let i = 0; i < images.rows; i++) {
    const gray = images.data.subarray(i * images.cols, (i + 1) * images.cols);
    const own = out.data.subarray(i * out.cols, (i + 1) * out.cols);
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x;
        const [dx, dy] = [gray[at + 1] - gray[at - 1], gray[at + width] - gray[at - width]];
        if (dx === 0 && dy === 0) continue;
        const turn = atan2(dy, dx) / (2 * Math.PI) + 1;
        const direction = Math.round(turn * DIRECTIONS) % DIRECTIONS;
        const cell = Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width);
        own[cell * DIRECTIONS + direction] += Math.sqrt(dx * dx + dy * dy);
      }
    }
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
    if (length > 0) for (let c = 0; c < own.length; c++) own[c] /= length;
  }
  return out;
}

/** The left half, each number the mean of four pixels, and noise. */
function noisyHalf(images: Matrix, width: number, random: Random): Matrix<Float32Array> {
  const [rows, cols] = [Math.floor(images.cols / width / 2), Math.floor(width / 4)];
  const out = zeros(images.rows, rows * cols);
  for (let e = 0; e < out.data.length; e++) {
    const [i, y, x] = [Math.floor(e / out.cols), Math.floor(e / cols) % rows, e % cols];
    const at = i * images.cols + 2 * y * width + 2 * x;
    const { data } = images;
    const gray = (data[at] + data[at + 1] + data[at + width] + data[at + width + 1]) / 4;
    out.data[e] = gray + NOISE * random.normal();
  }
  return out;
}

/** Rows less the mean row of a view, over its root mean square. */
function scalingOf(view: Matrix): (rows: Matrix) => Matrix<Float32Array> {
  const mean = meanRow(view);
  const squares = squaredLengths(lessRow(view, mean)).reduce((a, b) => a + b, 0);
  const scale = Math.sqrt(view.data.length / squares);
  return ({ data, rows, cols }) =>
    matrix(
      Float32Array.from(data, (x, e) => (x - mean[e % cols]) * scale),
      rows,
      cols,
    );
}

/** Views beside one another in one row. */
export function sideBySide(views: readonly Matrix[]): Matrix<Float32Array> {
  const cols = views.reduce((sum, view) => sum + view.cols, 0);
  const out = zeros(views[0].rows, cols);
  let from = 0;
  for (const view of views) {
    for (let i = 0; i < view.rows; i++)
      out.data.set(view.data.subarray(i * view.cols, (i + 1) * view.cols), i * cols + from);
    from += view.cols;
  }
  return out;
}
