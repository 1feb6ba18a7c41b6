import { ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { batchNorm, runningStatistics } from '../operations/batch-norm.ts';
import { type ChannelMoments, channelMoments } from '../operations/channel-moments.ts';
import { evaluate } from '../tape/evaluate.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import { rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';
import type { Workspace } from '../tape/workspace.ts';
import { type LayerOptions, numbers } from './initial.ts';
import type { Layer } from './layer.ts';

export interface StitchOptions extends Omit<LayerOptions, 'seed'> {
  /**
   * Brings what comes to the channels of the block: `dense` is the affine map, at every place of images the 1 × 1
   * convolution; `relativeTo` takes cosines with anchors.
   */
  readonly adapter: Layer;
  /** A part of a network that was trained elsewhere. */
  readonly block: Layer;
  /** What the block was given when it was trained: `channelMoments(inputs, channels)`. */
  readonly seen: ChannelMoments;
}

/** A block behind an adapter, in another network than the one it was trained in. */
export interface Stitch {
  /** In training what the adapter gives is normalized over the batch, else by the running statistics. */
  readonly apply: (x: Tensor, options: { readonly training: boolean }) => Tensor;
  /** Those of the adapter and of the normalization: what has to be learned first. */
  readonly adapter: readonly Parameter[];
  /** Those of the block. */
  readonly block: readonly Parameter[];
  /** Running statistics by name: a group of `also` in a training, `also: { joint: joint.also }`, and in a saved model. */
  readonly also: Readonly<Record<string, Floats>>;
  /** What the adapter makes of x, before it is normalized. */
  readonly adapted: (x: Tensor) => Tensor;
}

/**
 * Joins a block of one trained network into another:
 *
 *     y = block(σ·(a − mean(a))/√(var(a) + ε) + μ),   a = adapter(x)
 *
 * with μ and σ the mean and deviation of each channel in what the block saw when it was trained, so that it is met in
 * its own range from the first step on. They are where `NAME.norm.gain` and `NAME.norm.bias` begin; both can be learned
 * like the adapter. Statistics are over the batch in training; without one, `settleStitch` takes them from rows at hand.
 */
export function stitch({ name, adapter, block, seen, float64 }: StitchOptions): Stitch {
  const channels = seen.mean.length;
  const own = `${name}.norm`;
  const gain = parameter(`${own}.gain`, numbers(channels, float64), [channels]);
  const bias = parameter(`${own}.bias`, numbers(channels, float64), [channels]);
  gain.data.set(seen.variance.map(Math.sqrt));
  bias.data.set(seen.mean);
  const running = runningStatistics(own, channels);
  const adapted = (x: Tensor) => {
    const a = adapter(x);
    if (rowsOf(a.shape)[1] !== channels)
      throw new ShapeError(
        name,
        `an adapter that gives ${channels} channels, as the block has seen`,
        shapeInWords(a.shape),
      );
    return a;
  };
  return {
    adapted,
    apply: (x, options) => block(batchNorm(adapted(x), gain, bias, running, options)),
    adapter: [...adapter.parameters, gain, bias],
    block: block.parameters,
    also: {
      [running.mean.name]: running.mean.data,
      [running.variance.name]: running.variance.data,
    },
  };
}

/** Takes the running statistics of a stitch from what its adapter makes of x: for a stitch that nobody trains. */
export async function settleStitch(
  { adapted, also }: Stitch,
  x: Tensor,
  workspace?: Workspace,
): Promise<void> {
  const [mean, variance] = Object.values(also);
  const found = channelMoments(await evaluate(adapted(x), workspace), mean.length);
  mean.set(found.mean);
  variance.set(found.variance);
}
