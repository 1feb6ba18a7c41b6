import { InputError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { operation, rowsOf, type Shape, type Tensor } from '../tape/tensor.ts';
import { type ChannelMoments, channelMoments } from './channel-moments.ts';
import { gradientOfAffine, requireChannels } from './layer-norm.ts';

/** What a batch normalization remembers of its training, to be saved beside the parameters under these names. */
export interface RunningStatistics {
  readonly mean: SavedNumbers;
  readonly variance: SavedNumbers;
}

interface SavedNumbers {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Running statistics of d channels that have seen nothing: mean 0, variance 1. */
export function runningStatistics(name: string, d: number): RunningStatistics {
  return {
    mean: { name: `${name}.mean`, shape: [d], data: new Float32Array(d) },
    variance: { name: `${name}.variance`, shape: [d], data: new Float32Array(d).fill(1) },
  };
}

export interface BatchNormOptions {
  /** Whether the statistics are those of the rows at hand (and the running ones follow), or the running ones. */
  readonly training: boolean;
  /** How far the running statistics go towards those of a batch. */
  readonly momentum?: number;
  /** ε */
  readonly epsilon?: number;
}

/**
 * Each channel to mean 0 and variance 1 over all rows, then scaled and shifted: x … × d, gain γ and bias β of d
 * numbers each (Ioffe and Szegedy, 2015). With images n × h × w × c a row is a place of an image.
 *
 *     y = γ·x̂ + β,   x̂ = (x − mean)/√(var + ε)
 *     training: ∂L/∂x = γ·(g − mean(g) − x̂·mean(g·x̂))/√(var + ε)
 *
 * In training the running statistics move when the gradient passes: once a step, also where activations are computed
 * again. Their variance is the unbiased one.
 */
export function batchNorm(
  x: Tensor,
  gain: Tensor,
  bias: Tensor,
  running: RunningStatistics,
  { training, momentum = 0.1, epsilon = 1e-5 }: BatchNormOptions,
): Tensor {
  const [n, d] = rowsOf(x.shape);
  requireChannels('batchNorm', x, gain, bias);
  if (running.mean.data.length !== d)
    throw new ShapeError(
      'batchNorm',
      `running statistics of ${d} channels`,
      `${running.mean.data.length}`,
    );
  if (training && n < 2)
    throw new InputError(
      'batchNorm',
      `training needs two rows or more for a variance; got ${n}: take larger batches, or training: false.`,
    );
  let normalized: Floats = new Float32Array(0);
  let batch: ChannelMoments = { mean: new Float64Array(d), variance: new Float64Array(d) };
  const inverse = new Float64Array(d);
  return operation('batchNorm', [x, gain, bias], x.shape, {
    forward({ inputs: [a, scale, shift], out, room }) {
      normalized = room(n * d);
      batch = training ? channelMoments(a, d) : savedMoments(running);
      const { mean, variance } = batch;
      for (let c = 0; c < d; c++) inverse[c] = 1 / Math.sqrt(variance[c] + epsilon);
      for (let start = 0; start < out.length; start += d) {
        for (let c = 0; c < d; c++) {
          normalized[start + c] = (a[start + c] - mean[c]) * inverse[c];
          out[start + c] = scale[c] * normalized[start + c] + shift[c];
        }
      }
    },
    backward({ inputs: [, scale], gradient, to: [toX, toGain, toBias] }) {
      const gains = new Float64Array(d);
      const biases = new Float64Array(d);
      gradientOfAffine(normalized, gradient, gains, biases);
      toGain?.set(gains);
      toBias?.set(biases);
      if (training) follow(running, batch, n, momentum);
      if (!toX) return;
      const share = training ? 1 / n : 0;
      for (let start = 0; start < toX.length; start += d) {
        for (let c = 0; c < d; c++) {
          const shared = (biases[c] + normalized[start + c] * gains[c]) * share;
          toX[start + c] = scale[c] * inverse[c] * (gradient[start + c] - shared);
        }
      }
    },
  });
}

const savedMoments = ({ mean, variance }: RunningStatistics): ChannelMoments => ({
  mean: Float64Array.from(mean.data),
  variance: Float64Array.from(variance.data),
});

function follow(
  running: RunningStatistics,
  batch: ChannelMoments,
  n: number,
  momentum: number,
): void {
  const unbiased = n / (n - 1);
  const mean = running.mean.data;
  const variance = running.variance.data;
  for (let c = 0; c < mean.length; c++) {
    mean[c] += momentum * (batch.mean[c] - mean[c]);
    variance[c] += momentum * (unbiased * batch.variance[c] - variance[c]);
  }
}
