import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineMerger } from './define.ts';
import { byName } from './support/task-vectors.ts';

/**
 * The mean of the weights.
 *
 *     θ = (1/m) Σ_i θ_i
 *
 * of m models, tensor by tensor. The base is not needed; with it the result says how far each model went from it, and
 * how much they disagree. Rows of a tensor on the sphere go back to it; running statistics are averaged by every method.
 *
 * @remarks Use it for models that learned the same task from one base, with other seeds, rates or rows: their mean is
 * often better than each. For models of different tasks take `task-arithmetic`, whose scale is free. Models that began
 * at different random weights have nothing to average: their units stand in other orders. O(m·p), p numbers a model.
 * @example
 * import { parameter } from 'tammes/learning';
 * import { average } from 'tammes/merging';
 *
 * const model = (...w: number[]) => ({ kind: 'line', settings: {}, parameters: [parameter('w', Float32Array.from(w), [2])] });
 * const { model: mean } = await average({ models: [model(1, 4), model(3, 2)] });
 * console.log(mean.parameters[0].data.join(' ')); // 2 3
 * @function
 */
export const average = /* @__PURE__ */ defineMerger({
  id: 'average',
  title: 'Weight average',
  summary: 'The mean of the weights of models that came from one base.',
  references: [cite(sources.modelSoups, 'the uniform soup')],
  options: {},
  needsBase: false,
  merge: ({ tensors }) => ({
    weights: byName(tensors, ({ models }) =>
      Float64Array.from(
        models[0],
        (_, e) => models.reduce((sum, own) => sum + own[e], 0) / models.length,
      ),
    ),
  }),
});
