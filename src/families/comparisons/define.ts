import { givenPoints } from '../../core/given-points.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { createPair } from './support/pair.ts';
import type {
  Comparison,
  ComparisonResult,
  ComparisonRunOptions,
  ComparisonSpec,
  PairInput,
} from './types.ts';

// @__NO_SIDE_EFFECTS__
export function defineComparison<const S extends OptionSpecs>(
  spec: ComparisonSpec<S>,
): Comparison<S> {
  const { compare, kind, rows, columns, ...header } = spec;
  const meaning = { kind, rows, columns };
  const method = defineMethod<PairInput, S, ComparisonResult, ComparisonRunOptions>({
    ...header,
    family: 'comparisons',
    async compute(given, options, run) {
      const { id } = spec;
      const input = { ...given, a: givenPoints(id, given.a), b: givenPoints(id, given.b) };
      const engine = await run.engineFor(input.a);
      const { signal, onProgress } = run.options;
      const work = {
        signal,
        onProgress: (done: number) => onProgress?.({ stage: spec.id, done }),
      };
      const pair = createPair(spec.id, input, meaning, engine, run.options, work);
      const { warnings = [], ...compared } = await compare(pair, options);
      return { ...compared, warnings, engine: engine.name };
    },
  });
  return Object.assign(method, { meaning, compare });
}
