import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import {
  crossEntropy,
  linear,
  multiply,
  relu,
  scale,
  subtract,
  sum,
} from '../learning/operations/index.ts';
import { type Parameter, parameter } from '../learning/tape/parameter.ts';
import { constant } from '../learning/tape/tensor.ts';
import type { TrainOptions } from '../learning/training/options.ts';
import { momentum } from './momentum.ts';

/** ½(x − 3)², whose gradient is x − 3. */
export function parabola(start = 0) {
  const x = parameter('x', Float64Array.of(start), [1]);
  const loss = () => {
    const error = subtract(x, constant(Float64Array.of(3)));
    return scale(sum(multiply(error, error)), 0.5);
  };
  return { x, loss };
}

/** Two blobs in the plane, told apart by a small network on batches of eight. */
export function blobs(engine = referenceEngine) {
  const draws = Random.fromSeed(5);
  const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());
  const x = normals(80).map((value, e) => value + (e < 40 ? 1 : -1));
  const parameters: readonly Parameter[] = [
    parameter('0.weight', normals(16), [8, 2]),
    parameter('0.bias', new Float32Array(8), [8]),
    parameter('1.weight', normals(16), [2, 8]),
  ];
  const [w0, b0, w1] = parameters;
  const options: TrainOptions = {
    loss({ random }) {
      const rows = Array.from({ length: 8 }, () => random.integer(40));
      const data = Float32Array.from(rows.flatMap((row) => [...x.subarray(2 * row, 2 * row + 2)]));
      const logits = linear(relu(linear(constant(data, [8, 2]), w0, b0)), w1);
      return crossEntropy(
        logits,
        rows.map((row) => (row < 20 ? 0 : 1)),
      );
    },
    steps: 20,
    update: momentum(0.05),
    engine,
  };
  return { parameters, options };
}

export const dataOf = (parameters: readonly Parameter[]) => parameters.map(({ data }) => data);
