import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { defineMerger } from './define.ts';
import { byName, withTaskVectors } from './support/task-vectors.ts';

/**
 * What each model learned, added to the base.
 *
 *     θ = θ₀ + λ Σ_i τ_i,   τ_i = θ_i − θ₀
 *
 * with θ₀ the weights of the base, θ_i those of model i. λ 1/m of m models is `average`; a negative λ of one model
 * takes away what it learned.
 *
 * @remarks Use it first for models of different tasks, and choose λ on rows with labels: 0.3 is what its authors found
 * for eight tasks, too little for two. Where the result's `signConflicts` are many, compare `ties`. O(m·p).
 * @example
 * import { parameter } from 'tammes/learning';
 * import { taskArithmetic } from 'tammes/merging';
 *
 * const model = (...w: number[]) => ({ kind: 'line', settings: {}, parameters: [parameter('w', Float32Array.from(w), [2])] });
 * const { model: sum } = await taskArithmetic({ base: model(1, 1), models: [model(3, 1), model(1, 5)] }, { scale: 0.5 });
 * console.log(sum.parameters[0].data.join(' ')); // 2 3
 * @function
 */
export const taskArithmetic = /* @__PURE__ */ defineMerger({
  id: 'task-arithmetic',
  title: 'Task arithmetic',
  summary: 'Adds what each model learned, times one number, to the base.',
  references: [cite(sources.editingModelsWithTaskArithmetic, 'section 2, addition and negation')],
  options: {
    scale: number(0.3, 'What each task vector is multiplied by.', {
      min: -100,
      max: 100,
      symbol: 'λ',
    }),
  },
  needsBase: true,
  merge: ({ tensors, names }, { scale }) => ({
    weights: byName(tensors, (tensor) =>
      withTaskVectors(
        tensor,
        names.map(() => scale),
      ),
    ),
  }),
});
