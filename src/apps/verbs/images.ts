import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { type Matrix, row, zeros } from '../../core/matrix.ts';
import { Run, type RunControls } from '../../core/run.ts';
import {
  imageEmbedder,
  lasi,
  shapeOfImages,
  valueDistances,
} from '../../families/comparisons/index.ts';
import { type GivenTable, givenTable } from '../../io/given-table.ts';
import { resolveOptions } from '../../method/options.ts';
import type { ImageShape } from '../../numerics/images/causal-neighbors.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';
import { meanEstimate, normalInterval } from '../../numerics/statistics/intervals.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';

const WHERE = 'images';
/** Images that the null comes from. */
const NULL_ROWS = 200;
/** Of one table of embeddings: 4 GiB. */
const MOST_NUMBERS = 2 ** 30;

/** How images lie in the rows, and how they are compared: the options of the comparison `lasi`. */
export interface ImageOptions extends Partial<ImageShape> {
  readonly neighbors?: number;
  readonly ridge?: number;
  readonly seed?: number | undefined;
}

export interface ImageDistances {
  readonly n: number;
  readonly shape: ImageShape;
  readonly neighbors: number;
  /** The mean over the pairs, with its 95 % interval where there are two. */
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** That of images of different rows. */
  readonly null?: NullValue;
  /** n. */
  readonly distances: Float64Array;
  /** n × height · width: where the images differ; the mean over the channels of a pixel. */
  readonly map: Matrix<Float32Array>;
}

/**
 * How far apart the images of two tables look, row by row, and where: LASI.
 *
 * @example const { distances, map } = await imageDistances(await read('a.npy'), await read('b.npy'), { height: 28 });
 */
export async function imageDistances(
  tableA: GivenTable,
  tableB: GivenTable,
  options: ImageOptions = {},
  controls: RunControls = {},
): Promise<ImageDistances> {
  const [a, b] = [givenTable('a', tableA).points, givenTable('b', tableB).points];
  if (a.rows !== b.rows || a.cols !== b.cols) {
    const wanted = `as many images of as many values in both, ${a.rows} × ${a.cols}`;
    throw new ShapeError(WHERE, wanted, `${b.rows} × ${b.cols}`);
  }
  const { shape, neighbors, ridge } = settled(a.cols, options);
  const embed = imageEmbedder(shape, { neighbors, ridge });
  const run = new Run(controls);
  const distances = new Float64Array(a.rows);
  const map = zeros(a.rows, shape.height * shape.width);
  for (let i = 0; i < a.rows; i++) {
    await run.tick({ stage: 'images', done: i / a.rows });
    const apart = valueDistances(embed(row(a, i)), embed(row(b, i)));
    distances[i] = meanOf(apart);
    for (let e = 0; e < apart.length; e++)
      map.data[i * map.cols + Math.floor(e / shape.channels)] += apart[e] / shape.channels;
  }
  const { value, low, high } = normalInterval(meanEstimate(distances));
  return {
    n: a.rows,
    shape,
    neighbors,
    value,
    ...(a.rows > 1 ? { low: Math.max(0, low), high: Math.min(2, high) } : {}),
    ...(await nullOf(a, b, { ...shape, neighbors, ridge }, options.seed)),
    distances,
    map,
  };
}

async function nullOf(
  a: Matrix,
  b: Matrix,
  options: ImageShape & { readonly neighbors: number; readonly ridge: number },
  seed: number | undefined,
) {
  if (a.rows < 2) return {};
  const { null: law } = await lasi({ a, b }, options, { seed, mostRows: NULL_ROWS });
  return law ? { null: law } : {};
}

/** What a table of images has in place of pixels. */
export interface ImageEmbeddings {
  readonly shape: ImageShape;
  readonly neighbors: number;
  /** n × values · N: the unit weights of every value, one value after another. */
  readonly points: Matrix<Float32Array>;
}

/** The embedding of each image by which `imageDistances` compares: to be searched, mapped or clustered. */
export async function imageEmbeddings(
  table: GivenTable,
  options: ImageOptions = {},
  controls: RunControls = {},
): Promise<ImageEmbeddings> {
  const { points: images } = givenTable(WHERE, table);
  const { shape, neighbors, ridge } = settled(images.cols, options);
  const embed = imageEmbedder(shape, { neighbors, ridge });
  const size = images.rows * images.cols * neighbors;
  if (size > MOST_NUMBERS) {
    const found = `${images.rows} images of ${images.cols} × ${neighbors} numbers do not fit`;
    throw new InputError(WHERE, `${found} into one table; embed parts of the file.`);
  }
  const run = new Run(controls);
  const points = zeros(images.rows, images.cols * neighbors);
  for (let i = 0; i < images.rows; i++) {
    await run.tick({ stage: 'images', done: i / images.rows });
    points.data.set(embed(row(images, i)).data, i * points.cols);
  }
  return { shape, neighbors, points };
}

function settled(values: number, options: ImageOptions) {
  const { seed: _, ...given } = options;
  const { neighbors, ridge, ...asked } = resolveOptions(WHERE, lasi.spec.options, given);
  const shape = shapeOfImages(WHERE, values, asked);
  if (!shape) {
    const wanted = `given with width: ${values} values of ${asked.channels} a pixel are no square`;
    throw new OptionError(WHERE, 'height', wanted, asked.height);
  }
  return { shape, neighbors, ridge };
}
