import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, number } from '../../method/options.ts';
import { defineMerger } from './define.ts';
import { byName, taskVectors } from './support/task-vectors.ts';
import type { TensorVersions } from './types.ts';

/**
 * Trim, elect signs, merge: task vectors without what is small and without what the others contradict.
 *
 *     τ̂_i = τ_i where |τ_i| is among its largest k·p numbers, else 0
 *     γ = sgn Σ_i τ̂_i
 *     τ_e = mean of those τ̂_ie with sgn τ̂_ie = γ_e,   θ = θ₀ + λ·τ
 *
 * with τ_i = θ_i − θ₀ of p numbers, all tensors together, and k `keep`. Numbers as large as the last one kept are kept,
 * too. Where the sum is 0, the sign is that of most numbers. `combine: sum` adds in place of the mean.
 *
 * @remarks Use it where models of different tasks disagree (`signConflicts`) and there are no rows to choose weights
 * by; with few tasks and small networks, where most of a task vector counts, `task-arithmetic` is often better.
 * O(m·p log p) for the ranks.
 * @example
 * import { parameter } from 'tammes/learning';
 * import { ties } from 'tammes/merging';
 *
 * const model = (...w: number[]) => ({ kind: 'line', settings: {}, parameters: [parameter('w', Float32Array.from(w), [3])] });
 * // Of the first number most of the movement is upwards; the others are small in one model.
 * const models = [model(4, 3, 0.1), model(-1, 0.2, 2)];
 * const { model: merged } = await ties({ base: model(0, 0, 0), models }, { keep: 0.67 });
 * console.log(merged.parameters[0].data.join(' ')); // 4 3 2
 * @function
 */
export const ties = /* @__PURE__ */ defineMerger({
  id: 'ties',
  title: 'TIES-Merging',
  summary: 'Trims task vectors, elects a sign for each number, and merges those that agree.',
  references: [cite(sources.tiesMerging, 'algorithm 1')],
  options: {
    keep: number(0.2, 'Share of its largest numbers that a task vector keeps.', {
      min: 0,
      max: 1,
      symbol: 'k',
    }),
    scale: number(1, 'What the merged task vector is multiplied by.', {
      min: -100,
      max: 100,
      symbol: 'λ',
    }),
    combine: choice(['mean', 'sum'], 'mean', 'What becomes of the numbers that agree in sign.'),
  },
  deviations: [
    'Exactly the share asked for is kept, and what ties with it; the authors’ code keeps one number more.',
  ],
  needsBase: true,
  merge({ tensors, names }, { keep, scale, combine }) {
    const trimmed = trimmedVectors(tensors, names.length, keep);
    const majority = majoritySign(trimmed);
    return {
      weights: byName(tensors, (tensor) => {
        const own = trimmed.get(tensor.name) ?? [];
        return Float64Array.from(
          tensor.base,
          (start, e) => start + scale * elected(own, e, majority, combine),
        );
      }),
    };
  },
});

/** The task vectors with their largest numbers alone, by the name of the tensor. */
function trimmedVectors(
  tensors: readonly TensorVersions[],
  m: number,
  keep: number,
): ReadonlyMap<string, readonly Float64Array[]> {
  const vectors = byName(tensors, taskVectors);
  for (let i = 0; i < m; i++) {
    const own = [...vectors.values()].map((ofTensor) => ofTensor[i]);
    const least = leastKept(own, keep);
    for (const part of own)
      for (let e = 0; e < part.length; e++) if (Math.abs(part[e]) < least) part[e] = 0;
  }
  return vectors;
}

/** The smallest size among the largest k·p numbers; infinity where none is kept. */
function leastKept(parts: readonly Float64Array[], keep: number): number {
  const sizes = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) for (const x of part) sizes[at++] = Math.abs(x);
  const count = Math.floor(keep * sizes.length);
  return count === 0 ? Infinity : sizes.sort()[sizes.length - count];
}

/** The sign that most numbers have. */
function majoritySign(trimmed: ReadonlyMap<string, readonly Float64Array[]>): number {
  let balance = 0;
  for (const own of trimmed.values())
    for (let e = 0; e < own[0].length; e++) balance += Math.sign(sumAt(own, e));
  return balance < 0 ? -1 : 1;
}

function elected(
  own: readonly Float64Array[],
  e: number,
  majority: number,
  combine: 'mean' | 'sum',
): number {
  const sign = Math.sign(sumAt(own, e)) || majority;
  const agreeing = own.map((vector) => vector[e]).filter((x) => x * sign > 0);
  const sum = agreeing.reduce((total, x) => total + x, 0);
  return combine === 'sum' ? sum : sum / Math.max(1, agreeing.length);
}

function sumAt(own: readonly Float64Array[], e: number): number {
  let sum = 0;
  for (const vector of own) sum += vector[e];
  return sum;
}
