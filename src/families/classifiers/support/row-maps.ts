import { AbortedError } from '../../../core/errors.ts';
import { alike, gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import {
  adam,
  constant,
  type Fitted,
  type LossStep,
  mlp,
  type Tensor,
  train,
} from '../../../learning/index.ts';
import { choleskySolve } from '../../../numerics/decompositions/index.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import type { FitContext } from '../types.ts';

type Arrays = Fitted['arrays'];
type Mapping = Pick<FitContext, 'engine' | 'work'>;

/** y = V·relu(U·x + u) + v, with U h × k and V m × h. */
export interface Network {
  readonly apply: (x: Tensor) => Tensor;
  /** U, u, V and v as they are now. */
  arrays(): Arrays;
}

export interface NetworkShape {
  readonly name: string;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly seed: number;
}

export function networkOf(shape: NetworkShape, like: Matrix): Network {
  const { name, inputs, hidden, outputs, seed } = shape;
  const float64 = like.data instanceof Float64Array;
  const apply = mlp({ name, sizes: [inputs, hidden, outputs], seed, float64 });
  return {
    apply,
    arrays() {
      const [u, shiftU, v, shiftV] = apply.parameters;
      return {
        inner: matrix(u.data, hidden, inputs),
        'inner-shift': matrix(shiftU.data, 1, hidden),
        outer: matrix(v.data, outputs, hidden),
        'outer-shift': matrix(shiftV.data, 1, outputs),
      };
    },
  };
}

export interface Training {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Moves what lies below the loss by Adam, over batches of so many rows; the loss of the last step. */
export async function trainedOnBatches(
  where: string,
  rows: number,
  { steps, batch, learningRate, weightDecay }: Training,
  loss: (rows: Int32Array) => Tensor,
  { engine, random, run }: FitContext,
): Promise<number> {
  const { signal, onProgress } = run.options;
  const size = Math.min(batch, rows);
  const drawn = ({ step }: LossStep) => random.fork('batches').fork(step).sample(rows, size);
  const found = await train({
    steps,
    engine,
    signal,
    update: adam({ learningRate, weightDecay }),
    loss: (step) => loss(drawn(step)),
    onProgress: ({ done }) => onProgress?.({ stage: where, done }),
  });
  if (found.ended === 'signal') throw new AbortedError(where);
  return found.loss;
}

export const tensorOf = ({ data, rows, cols }: Matrix): Tensor => constant(data, [rows, cols]);

export const tensorOfRows = (m: Matrix, rows: Int32Array): Tensor => tensorOf(gathered(m, rows));

/** Least squares with a ridge of `penalty` times the mean eigenvalue of XᵀX: weights k × m and shift, x centred. */
export async function ridgeMap(
  x: Matrix,
  y: Matrix,
  penalty: number,
  { engine, work }: Mapping,
): Promise<Arrays> {
  const [from, to] = [meanRow(x), meanRow(y)];
  const [x0, y0] = [lessRow(x, from), lessRow(y, to)];
  const gram = await engine.gram(x0, work);
  const { rows: k } = gram;
  let trace = 0;
  for (let c = 0; c < k; c++) trace += gram.data[c * (k + 1)];
  for (let c = 0; c < k; c++) gram.data[c * (k + 1)] += penalty * (trace / k || 1);
  const cross = await engine.matmul(x0, y0, { transposeA: true }, work);
  const weights = choleskySolve(await engine.linalg.cholesky(gram, work), cross);
  const shift = to.slice();
  for (let e = 0; e < weights.data.length; e++)
    shift[e % y.cols] -= from[Math.floor(e / y.cols)] * weights.data[e];
  return { weights, shift: matrix(shift, 1, y.cols) };
}

/** The rows through a network or a ridge, whichever the arrays are of. */
export async function mappedRows(
  arrays: Arrays,
  rows: Matrix,
  { engine, work }: Mapping,
): Promise<Matrix> {
  const own = (name: string) => alike(arrays[name], rows);
  if (arrays['weights'])
    return engine.matmul(rows, own('weights'), { bias: own('shift').data }, work);
  const layer = (x: Matrix, name: string) =>
    engine.matmul(x, own(name), { transposeB: true, bias: own(`${name}-shift`).data }, work);
  const hidden = await layer(rows, 'inner');
  for (let e = 0; e < hidden.data.length; e++) hidden.data[e] = Math.max(0, hidden.data[e]);
  return layer(hidden, 'outer');
}
