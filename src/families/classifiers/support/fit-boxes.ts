import { type Floats, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  adam,
  adamW,
  add,
  concat,
  constant,
  linear,
  type Parameter,
  parameter,
  scale,
  type Tensor,
  train,
} from '../../../learning/index.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import type { FitContext } from '../types.ts';
import { boxCrossEntropy, type Containments } from './box-cross-entropy.ts';

export interface BoxTraining {
  readonly dim: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly penalty: number;
  readonly containment: number;
  readonly seed: number;
}

/** Things to be put into boxes: rows, for each the concepts it belongs to, n × C; and which concepts contain which. */
export interface ThingsOfConcepts {
  readonly points: Matrix;
  readonly belongs: Uint8Array;
  readonly concepts: number;
  readonly contained: readonly (readonly [inner: number, outer: number])[];
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
/** Largest half side of a concept, how far its center may be from 0, and the half side that it starts with. */
const [WIDEST, FARTHEST, START] = [0.24, 0.24, 0.15];
const BATCH = 128;

/** Moves the map of the rows and the boxes of the concepts down the cross-entropy of "row i is in box c". */
export async function trainedBoxes(
  things: ThingsOfConcepts,
  { dim, steps, learningRate, penalty, containment, seed }: BoxTraining,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<TrainedBoxes> {
  const { points, belongs, concepts, contained } = things;
  const d = points.cols;
  const scaled = scaledRows(points);
  const axes = await startOfMap(scaled.rows, dim, engine);
  const first = constant(Float32Array.from(axes.data), [dim, d]);
  const turn = parameter('turn', new Float32Array(dim * d), [dim, d]);
  const shift = parameter('shift', new Float32Array(dim), [dim]);
  const boxes = parameter('boxes', startOfBoxes(things, scaled.rows, axes), [concepts, 2 * dim]);
  const weights = balancedWeights(belongs, concepts);
  const loss = ({ random }: { random: Random }): Tensor => {
    const batch = random.sample(points.rows, Math.min(BATCH, points.rows)).toSorted();
    const n = batch.length;
    const input = constant(gatheredRows(scaled.rows.data, batch, d), [n, d]);
    const sides = constant(new Float32Array(n * dim).fill(THING_WIDTH), [n, dim]);
    const own = concat(linear(input, add(first, turn), shift), sides);
    const share = points.rows / n;
    const ofRows = boxCrossEntropy(own, boxes, {
      targets: gatheredRows(belongs, batch, concepts),
      weights: gatheredRows(weights, batch, concepts).map((weight) => weight * share),
    });
    if (contained.length === 0 || containment === 0) return ofRows;
    const pairs = boxCrossEntropy(boxes, boxes, containments(contained, concepts));
    return add(ofRows, scale(pairs, containment));
  };
  const result = await train({
    loss,
    steps,
    seed,
    engine,
    signal: work.signal,
    update: (own) =>
      own === turn ? adamW({ learningRate, weightDecay: penalty }) : adam({ learningRate }),
    schedule: (step, all) => 1 - 0.9 * (step / all),
    onStep: ({ step }) => {
      keepInBounds(boxes, dim);
      work.onProgress?.(step / steps);
    },
  });
  const map = matrix(
    axes.data.map((x, e) => x + turn.data[e]),
    dim,
    d,
  );
  return { ...unscaled(map, shift.data, scaled), boxes: float64Of(boxes), loss: result.loss };
}

/** Boxes stay where soft volumes tell them apart, as in the paper. */
export function keepInBounds({ data }: Pick<Parameter, 'data'>, dim: number): void {
  for (let e = 0; e < data.length; e++) {
    const isWidth = e % (2 * dim) >= dim;
    const [least, most] = isWidth ? [THING_WIDTH, WIDEST] : [-FARTHEST, FARTHEST];
    data[e] = Math.min(Math.max(data[e], least), most);
  }
}

/** Each concept's rows and its others count the same, each concept the same: 1 in all. */
function balancedWeights(belongs: Uint8Array, concepts: number): Float32Array {
  const counts = [new Float64Array(concepts), new Float64Array(concepts)];
  belongs.forEach((own, e) => {
    counts[own][e % concepts] += 1;
  });
  return Float32Array.from(belongs, (own, e) => 0.5 / counts[own][e % concepts] / concepts);
}

/** The inner box lies in the outer, and not the outer in the inner: 1 in all. */
function containments(
  pairs: readonly (readonly [number, number])[],
  concepts: number,
): Containments {
  const targets = new Float32Array(concepts * concepts);
  const weights = new Float32Array(concepts * concepts);
  for (const [inner, outer] of pairs) {
    targets[inner * concepts + outer] = 1;
    weights[inner * concepts + outer] = 0.5 / pairs.length;
    weights[outer * concepts + inner] = 0.5 / pairs.length;
  }
  return { targets, weights };
}

/** Principal axes of the rows, m × d, so long that coordinates are on average as large as a center may be. */
async function startOfMap(rows: Matrix, dim: number, engine: FitContext['engine']) {
  const { cols: d } = rows;
  const count = Math.min(dim, d);
  const { values, vectors } = await principalAxes(rows, count, engine);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const length = mean > 0 ? FARTHEST / Math.sqrt(mean) : 0;
  const out = zeros64(dim, d);
  for (let e = 0; e < count * d; e++) out.data[e] = length * vectors.data[e];
  return out;
}

/** Boxes around the means of their rows. */
function startOfBoxes(
  { belongs, concepts }: ThingsOfConcepts,
  rows: Matrix,
  axes: Matrix,
): Float32Array {
  const { rows: m, cols: d } = axes;
  const out = new Float32Array(2 * concepts * m).fill(START);
  for (let c = 0; c < concepts; c++) {
    const mean = new Float64Array(d);
    let count = 0;
    for (let i = 0; i < rows.rows; i++) {
      if (belongs[i * concepts + c] === 0) continue;
      count += 1;
      for (let k = 0; k < d; k++) mean[k] += rows.data[i * d + k];
    }
    for (let k = 0; k < m; k++) {
      let sum = 0;
      for (let e = 0; e < d; e++) sum += axes.data[k * d + e] * mean[e];
      out[2 * c * m + k] = sum / count;
    }
  }
  keepInBounds({ data: out }, m);
  return out;
}

function gatheredRows(from: ArrayLike<number>, places: Int32Array, cols: number): Float32Array {
  const out = new Float32Array(places.length * cols);
  for (const [to, at] of places.entries())
    for (let c = 0; c < cols; c++) out[to * cols + c] = from[at * cols + c];
  return out;
}

interface Scaled {
  /** Columns of mean 0 and the same deviation, so that rows have length 1 on average; constant columns are zeros. */
  readonly rows: Matrix<Float32Array>;
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

function scaledRows({ data, rows: n, cols: d }: Matrix): Scaled {
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
  return { rows: matrix(rows, n, d), mean, factor };
}

/** The map of rows as they were given. */
function unscaled({ data, rows: m, cols: d }: Matrix, by: Floats, { mean, factor }: Scaled) {
  const map = zeros64(m, d);
  const shift = matrix(Float64Array.from(by), 1, m);
  for (let e = 0; e < m * d; e++) {
    map.data[e] = data[e] * factor[e % d];
    shift.data[Math.floor(e / d)] -= map.data[e] * mean[e % d];
  }
  return { map, shift };
}

const float64Of = ({ data, shape: [rows, cols] }: Parameter) =>
  matrix(Float64Array.from(data), rows, cols);
