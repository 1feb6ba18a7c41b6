export { add } from './add.ts';
export { averagePool2d } from './average-pool2d.ts';
export {
  type BatchNormOptions,
  batchNorm,
  type RunningStatistics,
  runningStatistics,
} from './batch-norm.ts';
export { binaryCrossEntropy } from './binary-cross-entropy.ts';
export { conv2d } from './conv2d.ts';
export { crossEntropy, IGNORED } from './cross-entropy.ts';
export { dropout } from './dropout.ts';
export { embedding } from './embedding.ts';
export { exp } from './exp.ts';
export { gelu } from './gelu.ts';
export { globalAveragePool } from './global-average-pool.ts';
export { layerNorm } from './layer-norm.ts';
export { linear } from './linear.ts';
export { log } from './log.ts';
export { logSigmoid } from './log-sigmoid.ts';
export { logSoftmax } from './log-softmax.ts';
export { matmul } from './matmul.ts';
export { maxPool2d } from './max-pool2d.ts';
export { mean } from './mean.ts';
export { meanSquaredError } from './mean-squared-error.ts';
export { multiply } from './multiply.ts';
export { normalizeRows } from './normalize-rows.ts';
export { type FusedLoss, objective } from './objective.ts';
export { relu } from './relu.ts';
export { reshape } from './reshape.ts';
export { scale } from './scale.ts';
export { sigmoid } from './sigmoid.ts';
export { softmax } from './softmax.ts';
export { softplus } from './softplus.ts';
export { square } from './square.ts';
export { stopGradient } from './stop-gradient.ts';
export { subtract } from './subtract.ts';
export { sum } from './sum.ts';
export { tanh } from './tanh.ts';
export type { WindowOptions } from './windows.ts';
