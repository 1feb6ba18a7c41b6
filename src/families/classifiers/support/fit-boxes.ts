import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  adam,
  adamW,
  concat,
  constant,
  linear,
  type Parameter,
  parameter,
  train,
} from '../../../learning/index.ts';
import type { FitContext } from '../types.ts';
import { boxCrossEntropy } from './box-cross-entropy.ts';

export interface BoxTraining {
  readonly dim: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly penalty: number;
  readonly seed: number;
}

/** Things to be put into boxes: rows, and for each the concepts it belongs to, n × C. */
export interface ThingsOfConcepts {
  readonly points: Matrix;
  readonly belongs: Uint8Array;
  readonly concepts: number;
}

export interface TrainedBoxes {
  /** m × d and 1 × m: the center of a row is map·x + shift. */
  readonly map: Matrix<Float64Array>;
  readonly shift: Matrix<Float64Array>;
  /** C × 2m */
  readonly boxes: Matrix<Float64Array>;
  readonly loss: number;
}

/** Half the side of the box of a row: the least that a concept's may be. */
export const THING_WIDTH = 0.02;
/** Largest half side of a concept, and how far its center may be from 0. */
const [WIDEST, FARTHEST] = [0.24, 0.24];
/** Half sides that concepts start with. */
const [START_LEAST, START_MOST] = [0.1, 0.2];
const BATCH = 128;

/** Moves the map of the rows and the boxes of the concepts down the cross-entropy of "row i is in box c". */
export async function trainedBoxes(
  things: ThingsOfConcepts,
  { dim, steps, learningRate, penalty, seed }: BoxTraining,
  { random, engine, work }: Pick<FitContext, 'random' | 'engine' | 'work'>,
): Promise<TrainedBoxes> {
  const { points, belongs, concepts } = things;
  const { rows, mean, factor } = scaledRows(points);
  const d = points.cols;
  const map = parameter('map', normals(random.fork('map'), dim * d, FARTHEST), [dim, d]);
  const shift = parameter('shift', new Float32Array(dim), [dim]);
  const boxes = parameter('boxes', startOf(random.fork('boxes'), concepts, dim), [
    concepts,
    2 * dim,
  ]);
  const weights = balancedWeights(belongs, concepts);
  const loss = ({ random: drawn }: { random: Random }) => {
    const batch = drawn.sample(points.rows, Math.min(BATCH, points.rows)).toSorted();
    const n = batch.length;
    const input = constant(gatheredRows(rows, batch, d), [n, d]);
    const sides = constant(new Float32Array(n * dim).fill(THING_WIDTH), [n, dim]);
    const own = concat(linear(input, map, shift), sides);
    const share = points.rows / n;
    return boxCrossEntropy(own, boxes, {
      targets: gatheredRows(belongs, batch, concepts),
      weights: gatheredRows(weights, batch, concepts).map((weight) => weight * share),
    });
  };
  const result = await train({
    loss,
    steps,
    seed,
    engine,
    signal: work.signal,
    update: (own) => (own === map ? adamW({ learningRate, weightDecay: penalty }) : adam({ learningRate })),
    schedule: (step, all) => 1 - 0.9 * (step / all),
    onStep: ({ step }) => {
      keepInBounds(boxes, dim);
      work.onProgress?.(step / steps);
    },
  });
  return { ...unscaled(map, shift, mean, factor), boxes: float64Of(boxes), loss: result.loss };
}

/** Each concept's rows and its others count the same, each concept the same: C sums of 1. */
function balancedWeights(belongs: Uint8Array, concepts: number): Float32Array {
  const counts = [new Float64Array(concepts), new Float64Array(concepts)];
  belongs.forEach((own, e) => {
    counts[own][e % concepts] += 1;
  });
  return Float32Array.from(belongs, (own, e) => 0.5 / counts[own][e % concepts] / concepts);
}

/** Boxes stay where soft volumes tell them apart, as in the paper. */
export function keepInBounds({ data }: Pick<Parameter, 'data'>, dim: number): void {
  for (let e = 0; e < data.length; e++) {
    const isWidth = e % (2 * dim) >= dim;
    const [least, most] = isWidth ? [THING_WIDTH, WIDEST] : [-FARTHEST, FARTHEST];
    data[e] = Math.min(Math.max(data[e], least), most);
  }
}

function startOf(random: Random, concepts: number, dim: number): Float32Array {
  return Float32Array.from({ length: 2 * concepts * dim }, (_, e) =>
    e % (2 * dim) < dim
      ? FARTHEST * (2 * random.uniform() - 1)
      : START_LEAST + (START_MOST - START_LEAST) * random.uniform(),
  );
}

const normals = (random: Random, length: number, spread: number) =>
  Float32Array.from({ length }, () => spread * random.normal());

function gatheredRows(from: ArrayLike<number>, places: Int32Array, cols: number): Float32Array {
  const out = new Float32Array(places.length * cols);
  for (const [to, at] of places.entries())
    for (let c = 0; c < cols; c++) out[to * cols + c] = from[at * cols + c];
  return out;
}

/** Columns of mean 0 and the same deviation, so that rows have length 1 on average; constant columns are zeros. */
function scaledRows({ data, rows: n, cols: d }: Matrix) {
  const mean = new Float64Array(d);
  const factor = new Float64Array(d);
  for (let e = 0; e < n * d; e++) mean[e % d] += data[e] / n;
  for (let e = 0; e < n * d; e++) factor[e % d] += (data[e] - mean[e % d]) ** 2 / n;
  for (let c = 0; c < d; c++) {
    // A constant column's deviation is what rounding leaves of its mean.
    const isConstant = factor[c] <= (1e-7 * mean[c]) ** 2;
    factor[c] = isConstant ? 0 : 1 / Math.sqrt(factor[c] * d);
  }
  const rows = new Float32Array(n * d);
  for (let e = 0; e < n * d; e++) rows[e] = (data[e] - mean[e % d]) * factor[e % d];
  return { rows, mean, factor };
}

/** The map of rows as they were given. */
function unscaled(map: Parameter, shift: Parameter, mean: Float64Array, factor: Float64Array) {
  const [m, d] = map.shape;
  const own = zeros64(m, d);
  const to = matrix(Float64Array.from(shift.data), 1, m);
  for (let e = 0; e < m * d; e++) {
    own.data[e] = map.data[e] * factor[e % d];
    to.data[Math.floor(e / d)] -= own.data[e] * mean[e % d];
  }
  return { map: own, shift: to };
}

const float64Of = ({ data, shape: [rows, cols] }: Parameter) =>
  matrix(Float64Array.from(data), rows, cols);
