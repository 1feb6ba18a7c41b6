import { Random } from '../core/random.ts';
import type { Engine } from '../engine/engine.ts';
import { embedding, linear, mean, multiply, relu } from '../learning/operations/index.ts';
import { type Parameter, parameter } from '../learning/tape/parameter.ts';
import type { TrainOptions } from '../learning/training/options.ts';
import { momentum } from './momentum.ts';

/** Looks rows up, sends them through two layers, and wants the outcome small; draws rows, keeps a running mean. */
export function resumableTraining(engine: Engine, start = 1) {
  const draws = Random.fromSeed(start);
  const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());
  const parameters: readonly Parameter[] = [
    parameter('table', normals(40), [10, 4], { byRows: true }),
    parameter('0.weight', normals(64), [16, 4]),
    parameter('1.weight', normals(48), [3, 16]),
  ];
  const [table, w0, w1] = parameters;
  const running = { mean: new Float64Array(1) };
  const options: TrainOptions = {
    loss({ random }) {
      const ids = Array.from({ length: 6 }, () => random.integer(10));
      const y = linear(relu(linear(embedding(table, ids), w0)), w1);
      const root = mean(multiply(y, y));
      return { loss: root, report: { size: root } };
    },
    steps: 20,
    seed: 3,
    update: momentum(0.02),
    engine,
    onStep: ({ loss }) => {
      running.mean[0] = 0.9 * running.mean[0] + 0.1 * loss;
    },
    heldOut: { value: () => sumOf(w1), every: 3, better: 'lower' },
    also: { running },
  };
  return { parameters, options, running };
}

export const sumOf = ({ data }: Parameter) =>
  [...data].reduce((all, value) => all + Math.abs(value), 0);
