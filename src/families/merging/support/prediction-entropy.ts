import {
  logSoftmax,
  mean,
  multiply,
  scale,
  softmax,
  sum,
  type Tensor,
} from '../../../learning/index.ts';

/**
 * How undecided predictions are, in nats: the mean over rows of the entropy of each row's softmax, logits n × c.
 *
 *     H = −mean_i Σ_c p_ic log p_ic,   pᵢ = softmax(zᵢ)
 */
export function predictionEntropy(logits: Tensor): Tensor {
  return scale(mean(sum(multiply(softmax(logits), logSoftmax(logits)), 1)), -1);
}
