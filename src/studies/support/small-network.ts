import { gathered, type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import {
  adamW,
  constant,
  crossEntropy,
  dense,
  evaluate,
  linearDecay,
  relu,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';

/** A network of two hidden layers that tells two classes. */
export interface SmallNetwork {
  /** The inputs, and what each hidden layer makes of them. */
  layers(rows: Matrix): Promise<Matrix[]>;
  /** Probability of the second class, n. */
  confidence(rows: Matrix): Promise<Float64Array>;
}

const HIDDEN = [64, 32] as const;
const BATCH = 64;

/** `isSecond`: 1 for rows of the second class. */
export async function smallNetwork(
  rows: Matrix,
  isSecond: Uint8Array,
  steps: number,
  { seed, engine, signal }: Pick<StudyContext, 'seed' | 'engine' | 'signal'>,
): Promise<SmallNetwork> {
  const [inputs, [a, b]] = [rows.cols, HIDDEN];
  const first = dense({ name: 'first', inputs, outputs: a, initial: 'he', seed });
  const second = dense({ name: 'second', inputs: a, outputs: b, initial: 'he', seed });
  const head = dense({ name: 'head', inputs: b, outputs: 2, seed });
  const forward = (points: Matrix): readonly Tensor[] => {
    const h1 = relu(first(constant(toFloat32(points).data, [points.rows, points.cols])));
    const h2 = relu(second(h1));
    return [h1, h2, head(h2)];
  };
  await train({
    loss({ random }) {
      const own = Int32Array.from(random.sample(rows.rows, Math.min(BATCH, rows.rows)));
      return crossEntropy(
        forward(gathered(rows, own))[2],
        own.map((row) => isSecond[row]),
      );
    },
    steps,
    update: adamW({ learningRate: 0.003 }),
    schedule: linearDecay(),
    seed,
    engine,
    signal,
  });
  const workspace = new Workspace(engine);
  const valued = async (tensor: Tensor) =>
    matrix(Float32Array.from(await evaluate(tensor, workspace)), tensor.shape[0], tensor.shape[1]);
  return {
    async layers(points) {
      const [h1, h2] = forward(points);
      return [toFloat32(points), await valued(h1), await valued(h2)];
    },
    async confidence(points) {
      const { data } = await valued(forward(points)[2]);
      return Float64Array.from(
        { length: points.rows },
        (_, i) => 1 / (1 + exp(data[2 * i] - data[2 * i + 1])),
      );
    },
  };
}
