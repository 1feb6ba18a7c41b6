import { gathered, type Matrix, rows } from '../../core/matrix.ts';
import {
  adam,
  constant,
  crossEntropy,
  dense,
  matmul,
  mlp,
  normalizeRows,
  type Tensor,
  train,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { shareRight } from './classified.ts';
import type { LabeledImages } from './images.ts';

const CLASSES = 10;

export interface StitchedSizes {
  readonly hidden: number;
  readonly dim: number;
  readonly anchors: number;
  readonly steps: number;
  readonly batch: number;
}

/** An encoder of images and a head that names their digit from the encoding, or from its cosines with anchors. */
export interface Network {
  readonly encoded: (images: Tensor) => Tensor;
  readonly head: (features: Tensor) => Tensor;
}

/** A network trained from its own seed; `anchors` are images, the same for all networks, or none for absolute features. */
export async function trainedNetwork(
  { engine, signal, random }: StudyContext,
  { images, labels }: LabeledImages,
  anchors: Matrix | undefined,
  seed: number,
  { hidden, dim, steps, batch }: StitchedSizes,
): Promise<Network> {
  const encoder = mlp({ name: 'encoder', sizes: [images.cols, hidden, dim], seed });
  const encoded = anchors
    ? (x: Tensor) => cosines(encoder(x), encoder(tensorOf(anchors)))
    : (x: Tensor) => encoder(x);
  const inputs = anchors?.rows ?? dim;
  const head = dense({ name: 'head', inputs, outputs: CLASSES, seed });
  const stream = random.fork('batches').fork(seed);
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adam({ learningRate: 0.003 }),
    loss: ({ step }) => {
      const chosen = stream.fork(step).sample(images.rows, Math.min(batch, images.rows));
      const logits = head(encoded(tensorOf(gathered(images, chosen))));
      return crossEntropy(
        logits,
        chosen.map((row) => labels[row]),
      );
    },
  });
  return { encoded, head };
}

/** Accuracy of one network's encoder with another's head. */
export function stitchedAccuracy(
  encoder: Network,
  head: Network,
  { images, labels }: LabeledImages,
  { engine }: StudyContext,
): Promise<number> {
  return shareRight(head.head(encoder.encoded(tensorOf(images))), labels, engine);
}

const cosines = (x: Tensor, anchors: Tensor) =>
  matmul(normalizeRows(x), normalizeRows(anchors), { transposeB: true });

const tensorOf = ({ data, rows: n, cols }: Matrix) => constant(data, [n, cols]);

/** The first n images. */
export function firstImages({ images, labels }: LabeledImages, n: number): LabeledImages {
  const count = Math.min(n, images.rows);
  return { images: rows(images, 0, count), labels: labels.subarray(0, count) };
}
