import {
  adam,
  channelMoments,
  cosineDecay,
  crossEntropy,
  dense,
  evaluate,
  globalAveragePool,
  maxPool2d,
  type Tensor,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { type Digits, SINGLE, singles } from './canvases.ts';
import { shareRight } from './classified.ts';
import { featuresOf, imageTensor, type Stages, stagesOf } from './dense-network.ts';

export interface PretrainingSize {
  readonly channels: readonly number[];
  readonly steps: number;
  readonly batch: number;
}

const CLASSES = 10;
/** Single digits whose statistics are taken, and on which accuracy is measured. */
const MOST = 500;

/** A classifier of single digits: its convolutions, what they saw, and its accuracy on test digits. */
export async function pretrainedStages(
  { engine, signal, random, seed }: StudyContext,
  { train: known, test }: Digits,
  { channels, steps, batch }: PretrainingSize,
): Promise<{ readonly stages: Stages; readonly accuracy: number }> {
  const layers = stagesOf('classifier', channels, seed);
  const head = dense({
    name: 'classifier.head',
    inputs: channels[channels.length - 1],
    outputs: CLASSES,
    seed,
  });
  const logitsOf = (images: Tensor) =>
    head(globalAveragePool(featuresOf(layers, images).at(-1) as Tensor));
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adam({ learningRate: 0.005 }),
    schedule: cosineDecay(),
    loss({ random: stream }) {
      const rows = stream.sample(known.labels.length, Math.min(batch, known.labels.length));
      const images = singles(known, rows, stream.fork('places'));
      const labels = rows.map((row) => known.labels[row]);
      return crossEntropy(logitsOf(imageTensor(images.data, SINGLE)), labels);
    },
  });
  const draw = (from: Digits['train'], name: string) => {
    const stream = random.fork(name);
    const rows = stream.sample(from.labels.length, Math.min(MOST, from.labels.length));
    const images = singles(from, rows, stream.fork('places'));
    return {
      images: imageTensor(images.data, SINGLE),
      labels: rows.map((row) => from.labels[row]),
    };
  };
  const seenBy = draw(known, 'seen').images;
  const features = featuresOf(layers, seenBy);
  const workspace = new Workspace(engine);
  const seen = [channelMoments(await evaluate(seenBy, workspace), 1)];
  for (let l = 1; l < layers.length; l++) {
    const inputs = await evaluate(maxPool2d(features[l - 1], 2), workspace);
    seen.push(channelMoments(inputs, channels[l - 1]));
  }
  const unseen = draw(test, 'test');
  const accuracy = await shareRight(logitsOf(unseen.images), unseen.labels, engine);
  return { stages: { layers, seen }, accuracy };
}
