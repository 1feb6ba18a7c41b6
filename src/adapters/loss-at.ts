import { ShapeError } from '../core/errors.ts';
import { type Matrix, zerosLike } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { defaultEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import type { FusedLoss } from '../learning/index.ts';

/** What an objective gets at least. */
export interface EngineAndRandom {
  readonly engine: Engine;
  readonly random: Random;
}

export interface LossAt {
  readonly loss: number;
  /** n × d, ∂loss/∂points. */
  readonly gradient: Matrix<Float32Array>;
}

/** The loss of an objective at n × d points, and its gradient there. */
export async function lossAt<Context extends EngineAndRandom>(
  points: Matrix<Float32Array>,
  objective: FusedLoss<Context>,
  context: Partial<Context>,
): Promise<LossAt> {
  const engine = context.engine ?? (await defaultEngine(points));
  const settled = { random: Random.fromSeed(0), ...context, engine } as unknown as Context;
  const gradient = zerosLike(points);
  return { loss: await objective.lossAndGradient(points, gradient, settled), gradient };
}

/** A matrix of what a tensor of two axes holds. */
export function rowsIn(where: string, data: ArrayLike<number>, shape: readonly number[]) {
  if (shape.length !== 2) throw new ShapeError(where, 'points with two axes', inWords(shape));
  return { data: Float32Array.from(data), rows: shape[0], cols: shape[1] };
}

/** The term belongs to the points that it was computed at. */
export function requireSameShape(where: string, { rows, cols }: Matrix, shape: readonly number[]) {
  if (shape.length !== 2 || shape[0] !== rows || shape[1] !== cols)
    throw new ShapeError(where, `the ${rows} × ${cols} points of objectiveAt`, inWords(shape));
}

const inWords = (shape: readonly number[]) => shape.join(' × ') || 'one number';
