import type { TensorVersions } from '../types.ts';

/** τ_i = θ_i − θ₀ of each model, in float64. */
export function taskVectors({ base, models }: TensorVersions): Float64Array[] {
  return models.map((own) => Float64Array.from(own, (value, e) => value - base[e]));
}

/** θ₀ + Σ_i w_i·τ_i. */
export function withTaskVectors(
  versions: TensorVersions,
  weights: ArrayLike<number>,
): Float64Array {
  const sum = summedVectors(versions, weights);
  return sum.map((move, e) => versions.base[e] + move);
}

/** Σ_i w_i·τ_i. */
export function summedVectors(
  { base, models }: TensorVersions,
  weights: ArrayLike<number>,
): Float64Array {
  const sum = new Float64Array(base.length);
  models.forEach((own, i) => {
    for (let e = 0; e < sum.length; e++) sum[e] += weights[i] * (own[e] - base[e]);
  });
  return sum;
}

/** By the name of each tensor. */
export function byName<T>(
  tensors: readonly TensorVersions[],
  of: (tensor: TensorVersions) => T,
): ReadonlyMap<string, T> {
  return new Map(tensors.map((tensor) => [tensor.name, of(tensor)]));
}
