import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/**
 * How weights of m outputs and k inputs begin:
 *
 *     he        normal, variance 2/k: keeps the size of what relu lets through
 *     glorot    uniform in ±√(6/(k + m)): keeps sizes on the way and on the way back, for linear and tanh layers
 *     zeros     all 0
 */
export type Initial = 'he' | 'glorot' | 'zeros';

/** What every layer is given. */
export interface LayerOptions {
  /** Its parameters' names begin with it: `encoder.0`. */
  readonly name: string;
  /** A parameter's first values depend on the seed and its name, not on what was made before. Default 0. */
  readonly seed?: number | undefined;
  readonly float64?: boolean | undefined;
}

/** First values of a weight matrix, m × k. */
export function initialWeights(
  outputs: number,
  inputs: number,
  initial: Initial,
  random: Random,
  float64 = false,
): Floats {
  const data = numbers(outputs * inputs, float64);
  if (initial === 'zeros') return data;
  const deviation = Math.sqrt(2 / inputs);
  const limit = Math.sqrt(6 / (inputs + outputs));
  for (let e = 0; e < data.length; e++)
    data[e] = initial === 'he' ? deviation * random.normal() : limit * (2 * random.uniform() - 1);
  return data;
}

export function numbers(length: number, float64 = false): Floats {
  return float64 ? new Float64Array(length) : new Float32Array(length);
}
