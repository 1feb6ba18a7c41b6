import { type Matrix, matrix } from '../../core/matrix.ts';
import {
  adam,
  cosineDecay,
  dense,
  evaluate,
  globalAveragePool,
  type Layer,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { featuresOf, imageTensor, stagesOf } from './dense-network.ts';

/** A network of convolutions whose last features are averaged over the places before one linear layer. */
export interface PooledNetwork {
  /** Places of the last features: they lie in a square. */
  readonly places: number;
  /** The features of each image before they are averaged: places × channels. */
  features(images: Matrix<Float32Array>): Promise<Matrix<Float32Array>[]>;
  /** Classes × channels. */
  readonly weights: Matrix<Float32Array>;
  readonly bias: Float32Array;
}

export interface PooledTraining {
  /** Pixels of a side. */
  readonly side: number;
  /** Of each stage; between two of them is a pooling of 2 × 2. */
  readonly channels: readonly number[];
  readonly classes: number;
  readonly steps: number;
  readonly batch: number;
  /** The loss of the logits of some images. */
  readonly loss: (logits: Tensor, rows: Int32Array) => Tensor;
}

/** Images that are run at once. */
const AT_ONCE = 50;

/** Trains on all the images. */
export async function pooledNetwork(
  { engine, signal, seed, random }: StudyContext,
  images: Matrix<Float32Array>,
  { side, channels, classes, steps, batch, loss }: PooledTraining,
): Promise<PooledNetwork> {
  const stages = stagesOf('stage', channels, seed);
  const last = channels[channels.length - 1];
  const head = dense({ name: 'head', inputs: last, outputs: classes, seed });
  const draws = random.fork('batches');
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adam({ learningRate: 0.005 }),
    schedule: cosineDecay(),
    loss({ step }) {
      const rows = draws.fork(step).sample(images.rows, Math.min(batch, images.rows));
      const seen = imageTensor(gatheredData(images, rows), side);
      return loss(head(globalAveragePool(lastOf(stages, seen))), rows);
    },
  });
  const across = side / 2 ** (channels.length - 1);
  const [weight, bias] = head.parameters;
  return {
    places: across * across,
    weights: matrix(Float32Array.from(weight.data), classes, last),
    bias: Float32Array.from(bias.data),
    async features(others) {
      const found: Matrix<Float32Array>[] = [];
      const size = across * across * last;
      for (let from = 0; from < others.rows; from += AT_ONCE) {
        const to = Math.min(others.rows, from + AT_ONCE);
        const some = others.data.subarray(from * others.cols, to * others.cols);
        const values = await evaluate(
          lastOf(stages, imageTensor(some, side)),
          new Workspace(engine),
        );
        for (let i = 0; i < to - from; i++)
          found.push(
            matrix(
              Float32Array.from(values.subarray(i * size, (i + 1) * size)),
              across * across,
              last,
            ),
          );
      }
      return found;
    },
  };
}

function lastOf(stages: readonly Layer[], images: Tensor): Tensor {
  const features = featuresOf(stages, images);
  return features[features.length - 1];
}

function gatheredData({ data, cols }: Matrix<Float32Array>, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * cols);
  rows.forEach((row, i) => {
    out.set(data.subarray(row * cols, (row + 1) * cols), i * cols);
  });
  return out;
}
