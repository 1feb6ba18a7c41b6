import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import type { BoundParametrization } from '../../families/parametrizations/index.ts';
import {
  adam,
  constant,
  convolution,
  cosineDecay,
  crossEntropy,
  dense,
  globalAveragePool,
  type Layer,
  layer,
  mlp,
  relu,
  reshape,
  stopGradient,
  type Tensor,
  type TrainOptions,
  train,
} from '../../learning/index.ts';
import { type Box, tuckerOf, tuckerProduct } from '../../numerics/decompositions/tucker.ts';
import { shareRight } from './classified.ts';
import type { LabeledImages } from './images.ts';

/** What turns pictures into features, its weights, and how many features there are. */
export interface Body {
  readonly features: Layer;
  readonly outputs: number;
}

/** Three convolutions of 3 × 3 (the first two halve the sides), then the mean over places. */
export function convolutionBody(channels: readonly number[], seed: number): Body {
  const layers = channels.map((outputs, i) =>
    convolution({
      name: `body.${i}`,
      inputs: channels[i - 1] ?? 1,
      outputs,
      stride: i < 2 ? 2 : 1,
      seed,
    }),
  );
  const apply = (x: Tensor) => {
    const side = Math.sqrt(x.shape[1]);
    const images = reshape(x, [x.shape[0], side, side, 1]);
    return globalAveragePool(layers.reduce((h, next) => relu(next(h)), images));
  };
  const parameters = layers.flatMap((own) => own.parameters);
  return { features: layer(parameters, apply), outputs: channels[channels.length - 1] };
}

/** A dense layer of so many features. */
export function denseBody(inputs: number, outputs: number, seed: number): Body {
  const hidden = mlp({ name: 'body', sizes: [inputs, outputs], seed });
  return { features: layer(hidden.parameters, (x: Tensor) => relu(hidden(x))), outputs };
}

export interface Schooling {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

interface Lesson extends Schooling {
  readonly seed: number;
  readonly engine: Engine;
  readonly signal: AbortSignal | undefined;
  /** How the body's weights are made; left out, they move as they are, and `still` leaves them. */
  readonly by?: BoundParametrization | 'still' | undefined;
}

/**
 * Trains a new head of ten classes, and the body as the lesson says, on known pictures; gives the accuracy on others. The
 * body has its new weights afterwards.
 */
export async function schooled(
  { features, outputs }: Body,
  known: LabeledImages,
  others: LabeledImages,
  { by, seed, engine, signal, steps, batch, learningRate }: Lesson,
): Promise<number> {
  const head = dense({ name: 'head', inputs: outputs, outputs: 10, seed });
  const seen = (x: Tensor) => (by === 'still' ? stopGradient(features(x)) : features(x));
  const logits = ({ data, rows, cols }: Matrix) => head(seen(constant(data, [rows, cols])));
  const options: TrainOptions = {
    ...{ steps, seed, engine, signal },
    update: adam({ learningRate }),
    schedule: cosineDecay(),
    loss({ random }) {
      const rows = random.sample(known.labels.length, Math.min(batch, known.labels.length));
      const classes = rows.map((row) => known.labels[row]);
      return crossEntropy(logits(gathered(known.images, rows)), classes);
    },
  };
  const few = typeof by === 'object' ? await by.over(features.parameters) : undefined;
  await train(few?.training(options) ?? options);
  await few?.writeOut();
  return shareRight(logits(others.images), others.labels, engine);
}

/** The body with weights of its own: those of another. */
export function bodyLike(make: () => Body, { features }: Body): Body {
  const made = make();
  made.features.parameters.forEach(({ data }, i) => {
    data.set(features.parameters[i].data);
  });
  return made;
}

/** What a body has become: the difference of each convolution's weights, outputs × height × width × inputs. */
export function updatesOf(before: Body, after: Body): readonly Box[] {
  return after.features.parameters.flatMap(({ shape, data }, i) => {
    if (shape.length < 4) return [];
    const start = before.features.parameters[i].data;
    return [{ shape, data: Float64Array.from(data, (x, e) => x - start[e]) }];
  });
}

/** ‖T − T̂‖/‖T‖ of the best approximations with a core of these ranks, over several tensors. */
export function tuckerError(tensors: readonly Box[], rank: number, windowRank: number): number {
  return relativeError(tensors, ({ shape, data }) => {
    const ends = (axis: number) => axis === 0 || axis === shape.length - 1;
    const ranks = shape.map((d, axis) => Math.min(d, ends(axis) ? rank : windowRank));
    return tuckerProduct(tuckerOf({ shape, data }, ranks, { sweeps: 5 }));
  });
}

/** The same with matrices of a rank, of tensors whose first `axes` axes are rows. */
export function matrixError(tensors: readonly Box[], rank: number, axes: number): number {
  return relativeError(tensors, ({ shape, data }) => {
    const rows = shape.slice(0, axes).reduce((all, d) => all * d, 1);
    const folded = [rows, data.length / rows];
    const r = Math.min(rank, ...folded);
    return tuckerProduct(tuckerOf({ shape: folded, data }, [r, r]));
  });
}

function relativeError(
  tensors: readonly Box[],
  approximation: (tensor: Box) => Float64Array,
): number {
  let [error, all] = [0, 0];
  for (const tensor of tensors) {
    const found = approximation(tensor);
    for (let e = 0; e < found.length; e++) {
      error += (tensor.data[e] - found[e]) ** 2;
      all += tensor.data[e] ** 2;
    }
  }
  return Math.sqrt(error / all);
}
