import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  type BoundParametrization,
  randomSubspace,
} from '../../families/parametrizations/index.ts';
import {
  adam,
  constant,
  convolution,
  crossEntropy,
  dense,
  type Layer,
  layer,
  relu,
  reshape,
  type Tensor,
  type TrainOptions,
  train,
} from '../../learning/index.ts';
import { firstCrossing } from '../../numerics/statistics/first-crossing.ts';
import { shareRight } from './classified.ts';
import type { LabeledImages } from './images.ts';

/** Two convolutions of 3 × 3 that halve the sides, then a dense layer of ten classes. */
export function convolutionalNet(side: number, channels: readonly number[], seed: number): Layer {
  const layers = channels.map((outputs, i) =>
    convolution({ name: `net.${i}`, inputs: channels[i - 1] ?? 1, outputs, stride: 2, seed }),
  );
  const rest = channels.reduce((now) => Math.floor((now - 3) / 2) + 1, side);
  const inputs = rest * rest * channels[channels.length - 1];
  const head = dense({ name: 'net.head', inputs, outputs: 10, seed });
  const parameters = [...layers, head].flatMap((own) => own.parameters);
  return layer(parameters, (x: Tensor) => {
    const images = reshape(x, [x.shape[0], side, side, 1]);
    const features = layers.reduce((h, next) => relu(next(h)), images);
    return head(reshape(features, [x.shape[0], inputs]));
  });
}

/** What is learned: a new net each time, from these pictures, judged by others. */
export interface NetTask {
  readonly make: () => Layer;
  readonly known: LabeledImages;
  readonly judged: LabeledImages;
}

export interface NetLesson {
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
}

/** Trains a net, all of its weights or few numbers of which they are made; its accuracy, and the net. */
export async function trainedNet(
  { make, known, judged }: NetTask,
  { steps, batch, ...context }: NetLesson,
  learningRate: number,
  by?: BoundParametrization,
) {
  const net = make();
  const logits = ({ data, rows, cols }: Matrix) => net(constant(data, [rows, cols]));
  const options: TrainOptions = {
    ...context,
    steps,
    update: adam({ learningRate }),
    // Linear to 0: the end of a run does not depend on its last batches.
    schedule: (step, all) => 1 - (step - 1) / all,
    loss({ random }) {
      const rows = random.sample(known.labels.length, Math.min(batch, known.labels.length));
      const classes = rows.map((row) => known.labels[row]);
      return crossEntropy(logits(gathered(known.images, rows)), classes);
    },
  };
  const few = await by?.over(net.parameters);
  await train(few?.training(options) ?? options);
  await few?.writeOut();
  const accuracy = await shareRight(logits(judged.images), judged.labels, context.engine);
  return { net, few, accuracy };
}

export interface Rates {
  /** For all weights. */
  readonly all: number;
  /** For the vector of a subspace. */
  readonly few: number;
}

export interface TaskDimension {
  /** The accuracy of all weights trained. */
  readonly full: number;
  /** Numbers that reach nine tenths of it; the largest tried where none did. */
  readonly d90: number;
  readonly curve: { readonly x: readonly number[]; readonly y: readonly number[] };
}

/** Trains with more and more directions until nine tenths of the accuracy of all weights are reached. */
export async function taskDimension(
  task: NetTask,
  lesson: NetLesson,
  rates: Rates,
  grid: readonly number[],
  more: { readonly perLayerScale?: boolean } = {},
): Promise<TaskDimension> {
  const { accuracy: full } = await trainedNet(task, lesson, rates.all);
  const [x, y]: [number[], number[]] = [[], []];
  for (const directions of grid) {
    const by = randomSubspace.bind({ directions, seed: lesson.seed, ...more });
    x.push(directions);
    y.push((await trainedNet(task, lesson, rates.few, by)).accuracy);
    if (y[y.length - 1] >= 0.9 * full) break;
  }
  return { full, curve: { x, y }, d90: firstCrossing({ x, y }, 0.9 * full) ?? x[x.length - 1] };
}
