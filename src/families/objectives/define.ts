import { requireFinite } from '../../core/finite.ts';
import { givenPoints } from '../../core/given-points.ts';
import { type Matrix, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { defineMethod } from '../../method/method.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { boundForm } from './support/additive.ts';
import { areUnitRows, projectToTangentsInPlace, requireUnitRows } from './support/unit-rows.ts';
import type {
  BoundObjective,
  LossAndGradient,
  Objective,
  ObjectiveRunOptions,
  ObjectiveSpec,
} from './types.ts';

// @__NO_SIDE_EFFECTS__
export function defineObjective<const S extends OptionSpecs>(spec: ObjectiveSpec<S>): Objective<S> {
  const { lossAndGradient, space = 'sphere', additive, inParts, ...header } = spec;
  const method = defineMethod<Matrix, S, LossAndGradient, ObjectiveRunOptions>({
    ...header,
    family: 'objectives',
    async compute(given, options, run) {
      const points = givenPoints(spec.id, given);
      if (space === 'sphere') requireUnitRows(spec.id, points);
      else requireFinite(spec.id, points);
      const { seed = 0, engine: _, onProgress: __, ...facts } = run.options;
      const engine = await run.engineFor(points);
      const gradient = zerosLike(points);
      const context = { ...facts, engine, random: Random.fromSeed(seed) };
      const loss = await lossAndGradient(points, options, gradient, context);
      if (space === 'sphere' || areUnitRows(points)) projectToTangentsInPlace(points, gradient);
      return { loss, gradient, engine: engine.name };
    },
  });
  const bind = (given?: Partial<OptionsOf<S>>): BoundObjective => {
    const options = resolveOptions(spec.id, spec.options, given);
    return {
      name: spec.id,
      terms: [{ objective: spec.id, options, weight: 1 }],
      lossAndGradient: (points, gradient, context) =>
        lossAndGradient(points, options, gradient, context),
      inParts: inParts?.(options) ?? false,
      additive: additive && boundForm(additive, options),
    };
  };
  return Object.assign(method, { space, lossAndGradient, additive, bind });
}
