import type { Random } from '../../core/random.ts';
import {
  add,
  type ChannelMoments,
  concat,
  constant,
  convolution,
  dense,
  type Layer,
  layer,
  maxPool2d,
  type Parameter,
  relu,
  type Stitch,
  stitch,
  type Tensor,
  upsampleBilinear2d,
} from '../../learning/index.ts';
import { BACKGROUND } from './canvases.ts';

/** Of each pixel a logit for each class and the background, and its depth. */
const OUTPUTS = BACKGROUND + 2;

/** What a part of the network begins with. */
export type Start = 'scratch' | 'pretrained' | 'statistics';

/** The convolutions of a classifier, the finest first, with what each saw in its training. */
export interface Stages {
  readonly layers: readonly Layer[];
  readonly seen: readonly ChannelMoments[];
}

export interface DenseNetwork {
  /** n × h × w × (classes + 2): the logits of the classes and of the background, and the depth. */
  readonly apply: (images: Tensor, training: boolean) => Tensor;
  /** The classifier's convolutions as the encoder, and again in the decoder. */
  readonly encoder: readonly Parameter[];
  readonly blocks: readonly Parameter[];
}

/** Convolutions with relu, from 1 channel to each of these in turn. */
export function stagesOf(name: string, channels: readonly number[], seed: number): Layer[] {
  return channels.map((outputs, l) => {
    const inputs = l === 0 ? 1 : channels[l - 1];
    const own = convolution({ name: `${name}.${l}`, inputs, outputs, padding: 'same', seed });
    return layer(own.parameters, (x: Tensor) => relu(own(x)));
  });
}

/** What each stage makes of images, every one at half the resolution of the one before it. */
export function featuresOf(stages: readonly Layer[], images: Tensor): Tensor[] {
  const features: Tensor[] = [];
  for (const stage of stages) {
    const last = features.at(-1);
    features.push(stage(last ? maxPool2d(last, 2) : images));
  }
  return features;
}

export interface DenseStarts {
  readonly encoder: Exclude<Start, 'statistics'>;
  readonly decoder: Start;
}

/**
 * The classifier's stages F₁ … F₄ as the encoder, and stages 4, 3, 2 again as the decoder, from coarse to fine:
 *
 *     D_l = stage_l(adapter([up(D_{l+1}), F_l]))
 *
 * with stitches between; D₂ gives the pixels, at half their resolution, and F₁ adds what is finer.
 */
export function denseNetwork(
  { layers, seen }: Stages,
  channels: readonly number[],
  starts: DenseStarts,
  seed: number,
  random: Random,
): DenseNetwork {
  const encoder = stagesOf('encoder', channels, seed);
  const blocks = stagesOf('decoder', channels, seed);
  layers.forEach((trained, l) => {
    begin(encoder[l], trained, starts.encoder, random);
    begin(blocks[l], trained, starts.decoder, random);
  });
  const top = channels.length - 1;
  const stitches = new Map<number, Stitch>();
  for (let l = top; l >= 1; l--) {
    const inputs = channels[l] + (l === top ? 0 : channels[l + 1]);
    const adapter = dense({ name: `adapter.${l}`, inputs, outputs: channels[l - 1], seed });
    const known = starts.decoder === 'scratch' ? unknown(channels[l - 1]) : seen[l];
    stitches.set(l, stitch({ name: `adapter.${l}`, adapter, block: blocks[l], seen: known }));
  }
  const coarse = dense({ name: 'head.coarse', inputs: channels[1], outputs: OUTPUTS, seed });
  const fine = dense({ name: 'head.fine', inputs: channels[0], outputs: OUTPUTS, seed });
  return {
    encoder: encoder.flatMap(({ parameters }) => parameters),
    blocks: [...stitches.values()].flatMap(({ block }) => block),
    apply(images, training) {
      const features = featuresOf(encoder, images);
      let decoded: Tensor | undefined;
      for (const [l, { apply }] of stitches) {
        const own = features[l];
        const mixed = decoded ? concat(upsampleBilinear2d(decoded, 2), own) : own;
        decoded = apply(mixed, { training });
      }
      return add(upsampleBilinear2d(coarse(decoded as Tensor), 2), fine(features[0]));
    },
  };
}

const unknown = (d: number): ChannelMoments => ({
  mean: new Float64Array(d),
  variance: new Float64Array(d).fill(1),
});

/** Gives a stage what it begins with: nothing of the trained one, its weights, or these shuffled within each filter. */
function begin(stage: Layer, trained: Layer, start: Start, random: Random): void {
  if (start === 'scratch') return;
  stage.parameters.forEach(({ data, shape, name }, i) => {
    data.set(trained.parameters[i].data);
    const [filters] = shape;
    const size = data.length / filters;
    if (start === 'pretrained' || size === 1) return;
    for (let f = 0; f < filters; f++) {
      const own = data.slice(f * size, (f + 1) * size);
      const order = random.fork(`${name} ${f}`).sample(size);
      order.forEach((from, to) => {
        data[f * size + to] = own[from];
      });
    }
  });
}

/** Images as a tensor n × side × side × 1. */
export function imageTensor(data: Float32Array, side: number): Tensor {
  return constant(data, [data.length / side ** 2, side, side, 1]);
}
