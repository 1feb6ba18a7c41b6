import { InputError } from '../../../core/errors.ts';
import { type Matrix, matrix, toFloat64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  cosineDecay,
  objective,
  parameter,
  riemannianAdam,
  train,
} from '../../../learning/index.ts';
import { sphere, uniformPoints } from '../../../manifolds/index.ts';
import type { RunOptions } from '../../../method/method.ts';
import type { BoundObjective } from '../../objectives/index.ts';

const STEPS = 500;
const LEARNING_RATE = 0.05;

export interface DispersedProblem {
  readonly places: number;
  readonly dim: number;
  readonly spread: BoundObjective | undefined;
}

/** Unit vectors, places × dim, uniform at first and spread by the objective alone: 500 steps of Riemannian Adam. */
export async function dispersedVectors(
  where: string,
  { places, dim, spread }: DispersedProblem,
  random: Random,
  { engine, signal }: RunOptions,
): Promise<Matrix<Float64Array>> {
  if (!spread)
    throw new InputError(
      where,
      'the head "dispersed" needs an objective that spreads its vectors; give one, such as --spread koleo.',
    );
  const { data } = uniformPoints(places, dim, random);
  const vectors = parameter('vectors', Float32Array.from(data), [places, dim], {
    manifold: sphere,
  });
  await train({
    steps: STEPS,
    update: riemannianAdam({ learningRate: LEARNING_RATE }),
    schedule: cosineDecay(),
    loss: ({ random: own }) => objective(vectors, spread, { random: own }),
    seed: random.fork('spread').integer(2 ** 31),
    engine,
    signal,
  });
  return toFloat64(matrix(vectors.data, places, dim));
}
