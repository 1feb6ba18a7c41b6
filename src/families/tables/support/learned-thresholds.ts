import { exp } from '../../../core/numeric.ts';
import {
  embedding,
  numbers,
  type Parameter,
  parameter,
  scale,
  sigmoid,
  type Tensor,
} from '../../../learning/index.ts';
import type { NetworkContext } from '../types.ts';

/** What has a threshold of its own. */
export const THRESHOLDS = ['field', 'column', 'row', 'element'] as const;

export interface ThresholdSettings {
  readonly thresholds: (typeof THRESHOLDS)[number];
  /** s at the start. */
  readonly start: number;
  /** Step length of s, in step lengths of the other weights. */
  readonly pace: number;
}

export interface LearnedThresholds {
  readonly parameters: readonly Parameter[];
  /** σ(s) for some ids of a field: 1 or n rows, 1 or dim columns. */
  readonly of: (field: number, ids: ArrayLike<number>) => Tensor;
  /** σ(s) of one number of a field's rows, as it is now. */
  readonly at: (field: number, element: number) => number;
}

/** Thresholds σ(s) of the numbers of a table, with s = pace·u for the u that training moves. */
export function learnedThresholds(
  { thresholds, start, pace }: ThresholdSettings,
  { fields, dim, like }: Pick<NetworkContext, 'fields' | 'dim' | 'like'>,
): LearnedThresholds {
  const byRow = thresholds === 'row' || thresholds === 'element';
  const cols = thresholds === 'column' || thresholds === 'element' ? dim : 1;
  const parameters = fields.map(({ name, size }) => {
    const rows = byRow ? size : 1;
    const data = numbers(rows * cols, like instanceof Float64Array).fill(start / pace);
    return parameter(`${name}.thresholds`, data, [rows, cols]);
  });
  return {
    parameters,
    of: (field, ids) => sigmoid(scale(embedding(parameters[field], byRow ? ids : [0]), pace)),
    at(field, element) {
      const row = byRow ? Math.floor(element / dim) : 0;
      const column = cols === 1 ? 0 : element % dim;
      return 1 / (1 + exp(-pace * parameters[field].data[row * cols + column]));
    },
  };
}
