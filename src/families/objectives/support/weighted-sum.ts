import { type Matrix, zerosLike } from '../../../core/matrix.ts';
import type { BoundObjective } from '../types.ts';
import { additiveSum } from './additive.ts';

/** Σ weight · objective: one loss, one gradient. */
export function weightedSum(
  terms: readonly (readonly [objective: BoundObjective, weight: number])[],
): BoundObjective {
  if (terms.length === 1 && terms[0][1] === 1) return terms[0][0];
  let part: Matrix | undefined;
  return {
    name: terms.map(([objective, weight]) => `${weight}·${objective.name}`).join(' + '),
    terms: terms.flatMap(([objective, weight]) =>
      objective.terms.map((term) => ({ ...term, weight: term.weight * weight })),
    ),
    async lossAndGradient(points, gradient, context) {
      if (part?.data.length !== gradient.data.length || part.rows !== gradient.rows)
        part = zerosLike(gradient);
      const sum = gradient.data.fill(0);
      let loss = 0;
      for (const [t, [objective, weight]] of terms.entries()) {
        const own = { ...context, random: context.random.fork(t) };
        loss += weight * (await objective.lossAndGradient(points, part, own));
        for (let i = 0; i < sum.length; i++) sum[i] += weight * part.data[i];
      }
      return loss;
    },
    inParts: terms.every(([objective]) => objective.inParts),
    additive: additiveSum(terms),
  };
}
