import { type Matrix, zerosLike } from '../../../core/matrix.ts';
import type { AdditiveForm, AdditiveObjective, BoundObjective, PartContext } from '../types.ts';

/** A form with the options of an objective. */
export function boundForm<O>(form: AdditiveForm<O>, options: O): AdditiveObjective {
  const merge = form.merge ?? add;
  return {
    sizes: (cols, features) => [form.size(cols, options, features)],
    statistic: async (points, context) => [await form.statistic(points, options, context)],
    merge: ([all], [part]) => merge(all, part),
    lossAndGradient: (points, [statistic], gradient, context) =>
      form.lossAndGradient(points, options, statistic, gradient, context),
  };
}

function add(all: Float64Array, part: Float64Array): void {
  for (let e = 0; e < all.length; e++) all[e] += part[e];
}

/** The form of a weighted sum; undefined where a term has none. */
export function additiveSum(
  terms: readonly (readonly [objective: BoundObjective, weight: number])[],
): AdditiveObjective | undefined {
  const forms = terms.flatMap(([{ additive }]) => additive ?? []);
  if (forms.length < terms.length) return undefined;
  const own = (context: PartContext, t: number): PartContext => ({
    ...context,
    random: context.random.fork(t),
  });
  let part: Matrix | undefined;
  return {
    sizes: (cols, features) => forms.flatMap((form) => form.sizes(cols, features)),
    async statistic(points, context) {
      const parts: Float64Array[] = [];
      for (const [t, form] of forms.entries()) {
        parts.push(...(await form.statistic(points, own(context, t))));
      }
      return parts;
    },
    merge(all, further) {
      for (const [t, form] of forms.entries()) form.merge([all[t]], [further[t]]);
    },
    async lossAndGradient(points, statistic, gradient, context) {
      if (part?.data.length !== gradient.data.length || part.rows !== gradient.rows) {
        part = zerosLike(gradient);
      }
      const sum = gradient.data.fill(0);
      let loss = 0;
      for (const [t, form] of forms.entries()) {
        const weight = terms[t][1];
        const facts = own(context, t);
        loss += weight * (await form.lossAndGradient(points, [statistic[t]], part, facts));
        for (let e = 0; e < sum.length; e++) sum[e] += weight * part.data[e];
      }
      return loss;
    },
  };
}
