import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { type Range, withinRange } from '../../numerics/statistics/range.ts';
import { createSpace } from '../../structures/space/space.ts';
import type { RowFacts } from '../../structures/space/types.ts';
import { createUniformModel } from '../../structures/uniform/uniform-model.ts';
import { ofKnownRows } from './support/known-rows.ts';
import type { Measured, Metric, MetricResult, MetricRunOptions, MetricSpec } from './types.ts';

const ANY: Range = [-Infinity, Infinity];

// @__NO_SIDE_EFFECTS__
export function defineMetric<const S extends OptionSpecs>(spec: MetricSpec<S>): Metric<S> {
  const { underUniform: lawOf = () => undefined, measure: numberOf, ...described } = spec;
  const { group, unit, needs, listLength = 0, range: declared = ANY, ...header } = described;
  const range = typeof declared === 'function' ? declared : () => declared;
  const measure: typeof numberOf = async (space, options) => {
    if (needs && !space[needs]) return unknown(needs);
    const found = await ofKnownRows(space, needs, (known) => numberOf(known, options));
    const between = range({ n: space.points.rows, d: space.points.cols }, options);
    const law = found.null ? { null: withinRange(found.null, between) } : {};
    return { ...withinRange(found, between), ...law };
  };
  const underUniform: typeof lawOf = async (model, options) => {
    const law = await lawOf(model, options);
    return law && withinRange(law, range(model, options));
  };
  const method = defineMethod<GivenPoints, S, MetricResult, MetricRunOptions>({
    ...header,
    family: 'metrics',
    async compute(given, options, run) {
      const raw = givenPoints(spec.id, given);
      const { seed = 0, signal } = run.options;
      const { points, norms } = unitRows(spec.id, raw);
      const engine = await run.engineFor(raw);
      const facts = { ...run.options, raw, norms, seed };
      const space = createSpace(points, engine, { signal }, facts);
      const { warnings = [], ...measured } = await measure(space, options);
      if (measured.null) return { ...measured, warnings, engine: engine.name };
      const shape = { n: raw.rows, d: raw.cols, lengths: norms };
      const random = Random.fromSeed(seed).fork('uniform');
      const model = createUniformModel(shape, engine, random, { signal });
      const expected = await underUniform(model, options);
      const known = expected === undefined ? {} : { null: expected };
      return { ...measured, ...known, warnings, engine: engine.name };
    },
  });
  return Object.assign(method, { measure, underUniform, group, unit, needs, listLength, range });
}

/** What a metric says about rows of which it must know more. */
function unknown(needs: keyof RowFacts): Measured {
  const what =
    needs === 'answers' ? 'queries and rows that answer them' : `the ${needs} of the rows`;
  return { value: NaN, warnings: [`this number needs ${what}.`] };
}
